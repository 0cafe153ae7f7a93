"""Measure two ways of doing the same thing, one after the other in turn, so that a slow minute hurts both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Par:
    """Seconds per call, of the bare way and of ours, and the ratio of ours to bare.

    `razao` compares the medians of each pair's ratio: what is shared by the two halves of a pair cancels out.
    """

    minimo_nu: float
    mediana_nu: float
    minimo_nosso: float
    mediana_nosso: float
    razao: float
    razao_dos_minimos: float

    def linha(self, nome: str, meta: float) -> str:
        veredito = "ok" if self.razao <= meta else "ACIMA DA META"
        return (
            f"{nome:<44} {self.mediana_nu * 1000:9.1f} {self.mediana_nosso * 1000:9.1f} "
            f"{self.razao:7.2f}x {self.razao_dos_minimos:7.2f}x   <= {meta:.2f}x  {veredito}"
        )


CABECALHO = f"{'':<44} {'bare ms':>9} {'ours ms':>9} {'median':>8} {'min':>8}   goal"


def comparar(nu: Callable[[], object], nosso: Callable[[], object], *, pares: int = 15, aquecer: int = 2) -> Par:
    """Time `pares` interleaved pairs, after `aquecer` that do not count; who goes first alternates."""
    tempos: dict[str, list[float]] = {"nu": [], "nosso": []}
    for vez in range(-aquecer, pares):
        ordem = [("nu", nu), ("nosso", nosso)]
        for nome, funcao in ordem if vez % 2 else reversed(ordem):
            inicio = time.perf_counter()
            funcao()
            duracao = time.perf_counter() - inicio
            if vez >= 0:
                tempos[nome].append(duracao)
    razoes = [nosso_ / nu_ for nu_, nosso_ in zip(tempos["nu"], tempos["nosso"], strict=True)]
    return Par(
        min(tempos["nu"]),
        statistics.median(tempos["nu"]),
        min(tempos["nosso"]),
        statistics.median(tempos["nosso"]),
        statistics.median(razoes),
        min(tempos["nosso"]) / min(tempos["nu"]),
    )
