"""The map of the public catalogue. What is on it is also in the list beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.templatetags.static import static
from django.urls import reverse

from act_portal.mapas import municipios, ufs
from act_portal.mapas.desenho import Mapa, Marca, Nuvem, Rotulo, nuvem
from act_portal.mapas.geometria import BRASIL, Quadro
from act_portal.territorio.ufs import UFS
from cessao.publico.consultas import Busca, NoMapa

# Over the whole country more points than this hide one another: the UF is what can be followed.
MAIS_PONTOS = 120


def desenhar(busca: Busca, lugares: Sequence[NoMapa]) -> Mapa:
    do_lugar = {lugar.uf for lugar in lugares}
    uf = busca.uf or (do_lugar.pop() if len(do_lugar) == 1 else "")
    if uf:
        quadro, terra = municipios.fundo_da_uf(uf)
        return Mapa(quadro, nuvens=terra, marcas=_marcas(quadro, lugares))
    fundo = static("img/mapa-brasil.svg")
    if len(lugares) <= MAIS_PONTOS:
        return Mapa(BRASIL, fundo, rotulos=_siglas(lugares), marcas=_marcas(BRASIL, lugares))
    pontos = Nuvem("mapa__pontos", nuvem(BRASIL.por(lugar.lugar) for lugar in lugares), 5)
    return Mapa(BRASIL, fundo, nuvens=[pontos], rotulos=_siglas(lugares))


def _marcas(quadro: Quadro, lugares: Sequence[NoMapa]) -> list[Marca]:
    inicio = reverse("cessao:inicio")
    return [
        Marca(quadro.por(x.lugar), f"{x}: {x.quantos}", f"{inicio}?q={x.nome}/{x.uf}#lista") for x in lugares
    ]  # fmt: skip


def _siglas(lugares: Sequence[NoMapa]) -> list[Rotulo]:
    contagem: Counter[str] = Counter()
    for lugar in lugares:
        contagem[lugar.uf] += lugar.quantos
    inicio = reverse("cessao:inicio")
    return [
        Rotulo(ponto, uf, "mapa__sigla", f"{UFS[uf]}: {contagem[uf]}", f"{inicio}?uf={uf}#lista")
        if contagem[uf]
        else Rotulo(ponto, uf, "mapa__sigla mapa__sigla--vazia")
        for uf, ponto in ufs.SIGLAS.items()
    ]
