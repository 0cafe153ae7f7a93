"""The map of the region: towns with property, those with an overstay marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.templatetags.static import static
from django.urls import reverse

from act_portal.mapas import municipios, ufs
from act_portal.mapas.desenho import Mapa, Marca, Nuvem, Rotulo, nuvem
from act_portal.mapas.geometria import BRASIL, Lugar, Quadro

# Over the whole country more points than this hide one another, and weigh more than the rest of the page.
MAIS_PONTOS = 120
Linha = dict[str, Any]


def da_regiao(linhas: Sequence[Linha]) -> Mapa:
    """In one UF each town may be followed to its cessions; over many, its overstays."""
    siglas = {linha["municipio__uf"] for linha in linhas}
    if len(siglas) == 1:
        quadro, terra = municipios.fundo_da_uf(siglas.pop())
        return Mapa(quadro, nuvens=terra, marcas=_marcas(quadro, linhas))
    fundo, rotulos = static("img/mapa-brasil.svg"), [Rotulo(p, uf, "mapa__sigla") for uf, p in ufs.SIGLAS.items()]
    if len(linhas) <= MAIS_PONTOS:
        return Mapa(BRASIL, fundo, marcas=_marcas(BRASIL, linhas))
    vencidos = [linha for linha in linhas if linha["vencidos"]]
    nuvens = [_nuvem("mapa__pontos", linhas)]
    if len(vencidos) <= MAIS_PONTOS:
        return Mapa(BRASIL, fundo, nuvens=nuvens, rotulos=rotulos, marcas=_marcas(BRASIL, vencidos))
    return Mapa(BRASIL, fundo, nuvens=[*nuvens, _nuvem("mapa__pontos mapa__pontos--suspenso", vencidos)],
                rotulos=rotulos)  # fmt: skip


def _nuvem(classe: str, linhas: Sequence[Linha]) -> Nuvem:
    return Nuvem(classe, nuvem(BRASIL.por(_lugar(linha)) for linha in linhas), 5)


def _lugar(linha: Linha) -> Lugar:
    return Lugar(linha["municipio__latitude"], linha["municipio__longitude"])


def _marcas(quadro: Quadro, linhas: Sequence[Linha]) -> list[Marca]:
    inicio = reverse("cessao:cessoes")
    marcas = []
    for linha in linhas:
        detalhe = (
            f"{linha['municipio__nome']}/{linha['municipio__uf']}: {linha['tomados']} de {linha['quantos']} em uso"
        )
        if linha["vencidos"]:
            detalhe += f", {linha['vencidos']} com prazo vencido"
        endereco = f"{inicio}?quais=todas&busca={linha['municipio__nome']}"
        marcas.append(Marca(quadro.por(_lugar(linha)), detalhe, endereco, "suspenso" if linha["vencidos"] else ""))
    return marcas
