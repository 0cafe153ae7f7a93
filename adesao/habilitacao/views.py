"""One person of an agreement: what is asked, what was sent, what INSS said."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.arquivos.entrega import entregar
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao import permissoes
from adesao.acordo.views import achar_acordo
from adesao.habilitacao import consultas
from adesao.habilitacao.catalogo import Comprovante, pedidos_a
from adesao.habilitacao.forms import ComprovacaoForm, DesligarForm, RecusarForm
from adesao.habilitacao.servicos import fichas, provas
from adesao.models import Comprovacao, Habilitacao, Representante
from adesao.pedido.forms.pessoa import RepresentanteForm
from adesao.situacoes import Quem


def _achar(request: RequestDeUsuario, codigo: uuid.UUID) -> Habilitacao:
    """The person, of an agreement in scope of who asks, or 404."""
    visiveis = Habilitacao.objects.visiveis_para(request.user).select_related(
        "representante__ponto", "vinculo", "acordo__municipio", "acordo__processo__municipio",
        "acordo__processo__unidade",
    )  # fmt: skip
    return get_object_or_404(visiveis, codigo=codigo)


def _exigir(request: RequestDeUsuario, habilitacao: Habilitacao, *quem: Quem) -> None:
    permissoes.exigir(request.user, habilitacao.acordo.processo, *quem)


@login_required
@require_safe
def pessoa(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    habilitacao = _achar(request, codigo)
    municipio = habilitacao.acordo.municipio
    registrar_acesso(request.user, "abriu a adesão", habilitacao.acordo.processo, titular_id=None, municipio=municipio)
    return _tela(request, habilitacao)


def _tela(request: RequestDeUsuario, habilitacao: Habilitacao, **recusado: Any) -> HttpResponse:
    """`recusado`: `form` with what was typed and `onde`, the requirement or act that it belongs to."""
    processo, hoje = habilitacao.acordo.processo, hoje_em(habilitacao.acordo.municipio)
    gestor = permissoes.age_como(request.user, processo, Quem.GESTOR)
    form, onde = recusado.get("form"), recusado.get("onde", "")
    linhas = consultas.linhas(habilitacao, hoje)
    for linha in linhas:
        if gestor and linha.aberta_ao_municipio:
            linha.form = form if onde == linha.pedido.codigo else ComprovacaoForm(pedido=linha.pedido)
    contexto = {
        "habilitacao": habilitacao,
        "acordo": habilitacao.acordo,
        "processo": processo,
        "pessoa": habilitacao.representante,
        "linhas": linhas,
        "gestor": gestor,
        "analista": permissoes.age_como(request.user, processo, Quem.ANALISTA),
        "hoje": hoje,
        "aberto": onde,
        "form_desligar": form if onde == "desligar" else DesligarForm(),
        "form_recusar": form if onde == "recusar" else RecusarForm(),
        "recusando": recusado.get("comprovacao"),
    }
    return render(request, "adesao/acordo/pessoa.html", contexto, status=422 if form else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def indicar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """One more person under the agreement."""
    acordo = achar_acordo(request, codigo, quieto=True)
    permissoes.exigir(request.user, acordo.processo, Quem.GESTOR)
    nova = Representante(processo=acordo.processo)
    form = RepresentanteForm(request.POST if request.method == "POST" else None, instance=nova)
    if request.method == "POST" and form.is_valid():
        try:
            feita = fichas.indicar(acordo.pk, form.cleaned_data, autor=request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Pessoa indicada. Agora envie o que comprova cada item.")
            return redirect("adesao:habilitacao", feita.codigo)
    contexto = {"acordo": acordo, "processo": acordo.processo, "form": form}
    return render(request, "adesao/acordo/indicar.html", contexto, status=422 if form.errors else 200)


@login_required
@require_POST
def enviar(request: RequestDeUsuario, codigo: uuid.UUID, requisito: str) -> HttpResponse:
    habilitacao = _achar(request, codigo)
    _exigir(request, habilitacao, Quem.GESTOR)
    form = ComprovacaoForm(request.POST, request.FILES, pedido=_pedido(habilitacao, requisito))
    if form.is_valid():
        try:
            provas.enviar(habilitacao.pk, requisito, autor=request.user, **form.cleaned_data)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Enviado. O INSS confere.")
            return redirect("adesao:habilitacao", codigo)
    return _tela(request, habilitacao, form=form, onde=requisito)


def _pedido(habilitacao: Habilitacao, requisito: str) -> Comprovante:
    hoje = hoje_em(habilitacao.acordo.municipio)
    for pedido in pedidos_a(habilitacao.representante.papel, hoje):
        if pedido.codigo == requisito:
            return pedido
    raise Http404


@login_required
@require_POST
def fazer_termo(request: RequestDeUsuario, codigo: uuid.UUID, requisito: str) -> HttpResponse:
    habilitacao = _achar(request, codigo)
    _exigir(request, habilitacao, Quem.GESTOR)
    pedido = _pedido(habilitacao, requisito)
    return _feito(
        request,
        habilitacao,
        lambda: provas.fazer_termo(habilitacao.pk, pedido.codigo, autor=request.user),
        "O papel está sendo feito. Ele aparece aqui em alguns segundos.",
    )


@login_required
@require_safe
def termo(request: RequestDeUsuario, codigo: uuid.UUID, requisito: str) -> HttpResponse | FileResponse:
    habilitacao = _achar(request, codigo)
    feito = habilitacao.termos.filter(requisito=requisito).select_related("documento").first()
    if feito is None:
        raise Http404
    if feito.documento.situacao != SituacaoDocumento.EMITIDO:
        messages.info(request, "O papel ainda está sendo feito. Espere alguns segundos.")
        return redirect("adesao:habilitacao", codigo)
    municipio = habilitacao.acordo.municipio
    registrar_acesso(request.user, "baixou um termo", feito, titular_id=None, municipio=municipio)
    nome = f"{requisito}-{habilitacao.pk}.pdf"
    return entregar(feito.documento.pdf, nome=nome, tipo="application/pdf", request=request)


@login_required
@require_POST
def desligar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    habilitacao = _achar(request, codigo)
    _exigir(request, habilitacao, Quem.GESTOR, Quem.ANALISTA)
    form = DesligarForm(request.POST)
    if form.is_valid():
        try:
            fichas.desligar(habilitacao.pk, motivo=form.cleaned_data["motivo"], autor=request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Pessoa desligada. O acesso fechou.")
            return redirect("adesao:acordo", habilitacao.acordo.processo.codigo)
    return _tela(request, habilitacao, form=form, onde="desligar")


# --- What was sent ------------------------------------------------------------------------------------------------


def _comprovacao(request: RequestDeUsuario, codigo: uuid.UUID) -> Comprovacao:
    return get_object_or_404(
        Comprovacao.objects.select_related("arquivo", "habilitacao__acordo__processo__municipio"),
        codigo=codigo,
        habilitacao__in=Habilitacao.objects.visiveis_para(request.user),
    )


@login_required
@require_safe
def abrir_comprovacao(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """The file as it came; who opened it is noted."""
    achada = _comprovacao(request, codigo)
    if achada.arquivo is None:
        raise Http404
    municipio = achada.habilitacao.acordo.municipio
    registrar_acesso(request.user, "abriu um comprovante", achada, titular_id=None, municipio=municipio)
    arquivo = achada.arquivo
    return entregar(arquivo.original, nome=arquivo.nome_original, tipo=arquivo.tipo, request=request)


@login_required
@require_POST
def confirmar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    achada = _comprovacao(request, codigo)
    _exigir(request, achada.habilitacao, Quem.ANALISTA)
    return _feito(
        request, achada.habilitacao, lambda: provas.confirmar(achada.pk, autor=request.user), "Comprovante confirmado."
    )


@login_required
@require_POST
def recusar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    achada = _comprovacao(request, codigo)
    _exigir(request, achada.habilitacao, Quem.ANALISTA)
    form = RecusarForm(request.POST)
    if form.is_valid():
        return _feito(
            request,
            achada.habilitacao,
            lambda: provas.recusar(achada.pk, motivo=form.cleaned_data["motivo"], autor=request.user),
            "Recusado. O município foi avisado.",
        )
    return _tela(request, _achar(request, achada.habilitacao.codigo), form=form, onde="recusar", comprovacao=achada.pk)


def _feito(request: RequestDeUsuario, habilitacao: Habilitacao, fazer: Callable[[], Any], frase: str) -> HttpResponse:
    try:
        fazer()
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, frase)
    return redirect(reverse("adesao:habilitacao", args=[habilitacao.codigo]))
