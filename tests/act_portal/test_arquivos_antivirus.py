"""The four outcomes of the scanner, over real sockets, and the file that waits for it."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.utils.timezone import now

from act_portal.arquivos import antivirus
from act_portal.arquivos.entrega import entregar, entregar_miniatura, entregar_vista
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Arquivo, Folha
from act_portal.arquivos.servicos import receber
from act_portal.arquivos.trabalhos import examinar as examinar_guardado
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import executar
from tests.act_portal.arquivos_fabricados import em_arquivo, enviado, pdf, pdf_em_bytes
from tests.act_portal.clamd_falso import VIRUS, clamd
from tests.fabricas import MunicipioFabrica

BOM = pdf_em_bytes(pdf())
RUIM = BOM + b"\n%" + VIRUS


def test_limpo_infectado_e_sem_exame_por_tcp_e_por_arquivo(tmp_path, settings):
    bom, ruim = em_arquivo(tmp_path, BOM * 200, "bom"), em_arquivo(tmp_path, RUIM, "ruim")
    for pasta in (None, tmp_path):
        with clamd(pasta) as servidor:
            settings.ANTIVIRUS = servidor.endereco
            antivirus.examinar(bom)
            assert servidor.vistos == [BOM * 200], "o arquivo inteiro"
            with pytest.raises(ArquivoRecusado, match="programa perigoso") as infectado:
                antivirus.examinar(ruim)
            servidor.maximo = 1000
            with pytest.raises(ArquivoRecusado, match="não conseguiu examinar") as grande:
                antivirus.examinar(bom)
        assert (infectado.value.codigo, grande.value.codigo) == ("infectado", "sem_exame")


def test_fora_do_ar_nao_e_limpo(tmp_path, settings):
    bom = em_arquivo(tmp_path, BOM, "bom")
    settings.ANTIVIRUS = f"unix:{tmp_path}/ninguem"
    with pytest.raises(antivirus.AntivirusForaDoAr):
        antivirus.examinar(bom)
    with clamd(mudo=True) as servidor:
        settings.ANTIVIRUS = servidor.endereco
        with pytest.raises(antivirus.AntivirusForaDoAr):
            antivirus.examinar(bom)


@pytest.mark.django_db(transaction=True)
def test_espera_em_quarentena_ate_o_antivirus_voltar(tmp_path, settings, fila_anotada):
    settings.ANTIVIRUS = f"unix:{tmp_path}/clamd"
    arquivo = receber(enviado(BOM), municipio=MunicipioFabrica(), usuario=None)
    saida = Saida.objects.get()
    for _ in range(7):
        Saida.objects.update(proxima_em=now())
        executar(saida.pk)
    saida.refresh_from_db()
    arquivo.refresh_from_db()
    assert (saida.estado, saida.erro, saida.falhas) == (Saida.Estado.PENDENTE, "O antivírus não responde.", 0)
    assert (arquivo.situacao, arquivo.exame, arquivo.folhas.count()) == ("recebido", "espera", 0)

    Saida.objects.update(proxima_em=now())
    with clamd(tmp_path):
        executar(saida.pk)

    arquivo.refresh_from_db()
    assert (arquivo.situacao, arquivo.exame, arquivo.folhas.count()) == ("pronto", "limpo", 1)


@pytest.mark.django_db(transaction=True)
def test_paginas_de_arquivo_velho_que_o_antivirus_acusa_tambem_nao_se_entregam(tmp_path, settings, fila_na_hora):
    arquivo = receber(enviado(RUIM), municipio=MunicipioFabrica(), usuario=None)
    arquivo.refresh_from_db()
    folha, pedido = arquivo.folhas.get(), RequestFactory().get("/")
    assert entregar(folha.pdf, nome="a.pdf", tipo="application/pdf", request=pedido).status_code == 200
    with clamd(tmp_path) as servidor, pytest.raises(ArquivoRecusado):
        settings.ANTIVIRUS = servidor.endereco
        examinar_guardado(arquivo)

    folha = Folha.objects.get(pk=folha.pk)
    for entrega in (
        lambda: entregar(folha.pdf, nome="a.pdf", tipo="application/pdf", request=pedido),
        lambda: entregar_miniatura(folha, request=pedido),
        lambda: entregar_vista(folha, request=pedido),
    ):
        with pytest.raises(Http404):
            entrega()


@pytest.mark.django_db(transaction=True)
def test_infectado_fica_guardado_e_nao_se_entrega(tmp_path, settings, fila_na_hora):
    with clamd(tmp_path) as servidor:
        settings.ANTIVIRUS = servidor.endereco
        arquivo = receber(enviado(RUIM), municipio=MunicipioFabrica(), usuario=None)
    arquivo.refresh_from_db()
    assert (arquivo.situacao, arquivo.exame) == (Arquivo.Situacao.RECUSADO, Arquivo.Exame.INFECTADO)
    assert "programa perigoso" in arquivo.motivo
    assert arquivo.original.storage.exists(arquivo.original.name)
    with pytest.raises(Http404):
        entregar(arquivo.original, nome="a.pdf", tipo="application/pdf", request=RequestFactory().get("/"))
