"""`manage.py servir`: the whole portal from one terminal, for a desk, a class or a developer's machine."""

from __future__ import annotations

import hashlib
import http.client
import importlib.util
import io
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from act_portal.supervisor import Processo, Supervisor, python

SIMULADOR = "act_portal.simulador_inss"
PRONTO_EM_SEGUNDOS = 60.0


class Command(BaseCommand):
    help = "Prepara os dados e inicia juntos o portal, o trabalhador, a agenda e o INSS de treino."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="endereço em que o portal atende")
        parser.add_argument("--sem-demonstracao", action="store_true", help="não criar os dados de demonstração")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        host: str = opcoes["host"]
        com_simulador = importlib.util.find_spec(f"{SIMULADOR}.wsgi") is not None
        _exigir_porta_livre(host, settings.PORTA)
        if com_simulador:
            _exigir_porta_livre("127.0.0.1", settings.PORTA + 1)
        self._preparar(demonstracao=not opcoes["sem_demonstracao"], com_simulador=com_simulador)
        supervisor = Supervisor(_processos(host, com_simulador=com_simulador), sys.stdout)
        chegada = _Chegada(supervisor, host)
        self.stdout.write("Iniciando...")
        supervisor.rodar(chegada.olhar)
        self.stdout.write("Tudo encerrado.")

    def _preparar(self, *, demonstracao: bool, com_simulador: bool) -> None:
        """Database, territory, catalogue, demonstration, static files. A step with nothing to do does nothing."""
        self.stdout.write("Preparando o banco de dados...")
        call_command("migrate", interactive=False, verbosity=0)
        if com_simulador:
            subprocess.run(  # noqa: S603 - our own command
                python("-m", "django", "migrate", "--noinput", "-v", "0", f"--settings={SIMULADOR}.settings"),
                check=True,
            )
        comandos = get_commands()
        if "carregar_territorio" in comandos:
            call_command("carregar_territorio", stdout=self.stdout)
        if "catalogo" in comandos:
            call_command("catalogo", guardar=True, stdout=self.stdout)
        if demonstracao and settings.DADOS_FICTICIOS:
            for comando in ("demonstracao", "demonstracao_adesao", "demonstracao_cessao"):
                if comando in comandos:
                    call_command(comando, stdout=self.stdout)
        _juntar_estaticos()
        # The children open their own connections.
        connections.close_all()


def _juntar_estaticos() -> None:
    """Collect and compress the static files, unless they are the ones collected last time (it takes seconds)."""
    retrato = hashlib.sha256()
    for buscador in get_finders():
        for caminho, deposito in buscador.list([]):
            arquivo = Path(deposito.path(caminho)).stat()
            retrato.update(f"{caminho}\0{arquivo.st_size}\0{arquivo.st_mtime_ns}\n".encode())
    marca = Path(settings.STATIC_ROOT) / ".retrato"
    if marca.is_file() and marca.read_text() == retrato.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    marca.write_text(retrato.hexdigest())


def _processos(host: str, *, com_simulador: bool) -> list[Processo]:
    porta = settings.PORTA
    gunicorn = ("-m", "gunicorn", "--config", "python:act_portal.gunicorn")
    processos = [
        Processo("web", python(*gunicorn, "--bind", f"{host}:{porta}", "act_portal.wsgi")),
        Processo(
            "trabalho",
            python(
                *("-m", "celery", "--app", "act_portal", "--quiet", "worker", "--beat", "--concurrency", "2"),
                *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
                # Two copies over the same data must not share a name or an agenda file.
                *("--hostname", f"p{porta}@%h", "--schedule", str(settings.VAR / f"agenda-{porta}")),
            ),
            # A fresh machine in a container has only root; the production image has a user of its own.
            {"PYTHONWARNINGS": "ignore:You're running the worker"},
        ),
    ]
    if com_simulador:
        processos.append(
            Processo(
                "inss",
                python(*gunicorn, "--workers", "1", "--bind", f"127.0.0.1:{porta + 1}", f"{SIMULADOR}.wsgi"),
                {"DJANGO_SETTINGS_MODULE": f"{SIMULADOR}.settings", "INSS_TOKEN": settings.INSS_TOKEN},
            )
        )
        if settings.DADOS_FICTICIOS and "demonstracao" in get_commands():
            # Waits for the pretend INSS, then tells it the requests of the demonstration.
            contar = python(str(settings.RAIZ / "manage.py"), "demonstracao", "--inss")
            processos.append(Processo("treino", contar, uma_vez=True))
    return processos


def _exigir_porta_livre(host: str, porta: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tomada:
        # Without this, a copy stopped a second ago would still look alive.
        tomada.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tomada.bind((host, porta))
        except OSError as erro:
            raise CommandError(
                f"Não dá para usar a porta {porta} ({erro.strerror}). Escolha outra: make run PORT={porta + 100}"
            ) from erro


class _Chegada:
    """Waits for the portal to answer, then says once where it is and who may enter."""

    def __init__(self, supervisor: Supervisor, host: str) -> None:
        self.supervisor = supervisor
        self.host = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
        self.inicio = time.monotonic()
        self.proxima = self.inicio + 0.5
        self.chegou = False
        self.problema = "o portal ainda não respondeu"

    def olhar(self) -> None:
        agora = time.monotonic()
        if self.chegou or agora < self.proxima:
            return
        self.proxima = agora + 0.5
        if self._respondeu():
            self._anunciar("")
        elif agora - self.inicio > PRONTO_EM_SEGUNDOS:
            self._anunciar(f"Atenção: {self.problema}. Veja as mensagens acima.")

    def _respondeu(self) -> bool:
        conexao = http.client.HTTPConnection(self.host, settings.PORTA, timeout=3)
        try:
            conexao.request("GET", "/saude/", headers={"Host": f"localhost:{settings.PORTA}"})
            resposta = conexao.getresponse()
            corpo = resposta.read()
        except OSError as erro:
            self.problema = f"o portal não respondeu ({erro})"
            return False
        finally:
            conexao.close()
        if resposta.status == http.HTTPStatus.SERVICE_UNAVAILABLE:
            self.problema = f"/saude/ diz {_resumo(corpo)}"
            return False
        return True

    def _anunciar(self, aviso: str) -> None:
        self.chegou = True
        linhas = ["", f"Portal ACT: {settings.ENDERECO_PUBLICO}/", *_contas(), *([aviso] if aviso else [])]
        for linha in [*linhas, "Ctrl-C encerra tudo.", ""]:
            self.supervisor.dizer(linha)


def _resumo(corpo: bytes) -> str:
    try:
        return json.dumps(json.loads(corpo), ensure_ascii=False)[:300]
    except ValueError:
        return "503"


def _contas() -> list[str]:
    """The demonstration accounts, as the command that made them tells."""
    if "demonstracao" not in get_commands() or not settings.DADOS_FICTICIOS:
        return []
    saida = io.StringIO()
    call_command("demonstracao", contas=True, stdout=saida)
    connections.close_all()
    return saida.getvalue().splitlines()
