"""The map of the region: the units of the table, those with somebody who should have left marked."""

from __future__ import annotations

from collections.abc import Sequence

from django.templatetags.static import static
from django.urls import reverse

from act_portal.mapas import municipios, ufs
from act_portal.mapas.desenho import Mapa, Marca, Nuvem, Rotulo, nuvem
from act_portal.mapas.geometria import BRASIL, Lugar, Quadro
from cessao.ocupacao.consultas import NoMapa

# Over the whole country more points than this hide one another, and weigh more than the rest of the page.
MAIS_PONTOS = 120


def da_regiao(linhas: Sequence[NoMapa]) -> Mapa:
    """In one UF each unit may be followed to its cessions; over many, those with somebody who should have left."""
    siglas = {linha.uf for linha in linhas}
    if len(siglas) == 1:
        quadro, terra = municipios.fundo_da_uf(siglas.pop())
        return Mapa(quadro, nuvens=terra, marcas=_marcas(quadro, linhas))
    fundo, rotulos = static("img/mapa-brasil.svg"), [Rotulo(p, uf, "mapa__sigla") for uf, p in ufs.SIGLAS.items()]
    if len(linhas) <= MAIS_PONTOS:
        return Mapa(BRASIL, fundo, marcas=_marcas(BRASIL, linhas))
    atrasadas = [linha for linha in linhas if _atrasos(linha)]
    nuvens = [_nuvem("mapa__pontos", linhas)]
    if len(atrasadas) <= MAIS_PONTOS:
        return Mapa(BRASIL, fundo, nuvens=nuvens, rotulos=rotulos, marcas=_marcas(BRASIL, atrasadas))
    return Mapa(BRASIL, fundo, nuvens=[*nuvens, _nuvem("mapa__pontos mapa__pontos--suspenso", atrasadas)],
                rotulos=rotulos)  # fmt: skip


def _atrasos(linha: NoMapa) -> int:
    return linha.unidade.vencidos + linha.unidade.sem_termo


def _nuvem(classe: str, linhas: Sequence[NoMapa]) -> Nuvem:
    return Nuvem(classe, nuvem(BRASIL.por(_lugar(linha)) for linha in linhas), 5)


def _lugar(linha: NoMapa) -> Lugar:
    return Lugar(linha.latitude, linha.longitude)


def _marcas(quadro: Quadro, linhas: Sequence[NoMapa]) -> list[Marca]:
    inicio = reverse("cessao:cessoes")
    marcas = []
    for linha in linhas:
        unidade = linha.unidade
        detalhe = f"{unidade.nome} ({linha.cidade}/{linha.uf}): {unidade.ocupados} em uso, {unidade.livres} livres"
        if unidade.vencidos:
            detalhe += f", {unidade.vencidos} com prazo vencido"
        if unidade.sem_termo:
            detalhe += f", {unidade.sem_termo} sem termo"
        endereco = f"{inicio}?quais=todas&unidade={unidade.codigo}"
        marcas.append(Marca(quadro.por(_lugar(linha)), detalhe, endereco, "suspenso" if _atrasos(linha) else ""))
    return marcas
