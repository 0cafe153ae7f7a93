"""Days with INSS and days with the town, counted apart from the moves. Pure; no service time is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from adesao.situacoes import Parte, Situacao


@dataclass(frozen=True)
class Relogio:
    """Whole days with each party, and who has it now (None: nobody, the clock stands)."""

    inss: int
    municipio: int
    correndo: Parte | None

    @property
    def total(self) -> int:
        return self.inss + self.municipio


def contar(moves: Sequence[tuple[datetime, Situacao]], ate: datetime, fuso: tzinfo) -> Relogio:
    """`moves`: each moment and the state that began then, in order. A day belongs to who has it when it ends, so the
    two counts add up to the days passed while anybody had it.
    """
    dias = {Parte.INSS: 0, Parte.MUNICIPIO: 0}
    for n, (inicio, situacao) in enumerate(moves):
        fim = moves[n + 1][0] if n + 1 < len(moves) else ate
        if parte := situacao.com_quem:
            dias[parte] += (fim.astimezone(fuso).date() - inicio.astimezone(fuso).date()).days
    return Relogio(dias[Parte.INSS], dias[Parte.MUNICIPIO], moves[-1][1].com_quem if moves else None)
