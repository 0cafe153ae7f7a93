"""The desk's side: offer a code, see the telephones and what they sent, switch one off."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from act_portal.contas.requests import RequestDeUsuario
from act_portal.cotas.servicos import consumir
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.celular import servicos
from requerimentos.digitalizacao.celular.consultas import codigo_para_o_celular, na_mesa
from requerimentos.digitalizacao.views import achar_quieto, contexto_da_tela
from requerimentos.models import Celular, Requerimento
from requerimentos.views import contexto_do_caso, exigir_que_aja

POR_HORA = 60
MUDOU = "celular-mudou"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def celulares(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """GET: the telephones, or 204 while the page shows them as they are. POST: a new code."""
    requerimento = achar_quieto(request, codigo)
    if request.method == "POST":
        return _oferecer(request, requerimento)
    if not request.htmx:
        return redirect("requerimentos:documentos", codigo=codigo)
    vistos = na_mesa(requerimento)
    if vistos["retrato"] == request.GET.get("visto"):
        return HttpResponse(status=204)
    contexto = contexto_do_caso(request, requerimento, "documentos", editavel=requerimento.editavel, **vistos)
    resposta = render(request, "requerimentos/celular/_lista.html", contexto)
    return trigger_client_event(resposta, MUDOU)


def _oferecer(request: RequestDeUsuario, requerimento: Requerimento) -> HttpResponse:
    exigir_que_aja(request, requerimento)
    try:
        if not consumir("celular-codigo", str(request.user.pk), maximo=POR_HORA, janela=timedelta(hours=1)):
            raise ErroDeDominio("Códigos demais em pouco tempo. Espere alguns minutos.")
        codigo = codigo_para_o_celular(*servicos.oferecer(requerimento.pk, autor=request.user))
    except ErroDeDominio as erro:
        codigo = {"recusa": str(erro)}
    if not request.htmx:
        contexto = contexto_da_tela(request, requerimento, **codigo)
        return render(request, "requerimentos/digitalizacao/documentos.html", contexto)
    novo = {"editavel": requerimento.editavel, "junto": True} | na_mesa(requerimento) | codigo
    contexto = contexto_do_caso(request, requerimento, "documentos", **novo)
    return render(request, "requerimentos/celular/_codigo.html", contexto)


@login_required
@require_POST
def desligar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    visiveis = Celular.objects.visiveis_para(request.user).select_related("requerimento__municipio")
    celular = get_object_or_404(visiveis, codigo=codigo)
    exigir_que_aja(request, celular.requerimento)
    servicos.desligar(celular.pk, autor=request.user)
    messages.success(request, "O celular foi desligado. O que ele já mandou fica no pedido.")
    return redirect("requerimentos:documentos", codigo=celular.requerimento.codigo)
