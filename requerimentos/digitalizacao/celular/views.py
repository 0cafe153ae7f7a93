"""The desk's side: offer a code, see the telephones and what they sent, switch one off."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from act_portal.contas.requests import RequestDeUsuario
from act_portal.contas.sessao import guarda_digitado
from act_portal.cotas.servicos import consumir
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao import rascunho
from requerimentos.digitalizacao.celular import servicos
from requerimentos.digitalizacao.celular.consultas import codigo_para_o_celular, na_mesa
from requerimentos.digitalizacao.views import achar_exigencia, achar_quieto
from requerimentos.models import Celular, Exigencia, Requerimento
from requerimentos.views import contexto_do_caso, exigir_que_aja

POR_HORA = 60
MUDOU = "celular-mudou"


@never_cache
@guarda_digitado(*rascunho.DIGITADOS)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def celulares(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """GET: the telephones, or 204 while the page shows them as they are. POST: a new code."""
    requerimento = achar_quieto(request, codigo)
    dados = request.POST if request.method == "POST" else request.GET
    exigencia = achar_exigencia(requerimento, dados.get("exigencia", ""))
    if request.method == "POST":
        return _oferecer(request, requerimento, exigencia)
    if not request.htmx:
        return _voltar(requerimento, exigencia)
    vistos = na_mesa(requerimento, exigencia)
    if vistos["retrato"] == request.GET.get("visto"):
        return HttpResponse(status=204)
    resposta = _desenhar(request, requerimento, exigencia, "_lista", **vistos)
    return trigger_client_event(resposta, MUDOU)


def _oferecer(request: RequestDeUsuario, requerimento: Requerimento, exigencia: Exigencia | None) -> HttpResponse:
    exigir_que_aja(request, requerimento)
    if exigencia:
        rascunho.levar(request, exigencia)
    try:
        if not consumir("celular-codigo", str(request.user.pk), maximo=POR_HORA, janela=timedelta(hours=1)):
            raise ErroDeDominio("Códigos demais em pouco tempo. Espere alguns minutos.")
        qual = exigencia.pk if exigencia else None
        codigo = codigo_para_o_celular(*servicos.oferecer(requerimento.pk, autor=request.user, exigencia_id=qual))
    except ErroDeDominio as erro:
        codigo = {"recusa": str(erro)}
    vistos = na_mesa(requerimento, exigencia) | codigo
    # Without scripts the code has a page of its own: it is told only once.
    qual_tela = "_codigo" if request.htmx else "codigo"
    return _desenhar(request, requerimento, exigencia, qual_tela, junto=request.htmx, **vistos)


def _desenhar(
    request: RequestDeUsuario, requerimento: Requerimento, exigencia: Exigencia | None, nome: str, **mais: Any
) -> HttpResponse:
    passo = "acompanhamento" if exigencia else "documentos"
    contexto = contexto_do_caso(request, requerimento, passo, exigencia=exigencia, **mais)
    return render(request, f"requerimentos/celular/{nome}.html", contexto)


def _voltar(requerimento: Requerimento, exigencia: Exigencia | None) -> HttpResponse:
    if exigencia:
        return redirect("requerimentos:exigencia", codigo=exigencia.codigo)
    return redirect("requerimentos:documentos", codigo=requerimento.codigo)


@guarda_digitado(*rascunho.DIGITADOS)
@login_required
@require_POST
def desligar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    visiveis = Celular.objects.visiveis_para(request.user).select_related("requerimento__municipio", "exigencia")
    celular = get_object_or_404(visiveis, codigo=codigo)
    exigir_que_aja(request, celular.requerimento)
    if celular.exigencia:
        rascunho.levar(request, celular.exigencia)
    servicos.desligar(celular.pk, autor=request.user)
    messages.success(request, "O celular foi desligado. O que ele já mandou fica no pedido.")
    return _voltar(celular.requerimento, celular.exigencia)
