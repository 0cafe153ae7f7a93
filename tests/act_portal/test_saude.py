from __future__ import annotations

import shutil
import socket
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError
from django.conf import settings as configuracao
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.timezone import now

from act_portal.saidas import saude, servicos, tarefas
from act_portal.saidas.models import Batimento, Saida

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tudo_bem():
    tarefas.batimento()


def olhar(client) -> tuple[int, list[str]]:
    resposta = client.get("/saude/")
    dados = resposta.json()
    assert set(dados) == {"situacao", "falhas"}
    assert dados["situacao"] == ("ok" if resposta.status_code == 200 else "falha")
    return resposta.status_code, dados["falhas"]


def test_tudo_bem_responde_200(client):
    assert olhar(client) == (200, [])


def test_nao_abre_sessao_nem_deixa_copia_nem_resto(client):
    resposta = client.get("/saude/")

    assert not resposta.cookies
    assert "no-store" in resposta["Cache-Control"]
    assert default_storage.listdir("saude") == ([], [])
    assert client.post("/saude/").status_code == 405


def test_quem_pergunta_muito_nao_cansa_o_banco_nem_os_arquivos(client, django_assert_num_queries, monkeypatch):
    # However slow the machine: the memory of the first look must not run out before the second.
    monkeypatch.setattr(saude, "CACHE_SEGUNDOS", 3600)
    client.get("/saude/")
    monkeypatch.setattr(default_storage, "save", None)

    with django_assert_num_queries(0):
        assert olhar(client) == (200, [])


def test_conferencia_que_nao_volta_e_dita_pelo_nome_a_quem_chega_depois(monkeypatch):
    presa, solta = threading.Event(), threading.Event()

    def pendurar() -> bool:
        presa.set()
        return solta.wait(30)

    monkeypatch.setattr(saude, "CONFERENCIAS", {"fila": lambda: True, "arquivos": pendurar})
    monkeypatch.setattr(saude, "ESPERA_PELO_OUTRO_SEGUNDOS", 0.1)
    primeiro = threading.Thread(target=saude.falhas)
    primeiro.start()
    try:
        assert presa.wait(10)
        assert saude.falhas() == ["arquivos"]
    finally:
        solta.set()
        primeiro.join()
    assert saude.falhas() == []


def test_banco_fora_do_ar(client, monkeypatch):
    def falhar(self):
        raise OperationalError("o banco caiu")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", falhar)

    assert olhar(client) == (503, ["banco"])


def test_pasta_da_fila_sumiu(client, settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.FILA = tmp_path / "nao-existe"

    assert olhar(client) == (503, ["fila"])


def test_redis_recusa(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    assert olhar(client) == (503, ["fila"])


def test_redis_que_atende_e_nao_responde_nao_prende_a_resposta(client, settings, monkeypatch):
    monkeypatch.setattr(saude, "ESPERA_DO_BROKER_SEGUNDOS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mudo:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{mudo.getsockname()[1]}/0"

        assert olhar(client) == (503, ["fila"])


@pytest.mark.parametrize("ultimo", [timedelta(seconds=61), None])
def test_trabalhador_sem_sinal(client, ultimo):
    if ultimo is None:
        Batimento.objects.all().delete()
    else:
        Batimento.objects.update(em=now() - ultimo)

    assert olhar(client) == (503, ["trabalhador"])


@pytest.mark.parametrize("operacao", ["save", "open", "delete"])
@pytest.mark.parametrize("erro", [OSError(28, "disco cheio"), EndpointConnectionError(endpoint_url="http://s3")])
def test_arquivos_fora_do_ar(client, monkeypatch, operacao, erro):
    def falhar(*args, **kwargs):
        raise erro

    with monkeypatch.context() as remendo:
        remendo.setattr(default_storage, operacao, falhar)
        assert olhar(client) == (503, ["arquivos"])
    shutil.rmtree(Path(configuracao.STORAGES["default"]["OPTIONS"]["location"]) / "saude", ignore_errors=True)


def test_arquivo_que_volta_diferente(client, monkeypatch, tmp_path):
    (tmp_path / "outro").write_bytes(b"outra coisa")
    monkeypatch.setattr(default_storage, "open", lambda nome: (tmp_path / "outro").open("rb"))

    assert olhar(client) == (503, ["arquivos"])


def test_saida_velha_a_espera(client, monkeypatch, settings):
    monkeypatch.setitem(servicos.TRATADORES, "teste", lambda saida: None)
    limite = settings.SAIDAS_IDADE_MAXIMA
    Saida.objects.create(tipo="teste", chave="a", proxima_em=now() - limite - timedelta(seconds=1))

    assert olhar(client) == (503, ["saidas"])


def test_saida_parada_ou_marcada_para_depois_nao_e_atraso(client):
    Saida.objects.create(tipo="t", chave="a", estado="morta", proxima_em=now() - timedelta(days=9))
    Saida.objects.create(tipo="t", chave="b", proxima_em=now() + timedelta(days=9))

    assert olhar(client) == (200, [])


def test_varias_falhas_juntas_sao_todas_ditas(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    Batimento.objects.all().delete()

    assert olhar(client) == (503, ["fila", "trabalhador"])
