"""The broker on disk."""

from __future__ import annotations

import os

import pytest
from kombu.transport import filesystem

from act_portal.saidas.fila_em_disco import Transport

pytestmark = pytest.mark.django_db


@pytest.fixture
def fila(tmp_path):
    from kombu import Connection

    pasta = tmp_path / "mensagens"
    pasta.mkdir()
    opcoes = {"data_folder_in": str(pasta), "data_folder_out": str(pasta), "control_folder": str(tmp_path / "c")}
    with Connection(transport=Transport, transport_options=opcoes) as conexao, conexao.channel() as canal:
        yield canal, pasta


def test_mensagem_ilegivel_nao_para_a_fila(fila, caplog):
    canal, pasta = fila
    (pasta / "0001_a.trabalho.msg").write_bytes(b"\xff\xfe\xfa{")
    (pasta / "0002_b.trabalho.msg").write_text("{pela metade")
    canal._put("trabalho", {"corpo": "ção"})

    assert canal._get("trabalho") == {"corpo": "ção"}

    assert caplog.text.count("mensagem_ilegivel") == 2
    assert not [p for p in pasta.iterdir() if not p.name.startswith(".")]


@pytest.mark.parametrize(("pedida", "esperada"), [(2.0, 0.2), (0.1, 0.1), (None, 0.2)])
def test_quem_espera_mensagem_olha_a_toda_hora_se_deve_parar(fila, monkeypatch, pedida, esperada):
    canal, _ = fila
    esperas: list[float | None] = []
    monkeypatch.setattr(filesystem.Transport, "drain_events", lambda self, conexao, timeout: esperas.append(timeout))

    canal.connection.drain_events(canal.connection, timeout=pedida)

    assert esperas == [esperada]


def test_resto_de_quem_morreu_some_depois_de_um_dia(fila):
    canal, pasta = fila
    velho, novo = pasta / ".0001_a.trabalho.msg", pasta / ".0002_b.trabalho.msg"
    for resto in (velho, novo):
        resto.write_text("{}")
    os.utime(velho, (1, 1))
    canal._put("trabalho", {})

    canal._get("trabalho")

    assert [p.name for p in pasta.iterdir()] == [novo.name]
