"""The part of a list that a number of a dashboard counted: town, desk, days and fact, as they stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from act_portal.territorio.models import Balcao, Municipio

if TYPE_CHECKING:
    from django.http import QueryDict

L = TypeVar("L", bound=QuerySet)
# The names in the address, which the forms of the lists carry along.
CAMPOS = ("municipio", "balcao", "de", "ate")


@dataclass(frozen=True)
class Recorte:
    """Empty: no limit. What the address says wrongly limits nothing."""

    municipio: Municipio | None = None
    balcao: Balcao | None = None
    de: date | None = None
    ate: date | None = None

    @classmethod
    def do_endereco(cls, dados: QueryDict) -> Self:
        codigo, balcao = dados.get("municipio", ""), dados.get("balcao", "")
        municipio = Municipio.objects.filter(pk=codigo).first() if codigo.isdecimal() and len(codigo) == 7 else None
        achado = None
        if municipio and balcao.isdecimal() and len(balcao) < 10:
            achado = Balcao.objects.filter(pk=balcao, municipio=municipio).first()
        return cls(municipio, achado, _dia(dados.get("de", "")), _dia(dados.get("ate", "")))

    def __bool__(self) -> bool:
        return bool(self.municipio or self.de or self.ate)

    def __str__(self) -> str:
        periodo = ""
        if self.de and self.ate:
            periodo = f"de {self.de:%d/%m/%Y} a {self.ate:%d/%m/%Y}"
        elif self.de or self.ate:
            periodo = f"desde {self.de:%d/%m/%Y}" if self.de else f"até {self.ate:%d/%m/%Y}"
        return " · ".join(filter(None, [periodo, str(self.municipio or ""), str(self.balcao or "")]))

    def do_lugar(self, linhas: L, caso: str = "") -> L:
        """`caso`: the path to the request, with its final `__`."""
        if self.municipio:
            linhas = linhas.filter(**{f"{caso}municipio": self.municipio})
        return linhas.filter(**{f"{caso}balcao": self.balcao}) if self.balcao else linhas

    def dos_dias(self, linhas: L, momento: str, caso: str = "") -> L:
        """Those whose `momento` falls on the days, each town by its own clock, as the daily counts were made."""
        if not (self.de or self.ate):
            return linhas
        if self.municipio:
            return linhas.filter(**self._limites(momento, self.municipio.fuso))
        fusos = Municipio.objects.order_by().values_list("fuso_horario", flat=True).distinct()
        juntos = Q(pk__in=[])
        for fuso in fusos:
            juntos |= Q(**{f"{caso}municipio__fuso_horario": fuso}, **self._limites(momento, ZoneInfo(fuso)))
        return linhas.filter(juntos)

    def _limites(self, momento: str, fuso: ZoneInfo) -> dict[str, Any]:
        limites = {}
        if self.de:
            limites[f"{momento}__gte"] = datetime.combine(self.de, time(), fuso)
        if self.ate:
            limites[f"{momento}__lt"] = datetime.combine(self.ate + timedelta(days=1), time(), fuso)
        return limites


def _dia(texto: str) -> date | None:
    try:
        dia = date.fromisoformat(texto)
    except ValueError:
        return None
    # Nothing of the desk is older or later, and the ends of the calendar overflow.
    return dia if 2000 <= dia.year <= 2100 else None
