"""How values look on paper, where dates come as ISO text. Masks (cpf, cnpj, ...) are the portal's own filters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from act_portal.telas import formatos

register = template.Library()
register.filter(formatos.no_meio_da_frase)


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
    return dia_da_semana(valor).split(", ", 1)[-1]


@register.filter
def dia_da_semana(valor: Any) -> str:
    """A deadline as the person must read it: `segunda-feira, 23 de novembro de 2026`."""
    data = _dia(valor) if valor else None
    return formatos.data_longa(data) if data else str(valor or "")


# Shorter words fit in any column.
MENOR_QUE_QUEBRA, MAIOR_PALAVRA_INTEIRA = 8, 24


@register.filter
def palavras_inteiras(valor: Any) -> SafeString:
    """Words that a narrow column must not break, unless one alone would be wider than any column."""
    return format_html_join(" ", "{}", ((_inteira(palavra),) for palavra in str(valor or "").split(" ")))


def _inteira(palavra: str) -> str:
    if MENOR_QUE_QUEBRA <= len(palavra) <= MAIOR_PALAVRA_INTEIRA:
        return format_html('<span class="semquebra">{}</span>', palavra)
    return palavra


REPRESENTANTES = {"pai_mae", "tutor", "curador", "guardiao", "adm_provisorio", "dirigente"}


@register.filter
def representa(quem_assina: str) -> bool:
    """Does a legal representative sign (and not the person, somebody a rogo, or a procurador)?"""
    return quem_assina in REPRESENTANTES


@register.filter
def em_linhas(fotos: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Photos two by two, as the paper has them; one marked `antes` begins a row, beside the one that repeats it."""
    linhas: list[list[dict[str, Any]]] = []
    for foto in fotos:
        if not linhas or len(linhas[-1]) == 2 or foto.get("antes"):
            linhas.append([])
        linhas[-1].append(foto)
    return linhas


@register.simple_tag
def caixa(valor: Any, igual_a: Any = True) -> str:
    """One box, marked when `valor` is `igual_a`; told by its form, so it survives black and white."""
    return "☒" if valor == igual_a and valor is not None else "☐"


@register.simple_tag
def sim_nao(resposta: str) -> SafeString:
    """`sn` for an answer kept as "sim" or "nao"."""
    return sn({"sim": True, "nao": False}.get(resposta))


@register.simple_tag
def sn(resposta: bool | None) -> SafeString:
    """Yes/no boxes with the given answer marked; both empty for None, because nobody answers for the person."""
    return format_html('<span class="sn">{} sim {} não</span>', caixa(resposta), caixa(resposta, False))
