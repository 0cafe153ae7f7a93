"""The powers of the town in one request, their revocation, and the death of a person."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from requerimentos import permissoes
from requerimentos.mandato import consultas, servicos
from requerimentos.mandato.forms import (
    ALCANCES,
    TUDO,
    DesfazerObitoForm,
    ObitoForm,
    RenunciarForm,
    RevogarForm,
    RogoDaRevogacaoForm,
    ato_de,
)
from requerimentos.models import Pessoa, Requerimento, Revogacao, RevogacaoParcial
from requerimentos.papeis.entrega import entregar_papel
from requerimentos.situacoes import Etapa
from requerimentos.views import achar, achar_para_agir, contexto_do_caso


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandato(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """What the term lets the town do, until when, and the way to take it back."""
    requerimento = achar_para_agir(request, codigo)
    form = RevogarForm(
        request.POST if request.method == "POST" else None,
        requerimento=requerimento,
        hoje=hoje_em(requerimento.municipio),
        revogaveis=consultas.termo_de(requerimento).revogaveis,
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["quem"] == Requerimento.QuemAssina.ROGO:
            alcance = urlencode({"alcance": form.cleaned_data["alcance"]})
            return redirect(f"{reverse('requerimentos:mandato-rogo', args=[codigo])}?{alcance}")
        if _revogar(request, requerimento, form):
            return redirect("requerimentos:mandato", codigo=codigo)
    return _tela_do_mandato(request, requerimento, form=form, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["POST"])
def renunciar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The manager gives the powers up for the town."""
    requerimento = achar_para_agir(request, codigo)
    if not permissoes.gere(request.user, requerimento.municipio_id):
        raise PermissionDenied
    form = RenunciarForm(request.POST)
    if form.is_valid():
        try:
            servicos.renunciar(requerimento.pk, motivo=form.cleaned_data["motivo"], autor=request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(
                request,
                "Renúncia registrada: o município não age mais neste pedido. Imprima o papel e entregue à pessoa.",
            )
            return redirect("requerimentos:mandato", codigo=codigo)
    return _tela_do_mandato(request, requerimento, renuncia=form, status=422)


def _tela_do_mandato(
    request: RequestDeUsuario,
    requerimento: Requerimento,
    *,
    form: RevogarForm | None = None,
    renuncia: RenunciarForm | None = None,
    status: int = 200,
) -> HttpResponse:
    hoje = hoje_em(requerimento.municipio)
    termo = consultas.termo_de(requerimento)
    contexto = contexto_do_caso(
        request,
        requerimento,
        "mandato",
        form=form or RevogarForm(None, requerimento=requerimento, hoje=hoje, revogaveis=termo.revogaveis),
        renuncia=renuncia or RenunciarForm(),
        gere=permissoes.gere(request.user, requerimento.municipio_id),
        termo=termo,
        hoje=hoje,
        pendencias=consultas.pendencias(requerimento),
        parciais=RevogacaoParcial.objects.filter(requerimento=requerimento).select_related("documento", "autor"),
        revogacao=Revogacao.objects.filter(requerimento=requerimento).select_related("documento", "autor").first(),
        revogavel=requerimento.estado != Etapa.CANCELADO and bool(requerimento.protocolo or termo.assinado),
    )
    return render(request, "requerimentos/mandato/mandato.html", contexto, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rogo(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The three people of a revocation signed a rogo."""
    requerimento = achar_para_agir(request, codigo)
    alcance = (request.POST if request.method == "POST" else request.GET).get("alcance", TUDO)
    form = RogoDaRevogacaoForm(
        request.POST if request.method == "POST" else None,
        requerimento=requerimento,
        alcance=alcance if alcance in dict(ALCANCES) else TUDO,
        agente_cpf=request.user.cpf,
        hoje=hoje_em(requerimento.municipio),
    )
    if request.method == "POST" and form.is_valid() and _revogar(request, requerimento, form):
        return redirect("requerimentos:mandato", codigo=codigo)
    so_isto = dict(ALCANCES)[form.initial["alcance"]] if form.initial["alcance"] != TUDO else ""
    contexto = contexto_do_caso(request, requerimento, "mandato", form=form, so_isto=so_isto)
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/mandato/rogo.html", contexto, status=status)


@login_required
@require_safe
def papel(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    requerimento = achar(request, codigo)
    feita = Revogacao.objects.select_related("documento").filter(requerimento=requerimento).first()
    return entregar_papel(
        request,
        requerimento,
        feita.documento if feita else None,
        nome=f"{'renuncia' if feita and feita.renuncia else 'revogacao'}-{requerimento.pk}.pdf",
        acao="imprimiu o fim do mandato",
        voltar="mandato",
    )


@login_required
@require_safe
def papel_parcial(request: RequestDeUsuario, codigo: uuid.UUID, ato: str) -> HttpResponse | FileResponse:
    requerimento = achar(request, codigo)
    parciais = RevogacaoParcial.objects.select_related("documento").filter(requerimento=requerimento)
    return entregar_papel(
        request,
        requerimento,
        get_object_or_404(parciais, ato=ato).documento,
        nome=f"revogacao-{ato}-{requerimento.pk}.pdf",
        acao="imprimiu a revogação de uma parte do termo",
        voltar="mandato",
    )


def _revogar(request: RequestDeUsuario, requerimento: Requerimento, form: RevogarForm | RogoDaRevogacaoForm) -> bool:
    ato = ato_de(form.cleaned_data["alcance"])
    try:
        if ato:
            servicos.revogar_ato(requerimento.pk, ato=ato, autor=request.user, **form.escolha())
        else:
            servicos.revogar(requerimento.pk, autor=request.user, **form.escolha())
    except ErroDeDominio as erro:
        form.add_error(None, str(erro))
        return False
    feito = "Revogado só isto: o resto do termo continua valendo." if ato else "Termo revogado."
    messages.success(request, f"{feito} Imprima o papel da revogação, colha a assinatura e entregue uma via.")
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def obito(request: RequestDeUsuario, pk: int) -> HttpResponse:
    """Register a death, or read what was registered."""
    achada = _achar_pessoa(request, pk)
    permissoes.exigir_atendente(request.user, achada.municipio_id)
    form = ObitoForm(request.POST if request.method == "POST" else None, hoje=hoje_em(achada.municipio))
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        try:
            servicos.registrar_obito(achada.pk, em=dados["em"], documento=dados["documento"], autor=request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Óbito registrado. Ninguém mais age em nome desta pessoa.")
            return redirect("requerimentos:pessoa", pk=pk)
    return _tela_do_obito(request, achada, form=form, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["POST"])
def desfazer_obito(request: RequestDeUsuario, pk: int) -> HttpResponse:
    achada = _achar_pessoa(request, pk)
    if not permissoes.gere(request.user, achada.municipio_id):
        raise PermissionDenied
    form = DesfazerObitoForm(request.POST)
    if not form.is_valid():
        return _tela_do_obito(request, achada, desfazer=form, status=422)
    servicos.desfazer_obito(achada.pk, motivo=form.cleaned_data["motivo"], autor=request.user)
    messages.success(request, "Registro desfeito. Os pedidos que estão no INSS voltam a ser acompanhados.")
    return redirect("requerimentos:pessoa", pk=pk)


def _achar_pessoa(request: RequestDeUsuario, pk: int) -> Pessoa:
    visiveis = Pessoa.objects.visiveis_para(request.user).select_related("municipio")
    achada = get_object_or_404(visiveis, pk=pk)
    registrar_acesso(request.user, "abriu o cadastro", achada, titular_id=achada.pk, municipio=achada.municipio)
    return achada


def _tela_do_obito(
    request: RequestDeUsuario,
    achada: Pessoa,
    *,
    form: ObitoForm | None = None,
    desfazer: DesfazerObitoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    abertos = Requerimento.objects.filter(pessoa=achada).em_aberto().select_related("servico")
    contexto = {
        "pessoa": achada,
        "registrado": consultas.obito_de(achada),
        "abertos": abertos,
        "form": form or ObitoForm(hoje=hoje_em(achada.municipio)),
        "desfazer": desfazer or DesfazerObitoForm(),
        "gere": permissoes.gere(request.user, achada.municipio_id),
    }
    return render(request, "requerimentos/mandato/obito.html", contexto, status=status)
