"""Where the municípios are, straight from the file that the territory is loaded from: read once in a process.

A background does not follow what an administrator edits, so drawing it asks the database nothing.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from act_portal.mapas.desenho import Nuvem, terra
from act_portal.mapas.geometria import Lugar, Quadro

ARQUIVO = Path(__file__).resolve().parents[1] / "territorio" / "dados" / "municipios.csv"
LADO = 600


@cache
def por_uf() -> Mapping[str, tuple[Lugar, ...]]:
    lugares = defaultdict(list)
    with ARQUIVO.open(encoding="utf-8", newline="") as aberto:
        for linha in csv.DictReader(aberto):
            lugares[linha["uf"]].append(Lugar(float(linha["latitude"]), float(linha["longitude"])))
    return {uf: tuple(da_uf) for uf, da_uf in lugares.items()}


@cache
def todos() -> tuple[Lugar, ...]:
    return tuple(lugar for da_uf in por_uf().values() for lugar in da_uf)


def entre(norte_oeste: Lugar, sul_leste: Lugar) -> list[Lugar]:
    """Those in a rectangle of degrees."""
    return [
        lugar
        for lugar in todos()
        if sul_leste.latitude <= lugar.latitude <= norte_oeste.latitude
        and norte_oeste.longitude <= lugar.longitude <= sul_leste.longitude
    ]


@cache
def fundo_da_uf(uf: str) -> tuple[Quadro, list[Nuvem]]:
    """The frame of a UF and its ground."""
    quadro = Quadro.de(por_uf()[uf], lado=LADO)
    return quadro, terra(quadro, por_uf()[uf])
