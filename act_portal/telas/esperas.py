"""What waits for whoever looks, on `/painel/`: counts, each with the list that it opens into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from act_portal.telas.painel import Cartao

TEMPLATE = "telas/esperas.html"


@dataclass(frozen=True)
class Espera:
    quantos: int
    nome: str
    href: str
    tom: str = ""


def com_algo(esperas: list[Espera], de_um: Mapping[str, str]) -> list[Espera]:
    """Those that count something. `de_um`: the name of one, by the name of many."""
    return [
        replace(espera, nome=de_um.get(espera.nome, espera.nome)) if espera.quantos == 1 else espera
        for espera in esperas
        if espera.quantos
    ]


def cartao(titulo: str, chave: str, esperas: list[Espera]) -> Cartao | None:
    """`chave` tells the headings of two cards apart."""
    return (TEMPLATE, {"esperas": esperas, "titulo": titulo, "chave": chave}) if esperas else None
