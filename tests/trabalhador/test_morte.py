"""A real worker, on the broker that this run was given, killed with work in its hands."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import redis
from django.conf import settings

pytestmark = pytest.mark.trabalhador
TRABALHOS = 6
# Only so that a broken worker fails the test instead of holding it for ever.
PACIENCIA_SEGUNDOS = 40


class Bancada:
    """A database, a queue and a worker of its own, away from the suite's."""

    app = "tests.trabalhador.app"

    def __init__(self, pasta: Path) -> None:
        self.pasta = pasta
        self.banco = pasta / "portal.sqlite3"
        self.ambiente = os.environ | {
            "TESTES": "1",
            "VAR": str(pasta),
            "DATABASE_URL": f"sqlite:///{self.banco}",
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
            "FILA_PREFIXO": f"teste-{uuid.uuid4().hex}:",
            "TESTE_PASTA": str(pasta),
            "SAIDAS_RESERVA_SEGUNDOS": "2",
            "SAIDAS_VARREDURA_SEGUNDOS": "1",
            "PYTHONWARNINGS": "",
        }
        # The bench has a folder of its own: the worker of xdist must not move it once more.
        self.ambiente.pop("PYTEST_XDIST_WORKER", None)
        self.trabalhador: subprocess.Popen | None = None

    def preparar(self) -> None:
        comando = [sys.executable, "-m", "tests.trabalhador.app", str(TRABALHOS)]
        subprocess.run(comando, env=self.ambiente, cwd=settings.RAIZ, check=True)

    def ligar(self) -> None:
        comando = [sys.executable, "-m", "celery", "-A", self.app, "worker", "-B", "-c", "2"]
        with (self.pasta / "trabalhador.log").open("ab") as registro:
            self.trabalhador = subprocess.Popen(
                comando, env=self.ambiente, cwd=settings.RAIZ, stdout=registro, stderr=registro, start_new_session=True
            )

    def matar(self) -> None:
        """The whole family at once: worker, pool and scheduler."""
        if self.trabalhador and self.trabalhador.poll() is None:
            os.killpg(self.trabalhador.pid, signal.SIGKILL)
            self.trabalhador.wait(PACIENCIA_SEGUNDOS)

    def desligar(self) -> int:
        """Only the parent is told: it lets the others finish. A signal to the pool too would leave it waiting."""
        assert self.trabalhador
        self.trabalhador.terminate()
        return self.trabalhador.wait(PACIENCIA_SEGUNDOS)

    def linhas(self, nome: str) -> list[str]:
        arquivo = self.pasta / nome
        return sorted(arquivo.read_text().split()) if arquivo.exists() else []

    def saidas(self) -> list[tuple]:
        return self.ler("SELECT estado, tentativas, quedas FROM saidas_saida ORDER BY chave")

    def ler(self, sql: str) -> list[tuple]:
        with closing(sqlite3.connect(self.banco, timeout=10)) as banco:
            return banco.execute(sql).fetchall()

    def esperar(self, o_que: str, pronto: Callable[[], bool]) -> None:
        fim = time.monotonic() + PACIENCIA_SEGUNDOS
        while not pronto():
            if time.monotonic() > fim:
                registro = (self.pasta / "trabalhador.log").read_text()[-3000:]
                pytest.fail(f"Não aconteceu: {o_que}.\n{self.saidas()}\n{registro}")
            time.sleep(0.05)


@pytest.fixture
def bancada(tmp_path) -> Iterator[Bancada]:
    bancada = Bancada(tmp_path)
    bancada.preparar()
    yield bancada
    bancada.matar()
    if settings.CELERY_BROKER_URL.startswith("redis"):
        with redis.Redis.from_url(settings.CELERY_BROKER_URL) as cliente:
            for chave in cliente.scan_iter(f"{bancada.ambiente['FILA_PREFIXO']}*"):
                cliente.delete(chave)


def test_trabalhador_morto_no_meio_nao_perde_nem_repete(bancada):
    bancada.ligar()
    bancada.esperar("dois trabalhos começados", lambda: len(bancada.linhas("inicios")) >= 2)
    bancada.matar()
    mortos = bancada.linhas("inicios")
    assert bancada.linhas("fins") == []
    assert [estado for estado, _, _ in bancada.saidas()].count("executando") == 2

    (bancada.pasta / "soltar").touch()
    bancada.ligar()
    bancada.esperar("tudo feito", lambda: {estado for estado, _, _ in bancada.saidas()} == {"feita"})

    assert bancada.linhas("fins") == [str(n) for n in range(TRABALHOS)], "cada um terminou uma vez"
    assert bancada.saidas() == [("feita", 2, 1) if str(n) in mortos else ("feita", 1, 0) for n in range(TRABALHOS)]
    assert bancada.ler("SELECT COUNT(*) FROM saidas_batimento WHERE quem = 'trabalhador'") == [(1,)]
    # The scheduler goes on ringing every second; nothing of it stays behind.
    assert bancada.desligar() == 0
    sobras = [arquivo.name for arquivo in (bancada.pasta / "fila").rglob("*") if arquivo.is_file()]
    assert len([nome for nome in sobras if nome.endswith(".msg")]) <= 2, sobras
    assert len(sobras) <= 4, sobras
