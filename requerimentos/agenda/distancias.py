"""How far a unit of INSS is from where the person lives: between towns, in a straight line."""

from __future__ import annotations

from collections.abc import Iterable

from act_portal.mapas.geometria import Lugar, distancia_km
from act_portal.territorio.models import Municipio
from requerimentos.models import Requerimento


def da_pessoa(requerimento: Requerimento, codigos: Iterable[str]) -> dict[str, int]:
    """Whole kilometres from the person's town to each of these (IBGE codes); one unknown is left out."""
    casa = requerimento.pessoa.cidade or requerimento.municipio
    daqui = Lugar(casa.latitude, casa.longitude)
    cidades = Municipio.objects.in_bulk([codigo for codigo in codigos if codigo])
    return {
        codigo: round(distancia_km(daqui, Lugar(cidade.latitude, cidade.longitude)))
        for codigo, cidade in cidades.items()
    }
