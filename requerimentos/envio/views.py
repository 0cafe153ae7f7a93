"""Check and send; then the honest state of the delivery."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.saidas.consultas import situacao_de, trabalhador_vivo
from requerimentos.envio import servicos
from requerimentos.envio.consultas import fotografar
from requerimentos.envio.regras import o_que_falta
from requerimentos.models import Envio, Requerimento
from requerimentos.situacoes import SituacaoEnvio
from requerimentos.views import achar, contexto_do_caso


@login_required
@require_safe
def conferencia(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar(request, codigo)
    foto = fotografar(requerimento)
    faltas = o_que_falta(foto) if requerimento.editavel else []
    contexto = contexto_do_caso(
        request,
        requerimento,
        "conferencia",
        faltas=faltas,
        foto=foto,
        pode_incompleto=bool(faltas) and not any(f.impede for f in faltas),
        editavel=requerimento.editavel,
        ultimo=requerimento.envios.filter(situacao=SituacaoEnvio.RECUSADO).first(),
    )
    return render(request, "requerimentos/envio/conferencia.html", contexto)


@login_required
@require_POST
def enviar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar(request, codigo)
    motivo = request.POST.get("incompleto_motivo", "")
    try:
        servicos.enviar(requerimento.pk, autor=request.user, incompleto_motivo=motivo)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("requerimentos:conferencia", codigo=codigo)
    return redirect("requerimentos:envio", codigo=codigo)


@login_required
@require_safe
def envio(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar(request, codigo)
    return render(
        request,
        "requerimentos/envio/envio.html",
        contexto_do_caso(request, requerimento, "envio", **_andamento(requerimento)),
    )


@login_required
@require_safe
def andamento(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Only the state of the delivery: what the page asks for while it is on its way."""
    requerimento = achar(request, codigo)
    contexto = {"requerimento": requerimento, **_andamento(requerimento)}
    return render(request, "requerimentos/envio/_andamento.html", contexto)


def _andamento(requerimento: Requerimento) -> dict:
    ultimo = Envio.objects.filter(requerimento=requerimento).prefetch_related("partes").first()
    aberto = ultimo is not None and ultimo.estado in {SituacaoEnvio.MONTANDO, SituacaoEnvio.NA_FILA}
    saida = None
    if ultimo is not None and aberto:
        tipo = servicos.MONTAR if ultimo.estado == SituacaoEnvio.MONTANDO else servicos.TRANSMITIR
        saida = situacao_de(f"{tipo}:{ultimo.pk}")
    return {"envio": ultimo, "aberto": aberto, "saida": saida, "trabalhador_parado": not trabalhador_vivo()}
