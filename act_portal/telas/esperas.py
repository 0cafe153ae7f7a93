"""What waits for whoever looks, on `/painel/`: counts, each with the list that it opens into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from act_portal.telas.painel import Cartao

TEMPLATE = "telas/esperas.html"
_de_um: dict[str, str] = {}


@dataclass(frozen=True)
class Espera:
    """`nome` is that of many; `dizer_de_um` has that of one."""

    quantos: int
    nome: str
    href: str
    tom: str = ""

    @property
    def rotulo(self) -> str:
        return _de_um.get(self.nome, self.nome) if self.quantos == 1 else self.nome


def dizer_de_um(nomes: Mapping[str, str]) -> None:
    _de_um.update(nomes)


def com_algo(esperas: list[Espera]) -> list[Espera]:
    return [espera for espera in esperas if espera.quantos]


def cartao(titulo: str, chave: str, esperas: list[Espera]) -> Cartao | None:
    """`chave` tells the headings of two cards apart."""
    return (TEMPLATE, {"esperas": esperas, "titulo": titulo, "chave": chave}) if esperas else None
