"""Who is served first, and why. Pure functions over plain values.

Source: Lei 10.048/2000, art. 1º (wording of Lei 14.626/2023): disability, autism, 60 or more, pregnant, nursing, child
in arms, obesity, reduced mobility, blood donors; donors come after all the others and prove a donation of at most 120
days. Lei 10.741/2003, art. 3º, § 2º (Lei 13.466/2017): 80 or more before the other elderly (conferir norma vigente).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from requerimentos.situacoes import Prioridade

CLASSE = {
    Prioridade.OITENTA: 0,
    Prioridade.SESSENTA: 1,
    Prioridade.DEFICIENCIA: 1,
    Prioridade.GESTANTE: 1,
    Prioridade.MOBILIDADE: 1,
    Prioridade.DOADOR: 2,
    Prioridade.NENHUMA: 3,
}
MOTIVO = {
    0: "Tem 80 anos ou mais: passa antes das outras prioridades.",
    1: "Tem prioridade por lei: passa antes de quem não tem.",
    2: "Doou sangue há até 120 dias: passa depois das outras prioridades.",
    3: "Sem prioridade: vale a ordem de chegada.",
}


# Only the birth date gives these, whatever was marked.
POR_IDADE = frozenset({Prioridade.OITENTA, Prioridade.SESSENTA})


def prioridade_por_idade(nascimento: date, hoje: date) -> Prioridade:
    """The class that the birth date alone gives; the clerk may add another one, never take this one away."""
    idade = hoje.year - nascimento.year - ((hoje.month, hoje.day) < (nascimento.month, nascimento.day))
    if idade >= 80:
        return Prioridade.OITENTA
    return Prioridade.SESSENTA if idade >= 60 else Prioridade.NENHUMA


def prioridade_final(declarada: Prioridade, nascimento: date, hoje: date) -> Prioridade:
    """The better of what the birth date gives and what the clerk marked."""
    pela_idade = prioridade_por_idade(nascimento, hoje)
    if declarada in POR_IDADE:
        return pela_idade
    return pela_idade if CLASSE[pela_idade] <= CLASSE[declarada] else declarada


class NaFila(Protocol):
    pk: int
    prioridade: str
    chegada_em: datetime


Espera = TypeVar("Espera", bound=NaFila)


@dataclass(frozen=True)
class Lugar:
    """A place in the queue (1 is next) and the reason for it, in words that may be shown to the person."""

    posicao: int
    motivo: str


def ordenar(esperas: Iterable[Espera]) -> list[tuple[Espera, Lugar]]:
    """The queue: by legal class, then by arrival, then by row: never two different answers for the same people."""
    em_ordem = sorted(esperas, key=lambda e: (CLASSE[Prioridade(e.prioridade)], e.chegada_em, e.pk))
    return [(e, Lugar(i, MOTIVO[CLASSE[Prioridade(e.prioridade)]])) for i, e in enumerate(em_ordem, start=1)]


def espera_em_segundos(chegada: datetime, inicio: datetime) -> int:
    """Whole seconds waited; a clock put back counts as no wait."""
    return max(int((inicio - chegada).total_seconds()), 0)


def letra_da_senha(prioridade: Prioridade) -> str:
    """P for whoever has a legal priority, N for the others: the ticket shows no more than that."""
    return "N" if prioridade == Prioridade.NENHUMA else "P"
