"""Pages put together from pieces that are drawn once: header, menu and footer are the same for everybody who looks up.

They are drawn without the visitor's request, so nothing of a session can get into them. What differs from one person
to the next is a gap, filled at the end; what many share (a desk, a situation) is part of the piece.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

PASTA = "requerimentos/consulta"
# Stands in the template where a piece goes; no text that people type or read has it.
LACUNA = "\x1f"


def montar(modelo: str, *recheios: str, **contexto: Hashable) -> SafeString:
    """`modelo` drawn with `contexto`, its gaps filled in order; what is not safe already is escaped."""
    pedacos = _pedacos(modelo, tuple(contexto.items()))
    if len(pedacos) != len(recheios) + 1:
        raise ValueError(f"{modelo}: {len(pedacos) - 1} lacunas, {len(recheios)} recheios.")
    partes = [pedacos[0]]
    for recheio, pedaco in zip(recheios, pedacos[1:], strict=True):
        partes += [conditional_escape(recheio), pedaco]
    return mark_safe("".join(partes))  # The engine escaped the pieces, and the loop above the gaps.


@lru_cache(maxsize=2048)
def _pedacos(modelo: str, contexto: tuple[tuple[str, Hashable], ...]) -> list[str]:
    request = None
    if not modelo.startswith("_"):
        request = HttpRequest()
        request.path = reverse("consulta:inicio")
    return render_to_string(f"{PASTA}/{modelo}", {**dict(contexto), "lacuna": LACUNA}, request=request).split(LACUNA)
