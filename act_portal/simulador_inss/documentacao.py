"""The description of the API for machines (OpenAPI 3.1) and for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from act_portal.simulador_inss.openapi import DESCRICAO


@require_safe
def descricao(request: HttpRequest) -> HttpResponse:
    return JsonResponse(DESCRICAO)


@require_safe
def pagina(request: HttpRequest) -> HttpResponse:
    operacoes = [
        {"metodo": metodo.upper(), "caminho": caminho, **operacao}
        for caminho, metodos in DESCRICAO["paths"].items()
        for metodo, operacao in metodos.items()
        if metodo != "parameters"
    ]
    contexto = {"operacoes": operacoes, "info": DESCRICAO["info"]}
    return render(request, "simulador_inss/documentacao.html", contexto)
