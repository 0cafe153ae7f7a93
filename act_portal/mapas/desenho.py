"""What a template needs to draw a map (`includes/mapa.html`)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from act_portal.mapas.geometria import Lugar, Ponto, Quadro

# Rows of points this high are walked forth and back: neighbours follow each other, and small steps are short text.
FAIXA = 8


@dataclass(frozen=True)
class Marca:
    """One place to be seen and, with `href`, to be followed. `tom` as in the seals."""

    ponto: Ponto
    nome: str
    href: str = ""
    tom: str = ""


@dataclass(frozen=True)
class Rotulo:
    """A word on the map; with `href` it leads somewhere, and `nome` says where."""

    ponto: Ponto
    texto: str
    classe: str
    nome: str = ""
    href: str = ""


@dataclass(frozen=True)
class Nuvem:
    """Many points in one path: a tenth of the weight of as many elements, for what need not be clicked."""

    classe: str
    d: str
    grossura: float


@dataclass(frozen=True)
class Mapa:
    """`fundo` is the address of a drawing of the same frame, under all the rest."""

    quadro: Quadro
    fundo: str = ""
    nuvens: Sequence[Nuvem] = ()
    rotulos: Sequence[Rotulo] = ()
    marcas: Sequence[Marca] = ()


def terra(quadro: Quadro, lugares: Iterable[Lugar]) -> list[Nuvem]:
    """The ground of a map: where the towns are, as dots over a halo that makes one surface of them."""
    pontos = {quadro.por(lugar) for lugar in lugares}
    d = nuvem(pontos)
    # As wide as the usual gap between neighbours, so that the halos touch.
    vao = math.sqrt(quadro.largura * quadro.altura / max(1, len(pontos)))
    return [Nuvem("mapa__halo", d, round(max(16.0, 1.5 * vao), 1)), Nuvem("mapa__grao", d, 3)]


def nuvem(pontos: Iterable[Ponto]) -> str:
    """The `d` of a path of dots: lines of no length, made visible by a round line cap. Equal points fall into one."""
    comandos, x, y = [], 0, 0
    for ponto in sorted(set(pontos), key=_em_zigue_zague):
        dx, dy = ponto.x - x, ponto.y - y
        comandos.append(f"m{dx}{'' if dy < 0 else ' '}{dy}h0")
        x, y = ponto
    return "".join(comandos)


def _em_zigue_zague(ponto: Ponto) -> tuple[int, int]:
    faixa = ponto.x // FAIXA
    return faixa, ponto.y if faixa % 2 else -ponto.y


def svg_da_nuvem(quadro: Quadro, pontos: Iterable[Ponto], *, halo: tuple[str, float], grao: tuple[str, float]) -> str:
    """A drawing of its own, to be a file: a dot (`grao`: colour, width) for each point, over a wider, lighter one."""
    camadas = "".join(f'<use href="#n" stroke="{cor}" stroke-width="{grossura}"/>' for cor, grossura in (halo, grao))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {quadro.largura} {quadro.altura}" fill="none"'
        f' stroke-linecap="round"><defs><path id="n" d="{nuvem(pontos)}"/></defs>{camadas}</svg>'
    )
