"""Who works here: a manager sees the own town, an administrator everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.contas import permissoes, servicos
from act_portal.contas.forms import FormularioConvite, FormularioTrabalho
from act_portal.contas.models import Usuario, Vinculo
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.contas.segundo_fator import aparelho
from act_portal.erros import ErroDeDominio
from act_portal.telas import buscas

QUEM = ("gestor", "administrador")
POR_PAGINA = 30


@login_required
@exige_papel(*QUEM)
@require_http_methods(["GET", "HEAD", "POST"])
def lista(request: RequestDeUsuario) -> HttpResponse:
    """Who works here; the POST searches, so that names and addresses stay out of the address."""
    if request.method == "POST":
        codigo = buscas.guardar(request, request.POST.get("q", ""))
        return redirect(f"{reverse('contas:equipe')}{f'?busca={codigo}' if codigo else ''}")
    procurado = buscas.ler(request)
    meus = Vinculo.objects.visiveis_para(request.user).select_related("municipio", "unidade")
    pessoas = Usuario.objects.visiveis_para(request.user).prefetch_related(Prefetch("vinculos", meus, "papeis"))
    if procurado:
        pessoas = pessoas.filter(Q(nome__icontains=procurado) | Q(email__icontains=procurado))
    hoje = localdate()
    contexto = {
        "pagina": Paginator(pessoas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "por_aceitar": meus.abertos(hoje).filter(por_aceitar=True).select_related("usuario")[:POR_PAGINA],
        "q": procurado,
        "hoje": hoje,
    }
    return render(request, "contas/equipe.html", contexto)


@login_required
@exige_papel(*QUEM)
@require_http_methods(["GET", "POST"])
def convidar(request: RequestDeUsuario) -> HttpResponse:
    form = FormularioConvite(request.POST if request.method == "POST" else None, autor=request.user)
    if request.method == "POST" and form.is_valid():
        dados = {nome: form.cleaned_data[nome] for nome in CAMPOS_DO_CONVITE}
        try:
            vinculo = servicos.convidar(autor=request.user, **dados)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, f"Convite a caminho de {vinculo.usuario.email}.")
            return _para_a_pessoa(request, vinculo.usuario_id)
    return render(request, "contas/convidar.html", {"form": form}, status=422 if form.errors else 200)


CAMPOS_DO_CONVITE = ("email", "nome", "papel", "lugar", "inicio", "fim", "cargo", "matricula")


@login_required
@exige_papel(*QUEM)
@require_safe
def pessoa(request: RequestDeUsuario, usuario_id: int) -> HttpResponse:
    alvo = _achar(request, usuario_id)
    hoje = localdate()
    meus = alvo.vinculos.filter(pk__in=Vinculo.objects.visiveis_para(request.user).values("pk"))
    linhas = [
        {
            "vinculo": vinculo,
            "aberto": vinculo.aberto(hoje),
            "encerra": vinculo.aberto(hoje) and permissoes.pode_gerir_vinculo(request.user, vinculo),
        }
        for vinculo in meus.select_related("municipio", "unidade")
    ]
    contexto = {
        "alvo": alvo,
        "linhas": linhas,
        "gere_conta": permissoes.pode_gerir_conta(request.user, alvo, hoje),
        "reativa": permissoes.pode_reativar(request.user, alvo, hoje),
        "aparelho": aparelho(alvo),
        "espera_senha": not alvo.has_usable_password(),
    }
    return render(request, "contas/pessoa.html", contexto)


@login_required
@exige_papel(*QUEM)
@require_http_methods(["GET", "POST"])
def trabalho(request: RequestDeUsuario, usuario_id: int) -> HttpResponse:
    """CPF, post, registration and secrecy term of who attends: they go into the papers."""
    alvo = _achar(request, usuario_id)
    form = FormularioTrabalho(request.POST if request.method == "POST" else None, pessoa=alvo)
    if request.method == "POST" and form.is_valid():
        try:
            servicos.guardar_dados_de_trabalho(alvo.pk, autor=request.user, **form.cleaned_data)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Dados guardados. Valem para os próximos papéis.")
            return redirect("contas:pessoa", alvo.pk)
    contexto = {"form": form, "alvo": alvo}
    return render(request, "contas/trabalho.html", contexto, status=422 if form.errors else 200)


@login_required
@exige_papel(*QUEM)
@require_POST
def encerrar(request: RequestDeUsuario, vinculo_id: int) -> HttpResponse:
    vinculo = _achar_vinculo(request, vinculo_id)
    return _fazer(
        request, vinculo.usuario_id, servicos.encerrar_vinculo, vinculo.pk,
        feito="Papel encerrado. O acesso por ele terminou agora.",
    )  # fmt: skip


@login_required
@exige_papel(*QUEM)
@require_POST
def reenviar(request: RequestDeUsuario, vinculo_id: int) -> HttpResponse:
    vinculo = _achar_vinculo(request, vinculo_id)
    return _fazer(
        request, vinculo.usuario_id, servicos.reenviar_convite, vinculo.pk, feito="Convite a caminho outra vez."
    )


@login_required
@exige_papel(*QUEM)
@require_POST
def desativar(request: RequestDeUsuario, usuario_id: int) -> HttpResponse:
    alvo = _achar(request, usuario_id)
    return _fazer(request, alvo.pk, servicos.desativar, alvo.pk, feito="Conta desativada. A pessoa já não entra.")


@login_required
@exige_papel(*QUEM)
@require_POST
def reativar(request: RequestDeUsuario, usuario_id: int) -> HttpResponse:
    alvo = _achar(request, usuario_id)
    return _fazer(request, alvo.pk, servicos.reativar, alvo.pk, feito="Conta reativada.")


@login_required
@exige_papel(*QUEM)
@require_POST
def tirar_segundo_fator(request: RequestDeUsuario, usuario_id: int) -> HttpResponse:
    """For who lost the phone and the codes."""
    alvo = _achar(request, usuario_id)
    return _fazer(
        request, alvo.pk, servicos.retirar_segundo_fator, alvo,
        feito="Segundo fator retirado. A pessoa entra só com a senha e liga outro aplicativo.",
    )  # fmt: skip


def _fazer(
    request: RequestDeUsuario, usuario_id: int, servico: Callable[..., Any], alvo: Any, *, feito: str
) -> HttpResponse:
    """Do one thing to somebody's access, say what came of it, and go back to the person's page."""
    try:
        servico(alvo, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, feito)
    return _para_a_pessoa(request, usuario_id)


def _para_a_pessoa(request: RequestDeUsuario, usuario_id: int) -> HttpResponse:
    """The page of the person, or the list while who was invited has not taken up the role."""
    if Usuario.objects.visiveis_para(request.user).filter(pk=usuario_id).exists():
        return redirect("contas:pessoa", usuario_id)
    return redirect("contas:equipe")


def _achar(request: RequestDeUsuario, usuario_id: int) -> Usuario:
    return get_object_or_404(Usuario.objects.visiveis_para(request.user), pk=usuario_id)


def _achar_vinculo(request: RequestDeUsuario, vinculo_id: int) -> Vinculo:
    return get_object_or_404(Vinculo.objects.visiveis_para(request.user), pk=vinculo_id)
