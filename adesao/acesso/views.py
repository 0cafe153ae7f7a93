"""Ask for the first account of a town (public), confirm it by e-mail (public), decide on it (INSS)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.arquivos.entrega import entregar
from act_portal.arquivos.porteiro import ESPERADO
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.bloqueio import nome_opaco
from act_portal.contas.models import Usuario, Vinculo
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.cotas.servicos import Limite, espera_por, ip
from act_portal.erros import ErroDeDominio
from act_portal.telas.respostas import vezes_demais
from act_portal.territorio.models import Municipio
from adesao.acesso import chaves, servicos
from adesao.acesso.forms import ProvaForm, RecusaForm, SolicitacaoForm
from adesao.models import Solicitacao
from adesao.permissoes import INSS
from adesao.publico.autoavaliacao import retomar
from adesao.situacoes import SituacaoSolicitacao

CHAVE = "adesao.acesso"
UMA_HORA, UM_DIA = timedelta(hours=1), timedelta(days=1)
# A town hall leaves by one address.
POR_ENDERECO = 10
POR_EMAIL = 3
POR_MUNICIPIO = 20
POR_PAGINA = 30


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pedir(request: HttpRequest) -> HttpResponse:
    form = SolicitacaoForm(request.POST if request.method == "POST" else None, initial=_da_autoavaliacao(request))
    if request.method == "POST" and form.is_valid():
        dados = {nome: valor for nome, valor in form.cleaned_data.items() if nome != "dono"}
        if espera := espera_por(
            Limite("adesao.acesso.endereco", (ip(request),), POR_ENDERECO, UMA_HORA),
            Limite("adesao.acesso.email", (nome_opaco(dados["email"]),), POR_EMAIL, UM_DIA),
            Limite("adesao.acesso.municipio", (dados["municipio"].pk,), POR_MUNICIPIO, UM_DIA),
        ):
            return vezes_demais(request, espera=espera, mensagem="Houve muitos pedidos de acesso em pouco tempo.")
        try:
            servicos.solicitar(**dados)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            # The same answer whoever has this e-mail.
            return redirect(f"{request.path}?enviado=1")
    contexto = {"form": form, "enviado": "enviado" in request.GET, "dias": chaves.VALIDADE.days}
    return render(request, "adesao/acesso/pedir.html", contexto, status=422 if form.errors else 200)


def _da_autoavaliacao(request: HttpRequest) -> dict[str, Any]:
    """The town of whoever comes from "Posso aderir?"."""
    respostas = retomar(request.session) or {}
    return {"municipio": Municipio.objects.filter(pk=respostas.get("municipio", "")).first()}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmar(request: HttpRequest) -> HttpResponse:
    """The key comes in the query, which no log keeps, and moves to the session. Looking does not use it up."""
    if request.method != "POST" and "feito" in request.GET:
        return render(request, "adesao/acesso/confirmado.html")
    trazida = request.GET.get("chave", "") if request.method != "POST" else ""
    solicitacao = chaves.conferir(trazida or request.session.get(CHAVE, ""))
    if solicitacao is None:
        request.session.pop(ESPERADO, None)
        return render(request, "adesao/acesso/vencido.html", status=410)
    if trazida:
        request.session[CHAVE], request.session[ESPERADO] = trazida, True
        return redirect("adesao:confirmar-acesso")
    form = ProvaForm(request.POST, request.FILES) if request.method == "POST" else ProvaForm()
    if request.method == "POST" and form.is_valid():
        if espera := espera_por(Limite("adesao.acesso.prova", (ip(request),), POR_ENDERECO, UMA_HORA)):
            return vezes_demais(request, espera=espera, mensagem="Houve muitos envios em pouco tempo.")
        try:
            servicos.confirmar(solicitacao, form.cleaned_data["prova"])
        except ErroDeDominio as erro:
            form.add_error("prova", str(erro))
        else:
            del request.session[CHAVE], request.session[ESPERADO]
            return redirect(f"{request.path}?feito=1")
    contexto = {"form": form, "solicitacao": solicitacao}
    return render(request, "adesao/acesso/confirmar.html", contexto, status=422 if form.errors else 200)


# --- INSS ---------------------------------------------------------------------------------------------------------


@login_required
@exige_papel(*INSS)
@require_safe
def lista(request: RequestDeUsuario) -> HttpResponse:
    """Who waits first, then what was decided, newest first."""
    visiveis = Solicitacao.objects.visiveis_para(request.user).select_related("municipio", "unidade")
    decididas = visiveis.exclude(situacao=SituacaoSolicitacao.PENDENTE).order_by("-decidida_em")
    contexto = {
        "pendentes": visiveis.filter(situacao=SituacaoSolicitacao.PENDENTE).order_by("confirmada_em"),
        "pagina": Paginator(decididas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "hoje": localdate(),
    }
    return render(request, "adesao/acesso/lista.html", contexto)


@login_required
@exige_papel(*INSS)
@require_safe
def detalhe(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela(request, _achar(request, codigo), RecusaForm())


@login_required
@exige_papel(*INSS)
@require_POST
def aprovar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    solicitacao = _achar(request, codigo)
    feito = "Acesso dado. O convite vai por e-mail."
    return _decidir(request, solicitacao, RecusaForm(), servicos.aprovar, feito=feito)


@login_required
@exige_papel(*INSS)
@require_POST
def recusar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    solicitacao = _achar(request, codigo)
    form = RecusaForm(request.POST)
    if not form.is_valid():
        return _tela(request, solicitacao, form, status=422)
    return _decidir(
        request, solicitacao, form, servicos.recusar, feito="Pedido recusado. A pessoa foi avisada.",
        motivo=form.cleaned_data["motivo"],
    )  # fmt: skip


@login_required
@exige_papel(*INSS)
@require_safe
def prova(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    solicitacao = _achar(request, codigo)
    arquivo = solicitacao.prova
    if arquivo is None:
        raise Http404
    return entregar(arquivo.original, nome=arquivo.nome_original, tipo=arquivo.tipo, request=request)


def _achar(request: RequestDeUsuario, codigo: uuid.UUID) -> Solicitacao:
    visiveis = Solicitacao.objects.visiveis_para(request.user).select_related("municipio", "unidade", "prova")
    solicitacao = get_object_or_404(visiveis, codigo=codigo)
    registrar_acesso(
        request.user, "abriu o pedido de acesso", solicitacao, titular_id=None, municipio=solicitacao.municipio
    )
    return solicitacao


def _tela(request: RequestDeUsuario, solicitacao: Solicitacao, form: RecusaForm, status: int = 200) -> HttpResponse:
    gestores = Vinculo.objects.vigentes(localdate()).filter(papel=Vinculo.Papel.GESTOR, municipio=solicitacao.municipio)
    contexto = {
        "solicitacao": solicitacao,
        "form": form,
        "gestores": Usuario.objects.filter(pk__in=gestores.filter(por_aceitar=False).values("usuario")),
    }
    return render(request, "adesao/acesso/detalhe.html", contexto, status=status)


def _decidir(
    request: RequestDeUsuario,
    solicitacao: Solicitacao,
    form: RecusaForm,
    servico: Callable[..., Any],
    *,
    feito: str,
    **dados: str,
) -> HttpResponse:
    try:
        servico(solicitacao.pk, autor=request.user, **dados)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return _tela(request, solicitacao, form, status=422)
    messages.success(request, feito)
    return redirect("adesao:acessos")
