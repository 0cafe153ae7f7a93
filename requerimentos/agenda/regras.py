"""May this date be changed, what may still be booked, which reminder is due. Pure functions over plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from requerimentos.agenda.normas import Remarcacao

MARCADO, FALTOU, CUMPRIDO = "AGENDADO", "FALTOU", "CUMPRIDO"
VAGA_PERDIDA = frozenset({"vaga_tomada", "vaga_desconhecida"})


def por_que_nao_remarcar(*, situacao: str, dia: date, hoje: date, remarcacoes: int, regra: Remarcacao) -> str:
    """Why this date may not be changed, as a sentence; empty when it may.

    `dia`: the day of the appointment; `remarcacoes`: how often a date of this kind was already changed at the person's
    wish.
    """
    if situacao not in {MARCADO, FALTOU}:
        return "Esta data não vale mais."
    if remarcacoes >= regra.vezes:
        vezes = "uma vez" if regra.vezes == 1 else f"{regra.vezes} vezes"
        return f"Já foi remarcada {vezes}, que é o que a regra permite ({regra.base})."
    ultimo = ultimo_dia(dia, regra)
    if hoje > ultimo:
        return f"O prazo para remarcar acabou em {ultimo:%d/%m/%Y} ({regra.base})."
    return ""


def ultimo_dia(dia: date, regra: Remarcacao) -> date:
    """The last day on which a change of the date `dia` may be asked for."""
    return dia + timedelta(days=regra.dias_depois)


def a_marcar(tipos: Iterable[str], situacoes: Iterable[tuple[str, str]]) -> list[str]:
    """Of the kinds that the service needs, those without a date that stands, was missed or was kept.

    `situacoes`: (kind, situation) of every appointment. One missed is rescheduled, not booked anew.
    """
    resolvidos = {tipo for tipo, situacao in situacoes if situacao in {MARCADO, FALTOU, CUMPRIDO}}
    return [tipo for tipo in tipos if tipo not in resolvidos]


def lembrete_devido(faltam: int, marcos: Collection[int]) -> int | None:
    """Which reminder is due with `faltam` days left: with 5 left and marks 7 and 2, still that of 7.

    None: too early, or over.
    """
    return min((m for m in marcos if m >= faltam), default=None) if faltam >= 0 else None
