"""How values look on paper. Data is stored bare (digits, ISO dates); these filters put the signs in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import template

register = template.Library()

MESES = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho",
    "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
DIAS = (
    "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo",
)  # fmt: skip


def _mascarar(valor: Any, mascara: str, tamanho: int) -> str:
    """`valor` inside `mascara` (# is one character); whatever has another length is shown as it came."""
    texto = str(valor or "")
    sinais = re.sub(r"[^0-9A-Za-z]", "", texto).upper()
    if len(sinais) != tamanho:
        return texto
    letras = iter(sinais)
    return "".join(next(letras) if c == "#" else c for c in mascara)


@register.filter
def cpf(valor: Any) -> str:
    return _mascarar(valor, "###.###.###-##", 11)


@register.filter
def cnpj(valor: Any) -> str:
    """Also the alphanumeric one: `12.ABC.345/01DE-35`."""
    return _mascarar(valor, "##.###.###/####-##", 14)


@register.filter
def nit(valor: Any) -> str:
    return _mascarar(valor, "###.#####.##-#", 11)


@register.filter
def cep(valor: Any) -> str:
    return _mascarar(valor, "#####-###", 8)


@register.filter
def telefone(valor: Any) -> str:
    digitos = re.sub(r"\D", "", str(valor or ""))
    mascara = {11: "(##) #####-####", 10: "(##) ####-####"}.get(len(digitos))
    return _mascarar(digitos, mascara, len(digitos)) if mascara else str(valor or "")


def _dia(valor: Any) -> date | None:
    if isinstance(valor, date):
        return valor
    try:
        return date.fromisoformat(str(valor)[:10])
    except ValueError:
        return None


@register.filter
def dia(valor: Any) -> str:
    """`"2026-11-23"` → `23/11/2026`; anything that is not a date passes unchanged."""
    data = _dia(valor) if valor else None
    return f"{data:%d/%m/%Y}" if data else str(valor or "")


@register.filter
def dia_extenso(valor: Any) -> str:
    """`"2026-11-01"` → `1º de novembro de 2026`."""
    data = _dia(valor) if valor else None
    if data is None:
        return str(valor or "")
    return f"{'1º' if data.day == 1 else data.day} de {MESES[data.month - 1]} de {data.year}"


@register.filter
def dia_da_semana(valor: Any) -> str:
    """A deadline as the person must read it: `segunda-feira, 23 de novembro de 2026`."""
    data = _dia(valor) if valor else None
    return f"{DIAS[data.weekday()]}, {dia_extenso(data)}" if data else str(valor or "")


@register.inclusion_tag("papeis/_sn.html")
def sn(resposta: bool | None) -> dict[str, bool]:
    """Yes/no boxes with the given answer marked; both empty for None, because nobody answers for the person."""
    return {"sim": resposta is True, "nao": resposta is False}


@register.inclusion_tag("papeis/_caixa.html")
def caixa(marcada: bool) -> dict[str, bool]:
    """One box, marked or not, readable in black and white and by a screen reader."""
    return {"marcada": bool(marcada)}
