"""The container's probe speaks of its own process only: what else hangs is no reason to kill it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from kombu.exceptions import OperationalError

from act_portal import sonda
from act_portal.celery import app
from act_portal.saidas import saude

RAIZ = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_a_pagina_da_sonda_nao_precisa_de_banco_nem_de_arquivos(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(default_storage, "open", None)

    with django_assert_num_queries(0):
        assert client.get(sonda.PAGINA).status_code == 200


def fora(*args, **kwargs):
    raise OperationalError


@pytest.mark.parametrize(
    ("resposta", "fila_atende", "vivo"),
    [
        (lambda **_: [{"celery@x": {"ok": "pong"}}], True, True),
        (lambda **_: [], True, False),
        (lambda **_: [], False, True),
        (fora, False, True),
    ],
    ids=["responde", "mudo", "mudo-sem-fila", "fila-fora"],
)
def test_trabalhador_so_e_dado_por_morto_quando_a_fila_atende(monkeypatch, resposta, fila_atende, vivo):
    monkeypatch.setattr(app.control, "ping", resposta)
    monkeypatch.setattr(saude, "fila", lambda: fila_atende)

    assert sonda.trabalhador_responde() is vivo


def test_fila_que_atende_e_nunca_responde_nao_mata_o_trabalhador(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as mudo:
        ambiente = {
            **os.environ,
            "VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "act_portal.settings",
            "CELERY_BROKER_URL": f"redis://127.0.0.1:{mudo.getsockname()[1]}/0",
        }

        rodada = subprocess.run(
            [sys.executable, "-m", "act_portal.sonda", "trabalhador"], cwd=RAIZ, env=ambiente, check=False
        )

    assert rodada.returncode == 0
