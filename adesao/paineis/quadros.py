"""A table that may have a chart over it and goes out as CSV or XLSX: the one shape of every dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from act_portal.graficos import Barra
from act_portal.planilhas import Celula


@dataclass(frozen=True)
class Linha:
    """`href`: the list behind the numbers. `elos`: one for each cell, where each number has a list of its own."""

    celulas: Sequence[Celula]
    href: str = ""
    elos: Sequence[str] = field(default=())

    @property
    def casas(self) -> list[tuple[Celula, str]]:
        """Each cell with the list that it opens; what counts nothing opens none."""
        elos = self.elos or [""] * len(self.celulas)
        return [(c, self.href if n == 0 else elos[n] if c else "") for n, c in enumerate(self.celulas)]


@dataclass(frozen=True, kw_only=True)
class Quadro:
    """`no_tempo`: its lines are months, drawn upright."""

    slug: str
    titulo: str
    colunas: Sequence[str]
    linhas: Sequence[Linha]
    barras: Sequence[Barra] = field(default=())
    no_tempo: bool = False
    nota: str = ""
    # Of means: nothing was measured. Without it, what is all zero is empty.
    vazio: bool | None = None

    @property
    def nada(self) -> bool:
        """Months, and nothing in any of them: a drawing would be an empty box."""
        if self.vazio is not None:
            return self.vazio
        return self.no_tempo and not any(barra.valor for barra in self.barras)

    def em_celulas(self) -> list[Sequence[Celula]]:
        return [linha.celulas for linha in self.linhas]
