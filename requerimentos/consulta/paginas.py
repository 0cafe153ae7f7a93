"""Pages whose frame is drawn once in a process: header, menu and footer are the same for everybody who looks up.

The frame is drawn without the visitor's request, so nothing of a session can get into it.
"""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape

# Stands in the template where a piece goes; no text that people type or read has it.
LACUNA = "\x1f"


def montar(modelo: str, *recheios: str, **contexto: object) -> str:
    """`modelo` with its gaps filled in order. Texts are escaped unless they already are safe."""
    pedacos = _pedacos(modelo, tuple(sorted(contexto.items())))
    if len(pedacos) != len(recheios) + 1:
        raise ValueError(f"{modelo} tem {len(pedacos) - 1} lacunas.")
    partes = [pedacos[0]]
    for recheio, pedaco in zip(recheios, pedacos[1:], strict=True):
        partes += [conditional_escape(recheio), pedaco]
    return "".join(partes)


@cache
def _pedacos(modelo: str, contexto: tuple[tuple[str, object], ...]) -> list[str]:
    request = HttpRequest()
    request.path = reverse("consulta:inicio")
    pagina = render_to_string(modelo, {**dict(contexto), "lacuna": LACUNA}, request=request)
    return pagina.split(LACUNA)
