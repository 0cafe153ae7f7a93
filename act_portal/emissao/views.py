"""The public page where anybody checks a paper, knowing only its code."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from act_portal.cotas.servicos import consumir, ip
from act_portal.emissao import consultas
from act_portal.telas.respostas import vezes_demais

MAXIMO, JANELA = 30, timedelta(minutes=10)


@require_safe
@never_cache
def conferir(request: HttpRequest) -> HttpResponse:
    digitado = request.GET.get("c", "").strip()
    if not digitado:
        return render(request, "emissao/conferir.html", {"digitado": ""})
    if not consumir("conferir", ip(request), maximo=MAXIMO, janela=JANELA):
        return vezes_demais(request, espera=JANELA)
    ficha = consultas.ficha_publica(digitado)
    contexto = {"digitado": ficha.codigo if ficha else digitado[:60], "ficha": ficha, "procurou": True}
    return render(request, "emissao/conferir.html", contexto, status=200 if ficha else 404)
