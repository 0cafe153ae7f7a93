"""The guided identification: server time of each answer (p50, p95) and its queries, beside a bare signed-in view.

In one process and one database, the two taking turns. BENCH_MOTORES (sqlite,postgres); BENCH_PARES (60).
Bare is what no signed-in page can do without: the address resolved, the session and the user read from the database,
and for an answer one row written in a transaction; a text comes back. Ours is what a clerk's browser asks: the answer
posted (CSRF, access noted, the chained trail in the same transaction), and the next question or the result drawn as a
whole page.

The goals are for the person: an answer and the next question together under a tenth of a second at p95, which reads as
at once; the result in a quarter; and a number of queries that does not grow with the conversation or the record.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bench import _dados

PARES = int(os.environ.get("BENCH_PARES", "60"))
AQUECER = 3
# (p95 in ms, queries).
METAS = {"post one answer": (60, 30), "next question": (40, 20), "result": (250, 20)}
RESPOSTAS: list[tuple[str, dict[str, str]]] = [
    ("assunto", {"resposta": "idade"}),
    ("onde", {"resposta": "cidade"}),
    ("tempo", {"resposta": "13 anos"}),
    ("trabalho", {"resposta": "nenhum"}),
    ("filiado", {"resposta": "sim"}),
    ("renda", {"pessoas": "3", "total": "1000"}),
    ("cadunico", {"resposta": "2026-01-10"}),
    ("biometria", {"resposta": "sim"}),
    ("antes", {"resposta": "nunca"}),
]


def principal() -> None:
    for motor in _dados.motores():
        # Django takes its settings once in a process.
        subprocess.run([sys.executable, __file__, motor], check=True, env={**os.environ, "PYTHONPATH": "."})


def medir(motor: str) -> None:
    with _dados.portal(motor):
        base = _dados.cidade("9900001", "Serra do Teste")
        conversa = _Conversa(base)
        nua = _Nua(conversa)
        print(f"\n{motor}: one process, {PARES} pairs, load {os.getloadavg()[0]:.1f}")
        print(f"{'':<18} {'bare p50':>9} {'p95':>7} {'ours p50':>9} {'p95':>7} {'times':>6} {'queries':>8}   goal")
        _linha("post one answer", nua.gravar, conversa.responder)
        _linha("next question", nua.ler, conversa.ver_pergunta)
        conversa.ate_o_fim()
        _linha("result", nua.ler, conversa.ver_resultado)
        conversa.so_as_regras()


def _linha(nome: str, nu: Callable[[], object], nosso: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    tempos: dict[str, list[float]] = {"nu": [], "nosso": []}
    for vez in range(-AQUECER, PARES):
        ordem = [("nu", nu), ("nosso", nosso)]
        for qual, funcao in ordem if vez % 2 else reversed(ordem):
            inicio = time.perf_counter()
            funcao()
            if vez >= 0:
                tempos[qual].append((time.perf_counter() - inicio) * 1000)
    with CaptureQueriesContext(connection) as consultas:
        nosso()
    p95_meta, consultas_meta = METAS[nome]
    (nu50, nu95), (p50, p95) = _p50_p95(tempos["nu"]), _p50_p95(tempos["nosso"])
    vezes = statistics.median(b / a for a, b in zip(tempos["nu"], tempos["nosso"], strict=True))
    veredito = "ok" if p95 <= p95_meta and len(consultas) <= consultas_meta else "ACIMA DA META"
    print(
        f"{nome:<18} {nu50:9.2f} {nu95:7.2f} {p50:9.2f} {p95:7.2f} {vezes:5.1f}x {len(consultas):8}"
        f"   p95 <= {p95_meta} ms, queries <= {consultas_meta}  {veredito}"
    )


def _p50_p95(tempos: list[float]) -> tuple[float, float]:
    return statistics.median(tempos), statistics.quantiles(tempos, n=20)[-1]


class _Nua:
    """The bare views, with the clerk's own session."""

    def __init__(self, conversa: _Conversa) -> None:
        from django.contrib.auth.middleware import AuthenticationMiddleware
        from django.contrib.sessions.middleware import SessionMiddleware
        from django.db import transaction
        from django.http import HttpRequest, HttpResponse
        from django.test import RequestFactory
        from django.urls import URLResolver, path
        from django.urls.resolvers import RegexPattern

        from requerimentos.models import Atendimento

        def ver(request: HttpRequest, senha: str) -> HttpResponse:
            return HttpResponse(f"{senha} {request.user.email}")  # type: ignore[union-attr]

        def mudar(request: HttpRequest, senha: str) -> HttpResponse:
            with transaction.atomic():
                Atendimento.objects.filter(pk=conversa.atendimento.pk).update(senha=senha)
            return ver(request, senha)

        rotas = [path("<str:senha>/ver/", ver), path("<str:senha>/", mudar)]
        resolvedor = URLResolver(RegexPattern(r"^/"), rotas)  # type: ignore[arg-type]

        def achar(request: HttpRequest) -> HttpResponse:
            achado = resolvedor.resolve(request.path_info)
            return achado.func(request, *achado.args, **achado.kwargs)

        self.fabrica, self.cookies = RequestFactory(), conversa.cliente.cookies
        self.entrada = SessionMiddleware(AuthenticationMiddleware(achar))

    def ler(self) -> object:
        return self._pedir(self.fabrica.get("/N001/ver/"))

    def gravar(self) -> object:
        return self._pedir(self.fabrica.post("/N001/"))

    def _pedir(self, pedido: Any) -> object:
        pedido.COOKIES = {nome: cookie.value for nome, cookie in self.cookies.items()}
        return self.entrada(pedido)


