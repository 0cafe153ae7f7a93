"""Reads of the territory shaped for those who count days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from act_portal.territorio.models import Feriado, Municipio
from act_portal.territorio.regras import Calendario


def hoje_em(municipio: Municipio) -> date:
    """Today on the municipality's own clock: Acre and Fernando de Noronha are not Brasília."""
    return localdate(timezone=municipio.fuso)


def calendario_de(municipio: Municipio, anos: Iterable[int] = (), *, pontos_facultativos: bool = False) -> Calendario:
    """The working days of `municipio`, with its own and its state's holidays of `anos`, in one query.

    Without `anos`: last year to two years ahead, enough for any term that is running now.
    """
    escolhidos = set(anos) or set(range(hoje_em(municipio).year - 1, hoje_em(municipio).year + 3))
    linhas = Feriado.objects.filter(
        Q(municipio=municipio) | Q(uf=municipio.uf, municipio__isnull=True),
        data__range=(date(min(escolhidos), 1, 1), date(max(escolhidos), 12, 31)),
    )
    locais = {data: nome for data, nome in linhas.values_list("data", "nome") if data.year in escolhidos}
    return Calendario(locais=locais, pontos_facultativos=pontos_facultativos)
