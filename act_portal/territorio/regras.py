"""Holidays and deadline arithmetic, pure: dates in, dates out. The legal numbers come from `prazos`.

Counting follows Portaria DIRBEN/INSS 993/2022, arts. 75-76 (conferir norma vigente): calendar days, the first day is
skipped, the last is included, and a term that would end on a non-working day ends on the next working day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from act_portal.territorio.prazos import Parametro, parametro, regras_de_feriado

UM_DIA = timedelta(days=1)
SABADO = 5


def pascoa(ano: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of 1876)."""
    a, b, c = ano % 19, ano // 100, ano % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    mes, dia = divmod(h + m - 7 * n + 114, 31)
    return date(ano, mes, dia + 1)


@cache
def _nacionais(ano: int, pontos_facultativos: bool) -> Mapping[date, str]:
    dias: dict[date, str] = {}
    for regra in regras_de_feriado():
        if ano < regra.desde or (regra.facultativo and not pontos_facultativos):
            continue
        if regra.dia:
            dia, mes = map(int, regra.dia.split("/"))
            data = date(ano, mes, dia)
        else:
            data = pascoa(ano) + timedelta(days=regra.pascoa)
        dias.setdefault(data, regra.nome)
    return MappingProxyType(dias)


def feriados_nacionais(ano: int, *, pontos_facultativos: bool = False) -> dict[date, str]:
    """The national holidays of `ano` by law; with `pontos_facultativos`, Carnival and Corpus Christi as well."""
    return dict(sorted(_nacionais(ano, pontos_facultativos).items()))


@dataclass(frozen=True)
class Calendario:
    """Which days are worked in one place: weekends, national holidays by rule and the local ones given."""

    locais: Mapping[date, str] = field(default_factory=dict)
    pontos_facultativos: bool = False

    def feriado(self, dia: date) -> str:
        """The name of the holiday on `dia`, or an empty text."""
        return _nacionais(dia.year, self.pontos_facultativos).get(dia) or self.locais.get(dia, "")

    def dia_util(self, dia: date) -> bool:
        return dia.weekday() < SABADO and not self.feriado(dia)

    def proximo_dia_util(self, dia: date) -> date:
        """`dia` itself when it is worked, else the first worked day after it."""
        while not self.dia_util(dia):
            dia += UM_DIA
        return dia

    def somar_dias_uteis(self, dia: date, quantos: int) -> date:
        """The `quantos`-th working day after `dia` (0: the first working day from `dia` on)."""
        if quantos < 0:
            raise ValueError("somar_dias_uteis() conta só para a frente.")
        if quantos == 0:
            return self.proximo_dia_util(dia)
        for _ in range(quantos):
            dia = self.proximo_dia_util(dia + UM_DIA)
        return dia

    def prazo_em_dias(self, inicio: date, dias: int) -> date:
        """The last day of a term of `dias` calendar days known on `inicio`; always a working day."""
        if dias < 0:
            raise ValueError("Um prazo não anda para trás.")
        return self.proximo_dia_util(inicio + timedelta(days=dias))


class Canal(StrEnum):
    """How the notice reached the person."""

    ELETRONICO = "eletronico"
    PRESENCIAL = "presencial"


@dataclass(frozen=True, kw_only=True)
class PrazoExigencia:
    """`ciencia`: the day it counts as known; `fim`: the last day to answer; `base`: the norm, as it is shown."""

    ciencia: date
    presumida: bool
    fim: date
    base: str


@dataclass(frozen=True, kw_only=True)
class PrazoRecurso:
    """`fim` counts from the day the decision was known; `alerta` is the earliest day that any reading gives."""

    ciencia: date
    presumida: bool
    fim: date
    alerta: date
    base: str


def ciencia_presumida(emissao: date, dias: int | None = None) -> date:
    """The day on which a notice sent by electronic means counts as known (art. 76)."""
    return emissao + timedelta(days=parametro("ciencia_presumida_dias", emissao).valor if dias is None else dias)


def _ciencia(emissao: date, canal: Canal, conhecida_em: date | None) -> tuple[date, bool]:
    """When it was known, and whether that is only presumed. A known day never comes after the presumed one."""
    if canal == Canal.PRESENCIAL:
        return max(conhecida_em or emissao, emissao), False
    presumida = ciencia_presumida(emissao)
    if conhecida_em is not None and emissao <= conhecida_em < presumida:
        return conhecida_em, False
    return presumida, True


def _base(*parametros: Parametro) -> str:
    return "; ".join(dict.fromkeys(p.base for p in parametros))


def prazo_exigencia(
    emissao: date,
    canal: Canal | str = Canal.ELETRONICO,
    *,
    calendario: Calendario,
    conhecida_em: date | None = None,
    prorrogada: bool = False,
) -> PrazoExigencia:
    """Until when an exigência issued on `emissao` may be answered.

    The extension is added to the first term without a new start: of the two readings, the one that never ends later.
    """
    ciencia, presumida = _ciencia(emissao, Canal(canal), conhecida_em)
    usados = [parametro("exigencia_dias", emissao)]
    if prorrogada:
        usados.append(parametro("exigencia_prorrogacao_dias", emissao))
    fim = calendario.prazo_em_dias(ciencia, sum(p.valor for p in usados))
    if presumida:
        usados.append(parametro("ciencia_presumida_dias", emissao))
    return PrazoExigencia(ciencia=ciencia, presumida=presumida, fim=fim, base=_base(*usados))


def prazo_recurso(
    decisao: date,
    canal: Canal | str = Canal.ELETRONICO,
    *,
    calendario: Calendario,
    conhecida_em: date | None = None,
) -> PrazoRecurso:
    """Until when a decision of `decisao` may be appealed.

    Norms differ on the first day (knowledge, or the decision itself for some benefits): `alerta` takes the earlier.
    """
    ciencia, presumida = _ciencia(decisao, Canal(canal), conhecida_em)
    dias = parametro("recurso_dias", decisao)
    usados = [dias, parametro("ciencia_presumida_dias", decisao)] if presumida else [dias]
    return PrazoRecurso(
        ciencia=ciencia,
        presumida=presumida,
        fim=calendario.prazo_em_dias(ciencia, dias.valor),
        alerta=calendario.prazo_em_dias(decisao, dias.valor),
        base=_base(*usados),
    )


def somar_meses(dia: date, meses: int) -> date:
    """The same day `meses` later, or the last one of a shorter month."""
    anos, mes = divmod(dia.month - 1 + meses, 12)
    ano, mes = dia.year + anos, mes + 1
    return date(ano, mes, min(dia.day, monthrange(ano, mes)[1]))
