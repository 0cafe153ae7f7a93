"""Numbers that law or practice may change, each with its source: the blocks `[[parametro]]` of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte


@dataclass(frozen=True, kw_only=True)
class Parametro(Fonte):
    """A number that INSS may change."""

    chave: str
    valor: int
    nome: str


def ler(arquivo: Path) -> tuple[Parametro, ...]:
    folha = Folha(arquivo)
    return tuple(folha.bloco(Parametro, dados, "parametro", n) for n, dados in enumerate(folha.blocos("parametro")))


def em_vigor(parametros: Sequence[Parametro], chave: str, dia: date) -> Parametro:
    """The row of `chave` in force on `dia`. Raises LookupError when there is none."""
    valendo = [p for p in parametros if p.chave == chave and p.vigente(dia)]
    if not valendo:
        raise LookupError(f"Sem o parâmetro {chave!r} em {dia:%d/%m/%Y}.")
    return max(valendo, key=lambda p: p.vigente_de or date.min)
