"""Forgotten password and first password: an e-mail with a link, a page with a button."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from act_portal.contas import chaves, servicos
from act_portal.contas.forms import FormularioEsqueci, FormularioNovaSenha
from act_portal.cotas.servicos import consumir, ip
from act_portal.telas.respostas import vezes_demais

JANELA = timedelta(hours=1)
POR_ENDERECO = 20
CHAVE = "contas.chave"


@never_cache
@require_http_methods(["GET", "POST"])
def pedir(request: HttpRequest) -> HttpResponse:
    form = FormularioEsqueci(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not consumir("esqueci-a-senha", ip(request), maximo=POR_ENDERECO, janela=JANELA):
            return vezes_demais(request, espera=JANELA)
        if form.is_valid():
            servicos.pedir_nova_senha(form.cleaned_data["email"])
            return redirect(f"{request.path}?enviado=1")
    contexto = {"form": form, "enviado": "enviado" in request.GET}
    return render(request, "contas/esqueci_a_senha.html", contexto, status=422 if form.errors else 200)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def definir(request: HttpRequest) -> HttpResponse:
    """Choose the password that the link in the e-mail allows.

    The key comes in the query, which no log keeps, moves to the session and leaves the address bar. Looking does not
    use it up: mail scanners look too.
    """
    trazida = request.GET.get("chave", "") if request.method == "GET" else ""
    chave = trazida or request.session.get(CHAVE, "")
    usuario = chaves.conferir(chave)
    if usuario is None:
        return render(request, "contas/chave_vencida.html", status=410)
    if trazida:
        request.session[CHAVE] = trazida
        return redirect("contas:definir_senha")
    form = FormularioNovaSenha(request.POST if request.method == "POST" else None, usuario=usuario)
    if request.method == "POST" and form.is_valid():
        servicos.redefinir_senha(usuario, form.cleaned_data["nova"])
        del request.session[CHAVE]
        messages.success(request, "Senha guardada. Entre com ela.")
        return redirect("contas:entrar")
    return render(request, "contas/definir_senha.html", {"form": form}, status=422 if form.errors else 200)
