"""The worklist of a town with 100,000 requests against one with 1,000: time, and the number of queries.

BENCH_MOTORES (sqlite,postgres) and BENCH_VEZES (25) pairs; the two towns live in one database and take turns.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.parse import urlencode

from bench import _dados

META = 1.20
PEQUENA, GRANDE = 1_000, 100_000
VEZES = int(os.environ.get("BENCH_VEZES", "25"))


def principal() -> None:
    for motor in _dados.motores():
        # Django takes its settings once in a process.
        subprocess.run([sys.executable, __file__, motor], check=True, env={**os.environ, "PYTHONPATH": "."})


def medir(motor: str) -> None:
    with _dados.portal(motor):
        print(f"\n{motor}: a town of {GRANDE:,} requests against one of {PEQUENA:,}, {VEZES} pairs")
        pequena, grande = _dados.cidade("9900001", "Serra Pequena"), _dados.cidade("9900002", "Serra Grande")
        with _dados.cronometrado("rows written in"):
            _dados.encher(grande, GRANDE, de=10_000)
            _dados.encher(pequena, PEQUENA)
        print(f"{'':<26} {'small ms':>9} {'min':>7} {'large ms':>9} {'min':>7} {'ratio':>7}   queries", end="")
        print(f"   goal <= {META:.2f}x")
        pares = list(zip(_filtros(200), _filtros(10_200), strict=True))
        for (nome, la), (_, ca) in pares:
            _linha(nome, lambda f=la: _ler(pequena, f), lambda f=ca: _ler(grande, f))
        for (nome, la), (_, ca) in pares:
            _linha(f"page, {nome}", _Paginas(pequena, la).abrir, _Paginas(grande, ca).abrir)


def _filtros(numero: int) -> list[tuple[str, dict[str, str]]]:
    """What a clerk looks for; `numero`: a request that the town has."""
    return [
        ("all", {}),
        ("by stage", {"etapa": "exigencia"}),
        ("by common name", {"texto": "maria silva"}),
        ("by name of nobody", {"texto": "zulmira inexistente"}),
        ("by protocol", {"texto": f"{numero:011d}"}),
        ("by CPF", {"texto": f"{numero:011d}"[:9] + "-" + f"{numero:011d}"[9:]}),
    ]


def _ler(base: dict, filtro: dict[str, str]) -> object:
    from requerimentos import consultas

    return consultas.lista(base["usuario"], consultas.Filtros(**filtro))


class _Paginas:
    """The whole page, as a signed-in clerk gets it."""

    def __init__(self, base: dict, filtro: dict[str, str]) -> None:
        from django.test import Client

        self.cliente = Client(headers={"host": "localhost"})
        self.cliente.force_login(base["usuario"], backend="django.contrib.auth.backends.ModelBackend")
        texto = filtro.get("texto", "")
        parametros = {k: v for k, v in filtro.items() if k != "texto"}
        self.endereco = f"/requerimentos/?{urlencode(parametros)}"
        if texto:
            # What is searched is posted, and the address carries only a code.
            self.endereco = self.cliente.post("/requerimentos/", {"q": texto}).url

    def abrir(self) -> None:
        resposta = self.cliente.get(self.endereco)
        if resposta.status_code != 200:
            raise SystemExit(f"{self.endereco}: {resposta.status_code}")


def _linha(nome: str, pequena: Callable[[], object], grande: Callable[[], object]) -> None:
    consultas = _contar(pequena), _contar(grande)
    tempos: tuple[list[float], list[float]] = ([], [])
    for vez in range(-3, VEZES):
        for lado, funcao in enumerate((pequena, grande)):
            inicio = time.perf_counter()
            funcao()
            if vez >= 0:
                tempos[lado].append((time.perf_counter() - inicio) * 1000)
    razao = statistics.median(g / p for p, g in zip(*tempos, strict=True))
    veredito = "ok" if razao <= META and consultas[0] == consultas[1] else "ABOVE THE GOAL"
    medianas = [f"{statistics.median(t):9.1f} {min(t):7.1f}" for t in tempos]
    print(f"{nome:<26} {' '.join(medianas)} {razao:6.2f}x   {consultas[0]:>3} = {consultas[1]:<3} {veredito}")


def _contar(funcao: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as contadas:
        funcao()
    return len(contadas)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        medir(sys.argv[1])
    else:
        principal()
