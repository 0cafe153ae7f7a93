"""States that know their tone and where they may go, for every app. No ORM, no HTTP."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import TextChoices


class ComCaminhos(TextChoices):
    """A state that knows its tone and where it may go; `situacoes.py` of each app fills the tables below.

    One table per kind because members are strings: two kinds may share a word ("na_fila") and would share a row.
    """

    @property
    def tom(self) -> str:
        return TONS[type(self)].get(self, "")

    @property
    def caminhos(self) -> frozenset[Self]:
        return CAMINHOS[type(self)][self]

    @property
    def final(self) -> bool:
        return not self.caminhos

    def pode_ir_para(self, destino: Self) -> bool:
        return destino in self.caminhos


CAMINHOS: dict[type[ComCaminhos], dict[Any, frozenset[Any]]] = {}
TONS: dict[type[ComCaminhos], dict[Any, str]] = {}
# What each move is called and who makes it, for the kinds that say so: drawn on the arrows of the diagrams.
PASSOS: dict[type[ComCaminhos], dict[tuple[Any, Any], list[str]]] = {}
