"""One answer for every page that is asked to act for somebody after the powers ended."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from requerimentos.mandato.consultas import MandatoEncerrado


class MandatoEncerradoNaTela:
    """409 with the reason and the way on, where the view itself did not say it. What was typed is one "back" away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, MandatoEncerrado):
            return None
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"recado": str(exception)}, status=409)
        contexto = {"titulo": exception.titulo, "frase": str(exception)}
        return render(request, "requerimentos/mandato/acabou.html", contexto, status=409)
