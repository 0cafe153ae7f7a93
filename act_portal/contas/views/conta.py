"""The own account: data, password, second factor."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp import login as marcar_segundo_fator

from act_portal.contas import segundo_fator as fator
from act_portal.contas import servicos
from act_portal.contas.forms import (
    FormularioAtivarSegundoFator,
    FormularioConfirmarSenha,
    FormularioDados,
    FormularioTrocarSenha,
)
from act_portal.contas.permissoes import falta_segundo_fator, sem_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.cotas.servicos import consumir
from act_portal.telas.respostas import vezes_demais

JANELA = timedelta(minutes=15)
TENTATIVAS = 10


@sem_papel
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def minha_conta(request: RequestDeUsuario) -> HttpResponse:
    usuario = request.user
    if falta_segundo_fator(usuario):
        return redirect("contas:ativar_segundo_fator")
    inicial = {"nome": usuario.nome, "cpf": usuario.cpf, "matricula": usuario.matricula, "cargo": usuario.cargo}
    form = FormularioDados(request.POST if request.method == "POST" else None, initial=inicial)
    if request.method == "POST" and form.is_valid():
        servicos.atualizar_dados(usuario, **form.cleaned_data)
        messages.success(request, "Dados guardados.")
        return redirect("contas:minha_conta")
    contexto = {
        "form": form,
        "aparelho": fator.aparelho(usuario),
        "codigos_restantes": fator.codigos_restantes(usuario),
        "vinculos": usuario.vinculos.select_related("municipio", "unidade"),
    }
    return render(request, "contas/minha_conta.html", contexto, status=422 if form.errors else 200)


@sensitive_post_parameters()
@sem_papel
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def trocar_senha(request: RequestDeUsuario) -> HttpResponse:
    if falta_segundo_fator(request.user):
        return redirect("contas:ativar_segundo_fator")
    if request.method == "POST" and not _cabe(request):
        return vezes_demais(request, espera=JANELA)
    form = FormularioTrocarSenha(request.POST if request.method == "POST" else None, usuario=request.user)
    if request.method == "POST" and form.is_valid():
        servicos.trocar_senha(request.user, form.cleaned_data["nova"])
        # This session goes on; every other one of this person ends.
        update_session_auth_hash(request, request.user)
        messages.success(request, "Senha trocada. Nos outros computadores, o portal vai pedir a senha nova.")
        return redirect("contas:minha_conta")
    return render(request, "contas/trocar_senha.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters()
@sem_papel
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def ativar_segundo_fator(request: RequestDeUsuario) -> HttpResponse:
    usuario = request.user
    if fator.aparelho(usuario):
        return redirect("contas:minha_conta")
    if request.method == "POST" and not _cabe(request):
        return vezes_demais(request, espera=JANELA)
    dados = request.POST if request.method == "POST" else None
    form = FormularioAtivarSegundoFator(dados, usuario=usuario, rotulo="Ligar o segundo fator")
    if request.method == "POST" and form.is_valid():
        codigos = servicos.confirmar_segundo_fator(usuario, form.cleaned_data["codigo"])
        if codigos:
            marcar_segundo_fator(request, fator.aparelho(usuario))
            return render(request, "contas/codigos.html", {"codigos": codigos, "recem_ligado": True})
        form.add_error("codigo", "O código não confere. Confira a hora do celular, espere o próximo código e digite.")
    dispositivo = fator.preparar(usuario)
    contexto = {
        "form": form,
        "qr": fator.qr(dispositivo),
        "chave": fator.chave_legivel(dispositivo),
        "obrigatorio": falta_segundo_fator(usuario),
    }
    return render(request, "contas/ativar_segundo_fator.html", contexto, status=422 if form.errors else 200)


@sensitive_post_parameters()
@sem_papel
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def codigos(request: RequestDeUsuario) -> HttpResponse:
    """New recovery codes, shown this once; the old ones stop working."""
    if not fator.aparelho(request.user) or not request.user.otp_device:  # type: ignore[attr-defined]
        return redirect("contas:minha_conta")
    if request.method == "POST" and not _cabe(request):
        return vezes_demais(request, espera=JANELA)
    dados = request.POST if request.method == "POST" else None
    form = FormularioConfirmarSenha(dados, usuario=request.user, rotulo="Fazer códigos novos")
    if request.method == "POST" and form.is_valid():
        return render(request, "contas/codigos.html", {"codigos": servicos.trocar_codigos(request.user)})
    return render(request, "contas/novos_codigos.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters()
@sem_papel
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def retirar_segundo_fator(request: RequestDeUsuario) -> HttpResponse:
    if not fator.aparelho(request.user) or not request.user.otp_device:  # type: ignore[attr-defined]
        return redirect("contas:minha_conta")
    if request.method == "POST" and not _cabe(request):
        return vezes_demais(request, espera=JANELA)
    dados = request.POST if request.method == "POST" else None
    form = FormularioConfirmarSenha(dados, usuario=request.user, rotulo="Retirar o segundo fator")
    if request.method == "POST" and form.is_valid():
        servicos.retirar_segundo_fator(request.user, autor=request.user)
        messages.success(request, "Segundo fator retirado. Agora a entrada pede só a senha.")
        return redirect("contas:minha_conta")
    return render(request, "contas/retirar_segundo_fator.html", {"form": form}, status=422 if form.errors else 200)


def _cabe(request: RequestDeUsuario) -> bool:
    """Whoever finds an open session must not guess the password here."""
    return consumir("confirmar-senha", str(request.user.pk), maximo=TENTATIVAS, janela=JANELA)
