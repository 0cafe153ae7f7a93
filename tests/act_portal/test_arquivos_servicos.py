from __future__ import annotations

import errno
import hashlib
import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from act_portal.arquivos import caixa, deposito, orfaos, servicos, trabalhos
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Arquivo, Folha
from act_portal.auditoria.models import Evento
from act_portal.erros import OutroChegouAntes
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from tests.act_portal.arquivos_fabricados import em_bytes, enviado, foto, pdf, pdf_em_bytes
from tests.corridas import correr
from tests.fabricas import MunicipioFabrica, UsuarioFabrica

# Files are kept outside the transaction, and the ring goes on commit: both need real commits.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def municipio():
    return MunicipioFabrica()


@pytest.fixture
def usuario():
    return UsuarioFabrica()


def lido(campo) -> bytes:
    with campo.storage.open(campo.name, "rb") as aberto:
        return aberto.read()


def guardados() -> set[str]:
    return {nome for pasta in orfaos._listar("")[0] for nome in orfaos._todos(pasta)}


@pytest.fixture(autouse=True)
def deposito_vazio(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "deposito"), "base_url": None},
        },
    }


def test_recebe_guarda_e_promete_as_paginas(municipio, usuario, fila_anotada):
    dados = em_bytes(foto())
    arquivo = servicos.receber(enviado(dados, "C:\\fotos\\rg.jpg"), municipio=municipio, usuario=usuario)

    assert arquivo.situacao == "recebido"
    assert arquivo.tipo == "image/jpeg"
    assert arquivo.nome_original == "rg.jpg"
    assert arquivo.sha256 == hashlib.sha256(dados).hexdigest()
    assert lido(arquivo.original) == dados
    assert "rg" not in arquivo.original.name
    assert len(fila_anotada) == 1
    evento = Evento.objects.get(acao="arquivo.recebido")
    assert "rg" not in str(evento.dados)


def test_o_trabalhador_faz_as_folhas_e_avisa_quem_espera(municipio, usuario, fila_na_hora, monkeypatch):
    avisados = []
    monkeypatch.setitem(saidas.TRATADORES, "teste.depois", lambda saida: avisados.append(saida.carga["arquivo"]))
    arquivo = servicos.receber(
        enviado(pdf_em_bytes(pdf(3))), municipio=municipio, usuario=usuario, depois="teste.depois"
    )

    arquivo.refresh_from_db()
    assert arquivo.situacao == "pronto"
    folhas = list(arquivo.folhas.all())
    assert [folha.ordem for folha in folhas] == [1, 2, 3]
    for folha in folhas:
        conteudo = lido(folha.pdf)
        assert hashlib.sha256(conteudo).hexdigest() == folha.sha256
        assert len(conteudo) == folha.bytes
        assert lido(folha.miniatura)[:3] == b"\xff\xd8\xff"
    assert avisados == [arquivo.pk]
    assert Saida.objects.filter(chave=f"teste.depois:{arquivo.pk}").exists()


def test_recusado_na_porta_nao_deixa_nada(municipio, usuario, fila_anotada):
    with pytest.raises(ArquivoRecusado, match="programa"):
        servicos.receber(enviado(b"#!/bin/sh\nrm -rf /\n"), municipio=municipio, usuario=usuario)

    assert not Arquivo.objects.exists()
    assert guardados() == set()
    assert fila_anotada == []


def test_danificado_por_dentro_fica_recusado_com_motivo_e_sem_sobras(municipio, usuario, fila_na_hora, monkeypatch):
    avisados = []
    monkeypatch.setitem(saidas.TRATADORES, "teste.depois", lambda saida: avisados.append(saida.carga["arquivo"]))
    cortada = em_bytes(foto())[:-3000]
    arquivo = servicos.receber(
        enviado(cortada, "foto.jpg"), municipio=municipio, usuario=usuario, depois="teste.depois"
    )

    arquivo.refresh_from_db()
    assert arquivo.situacao == "recusado"
    assert "danificada" in arquivo.motivo
    assert guardados() == {arquivo.original.name}
    assert avisados == [arquivo.pk]


def test_duas_vezes_o_mesmo_conteudo_sao_dois_arquivos(municipio, usuario, fila_anotada):
    dados = em_bytes(foto())
    um = servicos.receber(enviado(dados), municipio=municipio, usuario=usuario)
    outro = servicos.receber(enviado(dados), municipio=municipio, usuario=usuario)
    assert um.pk != outro.pk
    assert um.sha256 == outro.sha256


def test_o_mesmo_codigo_e_o_mesmo_arquivo(municipio, usuario, fila_anotada):
    codigo, dados = uuid.uuid4(), em_bytes(foto())
    um = servicos.receber(enviado(dados), municipio=municipio, usuario=usuario, codigo=codigo)
    outro = servicos.receber(enviado(dados), municipio=municipio, usuario=usuario, codigo=codigo)
    assert um.pk == outro.pk
    assert len(guardados()) == 1
    with pytest.raises(OutroChegouAntes):
        servicos.receber(enviado(dados), municipio=municipio, usuario=UsuarioFabrica(), codigo=codigo)


def test_o_mesmo_codigo_ao_mesmo_tempo_e_um_so_arquivo(municipio, usuario, fila_anotada):
    codigo, dados = uuid.uuid4(), em_bytes(foto())

    def mandar(_):
        return servicos.receber(enviado(dados), municipio=municipio, usuario=usuario, codigo=codigo).pk

    chegadas = correr(mandar, [1, 2, 3])
    assert len(set(chegadas)) == 1, chegadas
    assert Arquivo.objects.count() == 1
    assert len(guardados()) == 1


