"""Tags of the adhesion's pages."""

from __future__ import annotations

from django import template

from adesao.models import Processo

register = template.Library()


@register.simple_tag
def motivo_do_item(processo: Processo, codigo: str) -> str:
    """The words of a coded reason, as the checklist of the process has them."""
    return processo.checklist.checklist.motivos.get(codigo, codigo)
