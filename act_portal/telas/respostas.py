"""Answers that several apps give in the same words."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def vezes_demais(request: HttpRequest, *, espera: timedelta, mensagem: str = "") -> HttpResponse:
    """429 with how long to wait; `mensagem` replaces the sentence of the page."""
    resposta = render(
        request,
        "429.html",
        {"minutos": max(1, -(-int(espera.total_seconds()) // 60)), "mensagem": mensagem},
        status=429,
    )
    resposta["Retry-After"] = str(int(espera.total_seconds()))
    return resposta
