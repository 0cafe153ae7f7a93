"""Answers that several apps give in the same words."""

from __future__ import annotations

import math
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now


def vezes_demais(
    request: HttpRequest, *, espera: timedelta, mensagem: str = "", esqueceu: bool = False
) -> HttpResponse:
    """429 with how long to wait; `mensagem` replaces the sentence of the page, `esqueceu` offers a new password."""
    segundos = max(1, math.ceil(espera.total_seconds()))
    contexto = {
        "minutos": math.ceil(segundos / 60),
        "livre_em": now() + timedelta(seconds=segundos),
        "mensagem": mensagem,
        "esqueceu": esqueceu,
    }
    resposta = render(request, "429.html", contexto, status=429)
    resposta["Retry-After"] = str(segundos)
    return resposta
