"""The pretend INSS for tests: the real site in its own process, spoken to over real HTTP.

    def test_algo(simulador, settings):
        simulador.usar(settings)                       # the portal's client now talks to it
        simulador.falha("derrubar_depois", operacao="requerer")
        ...
        simulador.exigir(protocolo, "Mande o RG.")
        simulador.decidir(protocolo, "indeferido", motivos=["Renda acima do limite."])

The process starts once for the whole run. Faults and the automatic mode are cleared before and after each test; tasks
stay, so use another CPF for each request (`tests.simulador.cpf_novo()`).
"""

from __future__ import annotations

import itertools
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

RAIZ = Path(__file__).resolve().parent.parent
_cpfs = itertools.count(secrets.randbelow(800_000_000) + 10_000_000)


def cpf_novo() -> str:
    """A CPF with right digits that this run has not used yet."""
    base = f"{next(_cpfs):09d}"
    for tamanho in (9, 10):
        soma = sum(int(n) * (tamanho + 1 - casa) for casa, n in enumerate(base))
        base += str(soma * 10 % 11 % 10)
    return base


@dataclass
class Simulador:
    base_url: str
    token: str
    http: httpx.Client

    def usar(self, settings: Any, espera_segundos: float = 10.0) -> None:
        """Points the portal's settings to this INSS."""
        settings.INSS_ADAPTADOR = "requerimentos.envio.inss_http.InssHttp"
        settings.INSS_ENDERECO = self.base_url
        settings.INSS_TOKEN = self.token
        settings.INSS_ESPERA_SEGUNDOS = espera_segundos

    # --- Faults: TipoFalha and Rota of `act_portal/simulador_inss/situacoes.py` --------------
    def falha(self, tipo: str, *, vezes: int = 1, operacao: str = "", segundos: float = 5, **outros: Any) -> None:
        """The next `vezes` calls (of `operacao`, or any) fail; or `porcento=`, or `porSegundos=`, with `vezes=0`."""
        self._pedir(
            "POST", "/_falhas", {"tipo": tipo, "vezes": vezes, "operacao": operacao, "segundos": segundos, **outros}
        )

    def limpar(self) -> None:
        self._pedir("DELETE", "/_falhas")
        self.automatico(ligado=False)

    # --- The trainer's acts -------------------------------------------------------------------------------------
    def analisar(self, protocolo: str) -> dict[str, Any]:
        return self._pedir("POST", f"/_treino/{protocolo}/analise", {})

    def exigir(self, protocolo: str, texto: str, **prazo: Any) -> dict[str, Any]:
        """`dias=` or `prazo="AAAA-MM-DD"`, 30 days when neither; `quando=` (ISO 8601) dates it back."""
        return self._pedir("POST", f"/_treino/{protocolo}/exigencias", {"texto": texto, **prazo})

    def decidir(
        self, protocolo: str, resultado: str, *, motivos: list[str] | None = None, texto: str = "", quando: str = ""
    ) -> dict[str, Any]:
        corpo = {"resultado": resultado, "motivos": motivos or [], "texto": texto, "quando": quando}
        return self._pedir("POST", f"/_treino/{protocolo}/decisao", corpo)

    def agendar(self, protocolo: str, tipo: str, quando: str) -> dict[str, Any]:
        """`tipo`: PERICIA_MEDICA or AVALIACAO_SOCIAL; the active one of the same kind becomes REMARCADO."""
        return self._pedir("POST", f"/_treino/{protocolo}/agendamentos", {"tipo": tipo, "dataHora": quando})

    def registrar(self, protocolo: str, agendamento: str, situacao: str) -> dict[str, Any]:
        """What became of an appointment: CUMPRIDO, FALTOU or CANCELADO."""
        return self._pedir("POST", f"/_treino/{protocolo}/agendamentos/{agendamento}", {"situacao": situacao})

    def plantar(self, codigo_servico: str, *, protocolo: str = "", cpf: str = "") -> str:
        """A task under analysis of Jaboticatubas/MG, without dates; returns its protocol."""
        protocolo = protocolo or str(10_000_000 + next(_cpfs) % 80_000_000)
        municipio = {"nome": "Jaboticatubas", "uf": "MG", "ibge": "3134608"}
        corpo = {"protocolo": protocolo, "codigoServico": codigo_servico, "cpf": cpf or cpf_novo()}
        self._pedir("POST", "/_treino/tarefas", {**corpo, "nome": "Pessoa Fictícia", "municipio": municipio})
        return protocolo

    def automatico(self, *, ligado: bool, segundos_por_passo: int = 60) -> None:
        corpo = {"ligado": ligado, "segundosPorPasso": segundos_por_passo}
        self._pedir("POST", "/_treino/automatico", corpo)

    # --- What INSS has ------------------------------------------------------------------------------------------
    def tarefa(self, protocolo: str) -> dict[str, Any]:
        return self._pedir("GET", f"/api/requerimentos/{protocolo}")

    def recebidas(self, cpf: str = "") -> list[dict[str, Any]]:
        """Requests as they arrived (`pedido`, `anexos`, `respostas` to exigências), of one CPF or all."""
        tarefas = self._pedir("GET", "/_treino/tarefas")["tarefas"]
        return [tarefa for tarefa in tarefas if not cpf or tarefa["cpf"] == cpf]

    def _pedir(self, metodo: str, caminho: str, corpo: dict[str, Any] | None = None) -> dict[str, Any]:
        resposta = self.http.request(metodo, caminho, **({"json": corpo} if corpo is not None else {}))
        assert resposta.is_success, (resposta.status_code, resposta.text[:500])
        dados: dict[str, Any] = resposta.json()
        return dados


