"""Ages and contribution time, pure.

Contribution time is a number of days in months of 30 and years of 360, so that years, months and days of an extract add
up. EC 103/2019, art. 15, § 2º has points counted in days; how INSS rounds was not read: what is summed here guides the
desk and decides nothing (conferir norma vigente).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from datetime import date, timedelta

MES = 30
ANO = 12 * MES


def data_da_idade(nascimento: date, anos: int, meses: int = 0) -> date:
    """The day on which somebody completes the age. Born on a day that the month lacks: the first of the next month."""
    total = nascimento.year * 12 + nascimento.month - 1 + anos * 12 + meses
    ano, mes = divmod(total, 12)
    try:
        return date(ano, mes + 1, nascimento.day)
    except ValueError:
        return date(ano + (mes + 1) // 12, (mes + 1) % 12 + 1, 1)


def idade(nascimento: date, hoje: date) -> int:
    """Whole years of age on `hoje` (never below zero)."""
    anos = hoje.year - nascimento.year
    return max(anos - (hoje < data_da_idade(nascimento, anos)), 0)


def em_dias(anos: int, meses: int = 0, dias: int = 0) -> int:
    return anos * ANO + meses * MES + dias


def por_extenso(total: int) -> str:
    """`10652` → "29 anos, 7 meses e 2 dias", which `ler` takes back."""
    anos, resto = divmod(total, ANO)
    meses, dias = divmod(resto, MES)
    partes = [
        f"{numero} {um if numero == 1 else varios}"
        for numero, um, varios in ((anos, "ano", "anos"), (meses, "mês", "meses"), (dias, "dia", "dias"))
        if numero
    ]
    return " e ".join(filter(None, [", ".join(partes[:-1]), *partes[-1:]])) or "0 dias"


def ler(texto: str) -> int:
    """What people type: "29 anos 7 meses 2 dias", "29a 7m", "29" (years). ValueError for anything else."""
    limpo = texto.strip().lower()
    if limpo.isdecimal():
        return em_dias(int(limpo))
    achado = re.fullmatch(
        r"(?:(\d{1,2})\s*a(?:nos?)?)?[\s,e]*(?:(\d{1,3})\s*m(?:[eê]s(?:es)?)?)?[\s,e]*(?:(\d{1,4})\s*d(?:ias?)?)?",
        limpo,
    )
    if not achado or not any(achado.groups()):
        raise ValueError("Escreva anos, meses e dias, como em: 29 anos 7 meses 2 dias.")
    return em_dias(*(int(parte or 0) for parte in achado.groups()))


def decorrido(de: date, ate: date) -> int:
    """The time between two days in the same unit: whole months, then the days left (0 when `ate` is before)."""
    if ate <= de:
        return 0
    meses = (ate.year - de.year) * 12 + ate.month - de.month
    if data_da_idade(de, 0, meses) > ate:
        meses -= 1
    # A month of 31 days does not become two.
    return meses * MES + min((ate - data_da_idade(de, 0, meses)).days, MES - 1)


def com_pedagio(exigido: int, na_reforma: int, percentual: int) -> int:
    """The whole time asked: `exigido` and `percentual` % of what was missing, part of a day counted as a day."""
    faltava = max(exigido - na_reforma, 0)
    return exigido + -(-faltava * percentual // 100)


def primeiro_dia(cumpre: Callable[[date], bool], de: date, ate: date) -> date | None:
    """The first day from `de` to `ate` on which `cumpre` holds; once it holds, it must go on holding."""
    dias = range((ate - de).days + 1)
    achado = bisect_left(dias, True, key=lambda n: cumpre(de + timedelta(days=n)))
    return de + timedelta(days=achado) if achado < len(dias) else None
