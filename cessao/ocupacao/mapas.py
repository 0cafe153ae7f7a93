"""The map of the region: towns with property, those with an overstay marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.templatetags.static import static
from django.urls import reverse

from act_portal.mapas import municipios
from act_portal.mapas.desenho import Mapa, Marca
from act_portal.mapas.geometria import BRASIL, Lugar


def da_regiao(linhas: Sequence[Any]) -> Mapa:
    ufs = {linha["municipio__uf"] for linha in linhas}
    uf = ufs.pop() if len(ufs) == 1 else ""
    quadro, terra = municipios.fundo_da_uf(uf) if uf else (BRASIL, [])
    inicio = reverse("cessao:cessoes")
    marcas = []
    for linha in linhas:
        nome = f"{linha['municipio__nome']}/{linha['municipio__uf']}"
        detalhe = f"{nome}: {linha['tomados']} de {linha['quantos']} em uso"
        if linha["vencidos"]:
            detalhe += f", {linha['vencidos']} vencido(s)"
        lugar = Lugar(linha["municipio__latitude"], linha["municipio__longitude"])
        endereco = f"{inicio}?quais=todas&busca={linha['municipio__nome']}"
        marcas.append(Marca(quadro.por(lugar), detalhe, endereco, "suspenso" if linha["vencidos"] else ""))
    return Mapa(quadro, "" if uf else static("img/mapa-brasil.svg"), nuvens=terra, marcas=marcas)
