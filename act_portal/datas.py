"""Days that people type, held between what is possible and what is sensible. Pure: the days are arguments."""

from __future__ import annotations

from datetime import date

from act_portal.erros import ErroDeDominio


def problema_do_dia(nome: str, dia: date | None, *, de: date | None = None, ate: date | None = None) -> str:
    """What is wrong with a day outside `de`..`ate`, both included, in one sentence that begins with `nome`; else ""."""
    if dia is None or ((de is None or de <= dia) and (ate is None or dia <= ate)):
        return ""
    if de and ate:
        limite = f"fica entre {de:%d/%m/%Y} e {ate:%d/%m/%Y}"
    else:
        limite = f"não vem antes de {de:%d/%m/%Y}" if de else f"não passa de {ate:%d/%m/%Y}"
    return f"{nome} {limite}. Confira o dia, o mês e o ano."


def exigir_dia(nome: str, dia: date | None, *, de: date | None = None, ate: date | None = None) -> None:
    """Raises ErroDeDominio with the sentence of `problema_do_dia`."""
    if frase := problema_do_dia(nome, dia, de=de, ate=ate):
        raise ErroDeDominio(frase)
