"""The repair screen: the page as it came beside the page as it is, and what can be done. Works without scripts."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from act_portal.arquivos.entrega import entregar_vista
from act_portal.arquivos.receita import Receita
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.saidas.consultas import trabalhador_vivo
from requerimentos.digitalizacao.conserto import servicos
from requerimentos.digitalizacao.conserto.forms import ReceitaForm, em_campos
from requerimentos.digitalizacao.servicos import recebe_documentos
from requerimentos.models import Conserto, Pagina, Requerimento
from requerimentos.views import contexto_do_caso, exigir_que_aja

GIROS = {"direita": 90, "esquerda": 270, "meia-volta": 180}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tela(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    pagina = _achar(request, codigo)
    if onde := servicos.para_onde_foi(pagina):
        return _de_volta(request, pagina, onde)
    if request.method == "POST":
        return _agir(request, pagina)
    if not request.htmx:
        requerimento = pagina.peca.requerimento
        registrar_acesso(
            request.user, "abriu uma página", pagina, titular_id=requerimento.pessoa_id,
            municipio=requerimento.municipio,
        )  # fmt: skip
    return _mostrar(request, pagina, ReceitaForm(initial=em_campos(servicos.receita_atual(pagina))))


@login_required
@require_safe
def como_veio(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    folha = _achar(request, codigo, recolhida_em=None).folha
    return entregar_vista(folha.origem or folha, request=request)


@login_required
@require_safe
def como_ficou(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return entregar_vista(_achar(request, codigo, recolhida_em=None).folha, request=request)


def _de_volta(request: RequestDeUsuario, pagina: Pagina, frase: str) -> HttpResponse:
    """The page is of another request: back to where its place was, with the reason."""
    messages.warning(request, frase)
    exigencia = pagina.peca.exigencia
    destino = (
        redirect("requerimentos:exigencia", codigo=exigencia.codigo)
        if exigencia
        else redirect("requerimentos:documentos", codigo=pagina.peca.requerimento.codigo)
    )
    return HttpResponseClientRedirect(destino["Location"]) if request.htmx else destino


def _agir(request: RequestDeUsuario, pagina: Pagina) -> HttpResponse:
    """One button, one step; a recipe with a mistake comes back with what was typed."""
    exigir_que_aja(request, pagina.peca.requerimento)
    acao = request.POST.get("acao", "")
    form = ReceitaForm(request.POST if acao == "aplicar" else None)
    if acao == "aplicar" and not form.is_valid():
        return _mostrar(request, pagina, form, status=422)
    try:
        if acao == "desfazer":
            servicos.desfazer(pagina.pk, autor=request.user)
        else:
            servicos.pedir(pagina.pk, receita=_receita(acao, form, pagina), autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    destino = redirect("requerimentos:conserto", codigo=pagina.codigo)
    return HttpResponseClientRedirect(destino["Location"]) if request.htmx else destino


def _receita(acao: str, form: ReceitaForm, pagina: Pagina) -> Receita | None:
    if acao == "aplicar":
        return form.cleaned_data["receita"]
    if acao == "sozinho":
        return None
    if acao == "original":
        return Receita()
    if acao not in GIROS:
        raise ErroDeDominio("Escolha um dos botões da página.")
    atual = servicos.receita_atual(pagina)
    return replace(atual, giro=(atual.giro + GIROS[acao]) % 360)


def _mostrar(request: RequestDeUsuario, pagina: Pagina, form: ReceitaForm, *, status: int = 200) -> HttpResponse:
    peca = pagina.peca
    ultimo = pagina.consertos.order_by("pk").last()
    esperando = pagina.consertando
    contexto = contexto_do_caso(
        request, peca.requerimento, "documentos", folha=pagina.folha, a_pagina=pagina, peca=peca, form=form,
        esperando=esperando, conserto=pagina.conserto, exigencia=peca.exigencia,
        falhou=ultimo if ultimo and ultimo.situacao == Conserto.Situacao.FALHOU else None,
        editavel=_editavel(pagina), trabalhador_parado=esperando and not trabalhador_vivo(),
        original=pagina.folha.origem is None and pagina.giro == 0,
    )  # fmt: skip
    modelo = "_painel.html" if request.htmx and request.method == "GET" else "tela.html"
    return render(request, f"requerimentos/digitalizacao/conserto/{modelo}", contexto, status=status)


def _editavel(pagina: Pagina) -> bool:
    aberta = recebe_documentos(pagina.peca.requerimento, pagina.peca.exigencia)
    return aberta and pagina.removida_em is None and pagina.peca.removida_em is None


def _achar(request: RequestDeUsuario, codigo: uuid.UUID, **filtros: Any) -> Pagina:
    return get_object_or_404(
        Pagina.objects.select_related(
            "folha__origem", "peca__requerimento__municipio", "peca__requerimento__pessoa",
            "peca__requerimento__servico", "peca__exigencia", "peca__arquivo",
        ).prefetch_related("consertos"),
        codigo=codigo,
        peca__requerimento__in=Requerimento.objects.visiveis_para(request.user),
        **filtros,
    )  # fmt: skip
