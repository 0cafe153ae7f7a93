"""Reads for dashboards and for the monitoring of agreements: one query each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from act_portal.contagens.models import ContagemDiaria
from act_portal.territorio.models import Municipio


@dataclass(frozen=True)
class Ponto:
    """One day, or the first of one month."""

    dia: date
    quantidade: int
    soma: int

    @property
    def media(self) -> float | None:
        return self.soma / self.quantidade if self.quantidade else None


@dataclass(frozen=True)
class Total:
    quantidade: int
    soma: int

    @property
    def media(self) -> float | None:
        """The mean of the measure (seconds of wait, for instance); None when nothing happened."""
        return self.soma / self.quantidade if self.quantidade else None


# None: the whole country, without asking of each row whose it is.
Municipios = Iterable[Municipio] | Iterable[str] | QuerySet[Municipio] | None


def _linhas(
    fato: str, municipios: Municipios, inicio: date, fim: date, balcao_id: int | None, chave: str | None
) -> QuerySet[ContagemDiaria]:
    linhas = ContagemDiaria.objects.filter(fato=fato, dia__range=(inicio, fim)).order_by()
    if municipios is not None:
        linhas = linhas.filter(municipio__in=municipios)
    if balcao_id is not None:
        linhas = linhas.filter(balcao=balcao_id)
    return linhas if chave is None else linhas.filter(chave=chave)


def serie(
    fato: str,
    *,
    municipios: Municipios,
    inicio: date,
    fim: date,
    balcao_id: int | None = None,
    chave: str | None = None,
    por_mes: bool = False,
) -> list[Ponto]:
    """The days (or months) from `inicio` to `fim`, both included, on which `fato` happened, in order.

    `municipios`: what the reader may see, `Municipio.objects.visiveis_para(usuario)`; None only for who sees the whole
    country. `chave=None` adds all keys up.
    """
    linhas = _linhas(fato, municipios, inicio, fim, balcao_id, chave)
    # Months are added up here: days are few, and cutting a date in SQL costs a call for each row on SQLite.
    somas: dict[date, tuple[int, int]] = {}
    dias = linhas.values_list("dia").annotate(q=Sum("quantidade"), s=Sum("soma")).order_by("dia")
    for dia, quantidade, soma in dias:
        ponto = dia.replace(day=1) if por_mes else dia
        antes = somas.get(ponto, (0, 0))
        somas[ponto] = (antes[0] + quantidade, antes[1] + soma)
    return [Ponto(ponto, q, s) for ponto, (q, s) in somas.items() if q or s]


def total(
    fato: str,
    *,
    municipios: Municipios,
    inicio: date,
    fim: date,
    balcao_id: int | None = None,
    chave: str | None = None,
) -> Total:
    somas = _linhas(fato, municipios, inicio, fim, balcao_id, chave).aggregate(q=Sum("quantidade"), s=Sum("soma"))
    return Total(somas["q"] or 0, somas["s"] or 0)


def por_chave(
    fato: str, *, municipios: Municipios, inicio: date, fim: date, balcao_id: int | None = None
) -> dict[str, Total]:
    """Each key's total, the largest first: requests by service, exigências by cause."""
    linhas = _linhas(fato, municipios, inicio, fim, balcao_id, None)
    somas = linhas.values("chave").annotate(q=Sum("quantidade"), s=Sum("soma")).order_by("-q", "chave")
    return {linha["chave"]: Total(linha["q"], linha["s"]) for linha in somas if linha["q"] or linha["s"]}


def por_municipio(fato: str, *, municipios: Municipios, inicio: date, fim: date) -> dict[str, Total]:
    """Each município's total, by IBGE code."""
    linhas = _linhas(fato, municipios, inicio, fim, None, None)
    somas = linhas.values("municipio_id").annotate(q=Sum("quantidade"), s=Sum("soma")).order_by("-q", "municipio_id")
    return {linha["municipio_id"]: Total(linha["q"], linha["s"]) for linha in somas if linha["q"] or linha["s"]}
