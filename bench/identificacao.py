"""The guided identification, server time per answer, against a bare Django view with one indexed SELECT.

In one process and one database, the two taking turns. BENCH_MOTORES (sqlite,postgres); BENCH_PARES (40).
Bare is: resolve the address, one SELECT by index, a text as answer; no middleware. Ours is what a clerk's browser asks:
the answer posted (session, CSRF, trail in the same transaction), and the next question or the result drawn.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bench import _dados
from bench.medir import CABECALHO, comparar

PARES = int(os.environ.get("BENCH_PARES", "40"))
# In times the bare view, which takes half a millisecond: whole pages with header and menu, a session, the access noted,
# and for an answer the chained trail.
METAS = {"post one answer": 150, "next question": 150, "result": 200}
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
        conversa, nu = _Conversa(base), _nua(base)
        print(f"\n{motor}: one process, {PARES} pairs\n{CABECALHO}")
        _linha("next question", nu, conversa.ver_pergunta)
        _linha("post one answer", nu, conversa.responder)
        conversa.ate_o_fim()
        _linha("result", nu, conversa.ver_resultado)
        conversa.so_as_regras()


def _linha(nome: str, nu: Callable[[], object], nosso: Callable[[], object]) -> None:
    print(comparar(nu, nosso, pares=PARES).linha(nome, METAS[nome]))


def _nua(base: dict[str, Any]) -> Callable[[], object]:
    from django.http import HttpRequest, HttpResponse
    from django.test import RequestFactory
    from django.urls import URLResolver, path
    from django.urls.resolvers import RegexPattern

    from requerimentos.models import Requerimento

    def situacao(request: HttpRequest, protocolo: str) -> HttpResponse:
        achados = Requerimento.objects.por_protocolo(protocolo).order_by()
        return HttpResponse(achados.values_list("situacao_inss", flat=True)[0])

    resolvedor = URLResolver(RegexPattern(r"^/"), [path("<str:protocolo>/", situacao)])  # type: ignore[arg-type]
    fabrica, endereco = RequestFactory(), f"/{base['pedido'].protocolo}/"

    def pedir() -> object:
        pedido = fabrica.get(endereco)
        achado = resolvedor.resolve(pedido.path_info)
        return achado.func(pedido, *achado.args, **achado.kwargs)

    return pedir


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