def test_disco_cheio_no_envio_diz_o_que_houve_e_nao_guarda_metade(municipio, usuario, fila_anotada, monkeypatch):
    def encher(arquivo):
        yield arquivo.read(10)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.base.File.chunks", encher)
    monkeypatch.setattr(SimpleUploadedFile, "chunks", lambda arquivo: iter([arquivo.read()]), raising=False)
    with pytest.raises(deposito.DepositoIndisponivel, match="espaço"):
        servicos.receber(enviado(em_bytes(foto())), municipio=municipio, usuario=usuario)
    monkeypatch.undo()

    assert not Arquivo.objects.exists()
    assert guardados() == set()


def test_disco_cheio_no_trabalhador_tenta_depois_e_nao_deixa_sobras(municipio, usuario, fila_anotada, monkeypatch):
    arquivo = servicos.receber(enviado(pdf_em_bytes(pdf(2))), municipio=municipio, usuario=usuario)
    cabem = iter([True, True, True])
    guardar = FileSystemStorage.save

    def encher(deposito, nome, conteudo):
        if not next(cabem, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        return guardar(deposito, nome, conteudo)

    monkeypatch.setattr(FileSystemStorage, "save", encher)
    saida = Saida.objects.get(chave=f"normalizar:{arquivo.pk}")
    saidas.executar(saida.pk)
    monkeypatch.undo()

    saida.refresh_from_db()
    assert saida.estado == "pendente"
    assert "espaço" in saida.erro
    assert guardados() == {arquivo.original.name}

    Saida.objects.filter(pk=saida.pk).update(proxima_em=saida.criada_em)
    saidas.executar(saida.pk)
    arquivo.refresh_from_db()
    assert arquivo.situacao == "pronto"
    assert arquivo.folhas.count() == 2


def test_dois_trabalhadores_no_mesmo_arquivo_fazem_um_so_jogo_de_folhas(municipio, usuario, fila_anotada):
    arquivo = servicos.receber(enviado(pdf_em_bytes(pdf(2))), municipio=municipio, usuario=usuario)
    saida = Saida.objects.get(chave=f"normalizar:{arquivo.pk}")

    fins = correr(lambda _: trabalhos.normalizar(saida), [1, 2])

    assert fins == [None, None]
    assert Folha.objects.count() == 2
    assert len(guardados()) == 1 + 2 * 2


def test_processo_que_morre_sem_culpa_do_arquivo_e_tentado_de_novo(municipio, usuario, fila_anotada, monkeypatch):
    arquivo = servicos.receber(enviado(em_bytes(foto())), municipio=municipio, usuario=usuario)
    saida = Saida.objects.get(chave=f"normalizar:{arquivo.pk}")

    def morrer(*_, **__):
        raise caixa.CaixaMorreu("sinal 9")

    monkeypatch.setattr(caixa, "normalizar", morrer)
    saida.tentativas = 1
    with pytest.raises(saidas.TentarDepois):
        trabalhos.normalizar(saida)
    saida.tentativas = 4
    trabalhos.normalizar(saida)

    arquivo.refresh_from_db()
    assert arquivo.situacao == "recusado"


def test_so_o_que_ninguem_nomeia_e_velho_e_apagado(municipio, usuario, fila_na_hora):
    arquivo = servicos.receber(enviado(em_bytes(foto())), municipio=municipio, usuario=usuario)
    novo, velho = deposito.guardar(b"novo"), deposito.guardar(b"velho")
    antigo = Path(default_storage.path(velho))
    ontem = antigo.stat().st_mtime - timedelta(days=2).total_seconds()
    for nome in (velho, arquivo.original.name):
        os.utime(default_storage.path(nome), (ontem, ontem))

    assert orfaos.apagar_orfaos() == 1

    assert not default_storage.exists(velho)
    assert default_storage.exists(novo)
    assert default_storage.exists(arquivo.original.name)


def _velho(nome: str) -> str:
    caminho = Path(default_storage.path(nome))
    caminho.parent.mkdir(parents=True, exist_ok=True)
    caminho.write_bytes(b"x")
    antes = caminho.stat().st_mtime - timedelta(days=2).total_seconds()
    os.utime(caminho, (antes, antes))
    return nome


def test_a_faxina_para_na_hora_e_continua_de_onde_parou():
    nomes = [_velho(f"{pasta}/{pasta}{'0' * 30}") for pasta in ("00", "7a", "ff")]
    restam = []
    for _ in range(4):
        orfaos.apagar_orfaos(duracao=timedelta(0))
        restam.append([nome[:2] for nome in nomes if default_storage.exists(nome)])

    # No time at all is one folder a night; after the last one it begins again.
    assert restam == [["7a", "ff"], ["ff"], [], []]
    _velho(nomes[0])
    assert orfaos.apagar_orfaos(duracao=timedelta(0)) == 1


def test_a_faxina_pergunta_ao_banco_por_lotes(monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(orfaos, "LOTE", 2)
    for n in range(5):
        _velho(f"aa/{n:032x}")
    campos = len(orfaos._campos_de_arquivo())

    # Three batches of two, the cursor read and written (a savepoint around each write).
    with django_assert_max_num_queries(3 * campos + 8):
        assert orfaos.apagar_orfaos() == 5


def test_nome_comprido_cabe_e_guarda_a_extensao():
    assert servicos._nome_curto("a" * 400 + ".pdf").endswith(".pdf")
    assert len(servicos._nome_curto("a" * 400 + ".pdf")) == 255
    assert servicos._nome_curto("../../etc/passwd") == "passwd"


def test_o_envio_nao_deixa_temporarios(municipio, usuario, fila_anotada):
    servicos.receber(enviado(em_bytes(foto())), municipio=municipio, usuario=usuario)
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []
    assert connection.in_atomic_block is False
