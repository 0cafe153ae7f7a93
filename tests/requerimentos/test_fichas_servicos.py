from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from requerimentos.fichas import servicos
from requerimentos.fichas.consultas import fichas_do, paginas_de
from requerimentos.models import Ficha, PaginaDaFicha
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, com_papel
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import preencher

PEDIDO = ("processo_anterior", "pedido")


@pytest.fixture
def requerimento():
    return RequerimentoFabrica(servico_codigo="bpc-idoso")


def guardar(requerimento, dados, *, versao=0, janela="", autor=None, sozinha=False, onde=PEDIDO):
    autor = autor or requerimento.atendente
    return servicos.guardar(requerimento.pk, *onde, dados, versao=versao, janela=janela, autor=autor, sozinha=sozinha)


@pytest.mark.django_db
def test_meia_resposta_fica_guardada_como_foi_digitada(requerimento):
    guardar(requerimento, {"ja_pediu": "sim", "soube_em": "31/02/2026"})

    assert PaginaDaFicha.objects.get().dados == {"ja_pediu": "sim", "soube_em": "31/02/2026"}


@pytest.mark.django_db
def test_outra_pessoa_continua_amanha_e_o_segundo_na_mesma_hora_e_avisado(requerimento):
    bruno = com_papel("atendente", requerimento.municipio)
    guardar(requerimento, {"ja_pediu": "sim"}, janela="ana")

    continuada = guardar(requerimento, {"ja_pediu": "nao"}, versao=1, janela="bruno", autor=bruno)
    with pytest.raises(OutroChegouAntes, match="mudou esta página") as erro:
        guardar(requerimento, {"ja_pediu": "sim", "protocolo": "1"}, versao=1, janela="ana")

    assert str(bruno) in str(erro.value)
    continuada.refresh_from_db()
    assert (continuada.dados, continuada.editado_por, continuada.versao) == ({"ja_pediu": "nao"}, bruno, 2)


@pytest.mark.django_db
def test_a_propria_janela_nao_briga_consigo_e_a_guarda_atrasada_nao_desfaz(requerimento):
    guardar(requerimento, {"ja_pediu": "sim"}, janela="ana", sozinha=True)
    guardar(requerimento, {"ja_pediu": "sim", "protocolo": "12"}, versao=1, janela="ana", sozinha=True)

    guardar(requerimento, {"ja_pediu": "sim", "protocolo": "1"}, versao=1, janela="ana", sozinha=True)
    assert PaginaDaFicha.objects.get().dados["protocolo"] == "12"
    guardar(requerimento, {"ja_pediu": "nao"}, versao=1, janela="ana")
    assert PaginaDaFicha.objects.get().dados == {"ja_pediu": "nao"}


@pytest.mark.django_db
def test_a_trilha_tem_uma_linha_por_janela_e_uma_por_salvar_sem_o_que_foi_dito(requerimento):
    for versao, protocolo in enumerate(("1", "12", "123")):
        guardar(requerimento, {"protocolo": protocolo}, versao=versao, janela="ana", sozinha=True)
    guardar(requerimento, {"protocolo": "1234"}, versao=3, janela="ana")

    eventos = Evento.objects.filter(acao="ficha.guardada")
    assert [e.dados for e in eventos] == [{"pacote": "processo_anterior", "secao": "pedido"}] * 2


@pytest.mark.django_db(transaction=True)
def test_dois_balconistas_ao_mesmo_tempo_um_salva_e_o_outro_sabe():
    requerimento = RequerimentoFabrica(servico_codigo="bpc-idoso")
    bruno = com_papel("atendente", requerimento.municipio)

    fins = correr(
        lambda quem: guardar(requerimento, {"protocolo": quem.email}, janela=quem.email, autor=quem),
        [requerimento.atendente, bruno],
    )

    assert sorted(type(fim).__name__ for fim in fins) == ["OutroChegouAntes", "PaginaDaFicha"]
    assert Ficha.objects.count() == PaginaDaFicha.objects.count() == 1
    [pagina] = [fim for fim in fins if isinstance(fim, PaginaDaFicha)]
    assert PaginaDaFicha.objects.get().dados == pagina.dados


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("onde", "frase"),
    [
        (("autodeclaracao_rural", "segurado"), "não pede esta ficha"),
        (("inventada", "pedido"), "não pede esta ficha"),
        (("processo_anterior", "inventada"), "não existe mais"),
    ],
)
def test_ficha_de_outro_servico_nao_entra(requerimento, onde, frase):
    with pytest.raises(ErroDeDominio, match=frase):
        guardar(requerimento, {}, onde=onde)


@pytest.mark.django_db
def test_quem_nao_e_do_balcao_nao_guarda(requerimento):
    with pytest.raises(PermissionDenied):
        guardar(requerimento, {}, autor=com_papel("atendente", MunicipioFabrica()))


@pytest.mark.django_db
def test_depois_do_envio_nada_muda():
    requerimento = RequerimentoFabrica(servico_codigo="bpc-idoso", protocolado=True)

    with pytest.raises(ErroDeDominio, match="não muda mais"):
        guardar(requerimento, {})


@pytest.mark.django_db
def test_a_ficha_fica_no_modelo_em_que_comecou(requerimento, monkeypatch):
    guardar(requerimento, {"ja_pediu": "nao"})
    antes = next(f.pacote for f in fichas_do(requerimento) if f.pacote.codigo == "processo_anterior")
    monkeypatch.setattr("requerimentos.fichas.consultas.pacotes", dict)

    [ficha] = fichas_do(requerimento)

    assert (ficha.pacote.versao, ficha.lida.completa) == (antes.versao, True)


@pytest.mark.django_db
def test_ver_as_fichas_custa_as_mesmas_consultas_com_qualquer_numero_de_paginas(
    requerimento, django_assert_num_queries
):
    preencher(requerimento)

    requerimento.fichas.all()
    with django_assert_num_queries(3):
        fichas = fichas_do(requerimento)
    assert all(p.estado == "feita" for p in paginas_de(fichas))