def _porta_livre() -> int:
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        porta: int = tomada.getsockname()[1]
        return porta


def ambiente(var: Path, token: str) -> dict[str, str]:
    """The environment of the pretend INSS: its own folder and token, and nothing of the portal's test run."""
    alheias = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SIMULADOR_DATABASE_URL", "PYTEST_CURRENT_TEST"}
    limpo = {nome: valor for nome, valor in os.environ.items() if nome not in alheias}
    limpo["DJANGO_SETTINGS_MODULE"] = "act_portal.simulador_inss.settings"
    return {**limpo, "VAR": str(var), "INSS_TOKEN": token}


def _esperar(http: httpx.Client, processo: subprocess.Popen[bytes], saida: Path) -> None:
    for _ in range(300):
        if processo.poll() is not None:
            break
        try:
            if http.get("/api/situacao").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"O simulador não subiu:\n{saida.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def _processo_do_simulador() -> Iterator[Simulador]:
    with tempfile.TemporaryDirectory(prefix="act-inss-") as pasta:
        var, porta, token = Path(pasta), _porta_livre(), secrets.token_urlsafe(16)
        env = ambiente(var, token)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=RAIZ, env=env, check=True)
        saida = var / "saida.txt"
        comando = [sys.executable, "-m", "gunicorn", "act_portal.simulador_inss.wsgi", "--bind", f"127.0.0.1:{porta}"]
        comando += ["--worker-class", "gthread", "--threads", "8", "--worker-tmp-dir", pasta, "--no-control-socket"]
        endereco = f"http://127.0.0.1:{porta}"
        cabecalhos = {"Authorization": f"Bearer {token}"}
        # No pooling: a trainer's call must never land on a connection that a fault has broken.
        limites = httpx.Limits(max_keepalive_connections=0)
        with (
            saida.open("wb") as arquivo,
            subprocess.Popen(comando, cwd=RAIZ, env=env, stdout=arquivo, stderr=arquivo) as processo,
            httpx.Client(base_url=endereco, headers=cabecalhos, limits=limites, timeout=30, trust_env=False) as http,
        ):
            try:
                _esperar(http, processo, saida)
                yield Simulador(endereco, token, http)
            finally:
                processo.terminate()
                processo.wait(timeout=20)


@pytest.fixture
def simulador(_processo_do_simulador: Simulador) -> Iterator[Simulador]:
    """The pretend INSS, without faults and with the automatic mode off."""
    _processo_do_simulador.limpar()
    yield _processo_do_simulador
    _processo_do_simulador.limpar()
