"""A map as values, and its drawing (`{% mapa %}` in a template)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from act_portal.mapas.geometria import Lugar, Ponto, Quadro

ABERTURA = '<svg class="mapa__desenho" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
FUNDO = '<image href="{}" width="{}" height="{}"/>'
NUVEM = '<path class="{}" stroke-width="{}" d="{}"/>'
TEXTO = '<text class="{}" x="{}" y="{}">{}</text>'
# Out of the keyboard's way: the list has the same links.
ELO = '<a class="{}" href="{}" tabindex="-1"><title>{}</title>{}</a>'
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


def svg_do_mapa(mapa: Mapa) -> SafeString:
    """The drawing inside a page. Only for eyes and mouse: whoever uses it puts the same places beside it as a list.

    Written here and not in a template, which takes ten times as long for some hundreds of points.
    """
    quadro = mapa.quadro
    partes = [format_html(ABERTURA, quadro.largura, quadro.altura)]
    if mapa.fundo:
        partes.append(format_html(FUNDO, mapa.fundo, quadro.largura, quadro.altura))
    partes += [format_html(NUVEM, n.classe, n.grossura, n.d) for n in mapa.nuvens]
    partes += map(_rotulo, mapa.rotulos)
    partes += map(_marca, mapa.marcas)
    return mark_safe("".join([*partes, "</svg>"]))  # every part was escaped


def _rotulo(rotulo: Rotulo) -> SafeString:
    texto = format_html(TEXTO, rotulo.classe, *rotulo.ponto, rotulo.texto)
    return format_html(ELO, "", rotulo.href, rotulo.nome, texto) if rotulo.href else texto


def _marca(marca: Marca) -> SafeString:
    if marca.href:
        circulo = format_html('<circle cx="{}" cy="{}" r="7"/>', *marca.ponto)
        return format_html(ELO, _classe("mapa__marca", marca.tom), marca.href, marca.nome, circulo)
    return format_html('<circle class="{}" cx="{}" cy="{}" r="9"/>', _classe("mapa__daqui", marca.tom), *marca.ponto)


def _classe(nome: str, tom: str) -> str:
    return f"{nome} {nome}--{tom}" if tom else nome


def svg_da_nuvem(quadro: Quadro, pontos: Iterable[Ponto], *, halo: tuple[str, float], grao: tuple[str, float]) -> str:
    """A drawing of its own, to be a file: a dot (`grao`: colour, width) for each point, over a wider, lighter one."""
    camadas = "".join(f'<use href="#n" stroke="{cor}" stroke-width="{grossura}"/>' for cor, grossura in (halo, grao))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {quadro.largura} {quadro.altura}" fill="none"'
        f' stroke-linecap="round"><defs><path id="n" d="{nuvem(pontos)}"/></defs>{camadas}</svg>'
    )
