"""The whole portal in real processes, for a browser: web server, worker with scheduler, pretend INSS beside it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg2
import redis

RAIZ = Path(__file__).resolve().parents[2]
# Only so that what is broken fails the test instead of holding it for ever.
PACIENCIA_SEGUNDOS = 180
# Of the test run itself: the portal of a journey has its own.
ALHEIAS = {
    "TESTES", "VAR", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTEST_CURRENT_TEST", "PORT", "ENDERECO_PUBLICO",
    "STATIC_ROOT", "EMAIL_URL", "SIMULADOR_DATABASE_URL",
}  # fmt: skip


class Portal:
    """`pasta` is empty and of nobody else; `banco` and `fila` are the addresses of the engines of this run."""

    def __init__(self, pasta: Path, porta: int, inss: tuple[str, str], banco: str, fila: str) -> None:
        self.pasta = pasta
        self.endereco = f"http://localhost:{porta}"
        self.porta = porta
        self.vivos: dict[str, subprocess.Popen[bytes]] = {}
        self.postgres = banco if banco.startswith("postgres") else ""
        self.nome_do_banco = f"act_jornada_{uuid.uuid4().hex[:12]}"
        self.prefixo = f"jornada-{uuid.uuid4().hex}:"
        self.fila = fila
        limpo = {nome: valor for nome, valor in os.environ.items() if nome not in ALHEIAS}
        self.ambiente = limpo | {
            "VAR": str(pasta),
            "PORT": str(porta),
            "DATABASE_URL": self._endereco_do_banco(),
            "CELERY_BROKER_URL": fila,
            "FILA_PREFIXO": self.prefixo,
            "INSS_ENDERECO": inss[0],
            "INSS_TOKEN": inss[1],
            "INSS_CONSULTA_SEGUNDOS": "1",
            "SAIDAS_RESERVA_SEGUNDOS": "6",
            "SAIDAS_VARREDURA_SEGUNDOS": "2",
            "SAIDAS_BATIMENTO_SEGUNDOS": "3",
            "PYTHONWARNINGS": "",
        }

    # --- Life ---------------------------------------------------------------------------------------------------
    def abrir(self, *, demonstracao: bool = False, adesao: bool = False) -> None:
        """Empty and with a worker; or the demonstration, which stands still because nobody works on it.

        `adesao`: the towns that join, each in one stage, and a worker.
        """
        if self.postgres:
            self._mandar_no_postgres(f'CREATE DATABASE "{self.nome_do_banco}"')
        preparar = [
            sys.executable,
            "-m",
            "tests.jornadas.preparar",
            *(["--demonstracao"] if demonstracao else ["--adesao"] if adesao else []),
        ]
        subprocess.run(preparar, cwd=RAIZ, env=self.ambiente, check=True)
        gunicorn = ("-m", "gunicorn", "--config", "python:act_portal.gunicorn", "--bind", f"127.0.0.1:{self.porta}")
        self._iniciar("web", [*gunicorn, "act_portal.wsgi"])
        if demonstracao:
            self.esperar("o portal responder", lambda: self._respondeu("/entrar/"))
        else:
            self.ligar_trabalhador()
            self.esperar("o portal responder", lambda: self._respondeu("/saude/"))

    def fechar(self) -> None:
        for nome in list(self.vivos):
            self._encerrar(nome, signal.SIGTERM)
        if self.postgres:
            self._mandar_no_postgres(f'DROP DATABASE IF EXISTS "{self.nome_do_banco}" WITH (FORCE)')
        if self.fila.startswith("redis"):
            with redis.Redis.from_url(self.fila) as cliente:
                for chave in cliente.scan_iter(f"{self.prefixo}*"):
                    cliente.delete(chave)

    def ligar_trabalhador(self) -> None:
        comando = ["-m", "celery", "--app", "act_portal", "--quiet", "worker", "--beat", "--concurrency", "2"]
        agenda = ["--hostname", f"{self.nome_do_banco}@%h", "--schedule", str(self.pasta / "agenda")]
        self._iniciar("trabalho", [*comando, "--loglevel", "WARNING", *agenda])

    def matar_trabalhador(self) -> None:
        """kill -9 of the whole family: worker, pool and scheduler."""
        self._encerrar("trabalho", signal.SIGKILL)

    @contextmanager
    def matar_durante(self, tipo: str, tentativa: int = 1) -> Iterator[None]:
        """The worker dies the moment it is at such work, while the journey goes on in the browser."""
        sql = "SELECT id FROM saidas_saida WHERE tipo = ? AND estado = 'executando' AND tentativas >= ?"

        def matar() -> None:
            self.esperar(f"o trabalhador começar {tipo}", lambda: self.ler(sql, tipo, tentativa))
            self.matar_trabalhador()

        with ThreadPoolExecutor(1) as ao_lado:
            queda = ao_lado.submit(matar)
            yield
            queda.result()

    def _iniciar(self, nome: str, argumentos: Sequence[str]) -> None:
        with (self.pasta / f"{nome}.log").open("ab") as registro:
            self.vivos[nome] = subprocess.Popen(
                [sys.executable, *argumentos], cwd=RAIZ, env=self.ambiente, stdin=subprocess.DEVNULL,
                stdout=registro, stderr=registro, start_new_session=True,
            )  # fmt: skip

    def _encerrar(self, nome: str, sinal: signal.Signals) -> None:
        processo = self.vivos.pop(nome)
        with suppress(ProcessLookupError):
            if sinal == signal.SIGKILL:
                os.killpg(processo.pid, sinal)
            else:
                # Only the parent is told: it lets its children finish.
                processo.send_signal(sinal)
        try:
            processo.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(processo.pid, signal.SIGKILL)
            processo.wait(15)

    def _respondeu(self, pagina: str) -> bool:
        try:
            return httpx.get(f"{self.endereco}{pagina}", timeout=5, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    # --- Looking ------------------------------------------------------------------------------------------------
    def esperar(self, o_que: str, pronto: Callable[[], Any]) -> Any:
        fim = time.monotonic() + PACIENCIA_SEGUNDOS
        while not (valor := pronto()):
            if time.monotonic() > fim:
                raise AssertionError(f"Não aconteceu: {o_que}.\n{self.registros()}")
            time.sleep(0.02)
        return valor

    def registros(self) -> str:
        """The end of every log: what a failed journey needs."""
        return "\n".join(f"== {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.pasta.glob("*.log")))

    def ler(self, sql: str, *valores: Any) -> list[tuple]:
        """`?` stands for a value on both engines."""
        if not self.postgres:
            with closing(sqlite3.connect(self.pasta / "portal.sqlite3", timeout=20)) as banco:
                return banco.execute(sql, valores).fetchall()
        with closing(psycopg2.connect(self._endereco_do_banco())) as banco, banco.cursor() as cursor:
            cursor.execute(sql.replace("?", "%s"), valores)
            return cursor.fetchall()

    def _endereco_do_banco(self) -> str:
        if not self.postgres:
            return f"sqlite:///{self.pasta / 'portal.sqlite3'}"
        return urlsplit(self.postgres)._replace(path=f"/{self.nome_do_banco}").geturl()

    def _mandar_no_postgres(self, comando: str) -> None:
        endereco = urlsplit(self.postgres)._replace(path="/postgres").geturl()
        with closing(psycopg2.connect(endereco)) as banco, banco.cursor() as cursor:
            banco.rollback()
            banco.autocommit = True
            cursor.execute(comando)