class _Conversa:
    """A visit in progress, and the browser of its clerk."""

    def __init__(self, base: dict[str, Any]) -> None:
        from django.test import Client
        from django.utils.timezone import localdate, now

        from requerimentos.models import Atendimento

        self.cliente = Client(headers={"host": "localhost"})
        self.cliente.force_login(base["usuario"], backend="django.contrib.auth.backends.ModelBackend")
        self.atendimento = Atendimento.objects.create(
            municipio=base["municipio"], balcao=base["pedido"].balcao, pessoa=base["pessoa"], dia=localdate(),
            senha="N001", prioridade="nenhuma", motivo="nao_sabe", situacao="em_atendimento",
            atendente=base["usuario"], iniciado_em=now(),
        )  # fmt: skip
        # As the database has it: a birth is a date again.
        self.atendimento.pessoa.refresh_from_db()
        self.raiz = f"/requerimentos/atendimentos/{self.atendimento.codigo}/conversa/"
        self.vez = 0

    def responder(self) -> None:
        """Another answer each time, or there would be nothing to write."""
        self.vez += 1
        self._postar("assunto", {"resposta": ("idade", "doenca")[self.vez % 2]})

    def ver_pergunta(self) -> None:
        self._abrir("assunto/")

    def ate_o_fim(self) -> None:
        for pergunta, dados in RESPOSTAS:
            self._postar(pergunta, dados)

    def ver_resultado(self) -> None:
        self._abrir("resultado/")

    def so_as_regras(self) -> None:
        """The pure part of it: the path walked, and all services judged."""
        from requerimentos.demanda import catalogo
        from requerimentos.demanda.triagem import regras
        from requerimentos.demanda.triagem.consultas import andamento

        atual, servicos = andamento(self.atendimento), catalogo.carregar()
        inicio = time.perf_counter()
        for _ in range(50):
            conversa = regras.conversar(atual.roteiro, atual.respostas, atual.base, atual.hoje, servicos)
            regras.indicar(atual.roteiro, conversa, atual.base, atual.hoje, servicos)
        cada = (time.perf_counter() - inicio) / 50
        print(f"rules alone, {len(atual.conversa.dadas)} answers and a result: {cada * 1000:.1f} ms")

    def _postar(self, pergunta: str, dados: dict[str, str]) -> None:
        resposta = self.cliente.post(f"{self.raiz}{pergunta}/", {"versao": "0", **dados})
        if resposta.status_code != 302:
            raise SystemExit(f"{pergunta}: {resposta.status_code}")

    def _abrir(self, pagina: str) -> None:
        resposta = self.cliente.get(self.raiz + pagina)
        if resposta.status_code != 200:
            raise SystemExit(f"{pagina}: {resposta.status_code}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        medir(sys.argv[1])
    else:
        principal()
