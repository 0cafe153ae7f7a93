"""Check and send; then the honest state of the delivery."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from requerimentos import permissoes
from requerimentos.envio import servicos
from requerimentos.envio.consultas import andamento_do_envio, fotografar
from requerimentos.envio.regras import o_que_falta
from requerimentos.models import Envio, Requerimento
from requerimentos.situacoes import Etapa, SituacaoEnvio
from requerimentos.views import achar, achar_para_agir, contexto_do_caso, exigir_que_aja


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
        ultimo=_devolvido(requerimento),
    )
    return render(request, "requerimentos/envio/conferencia.html", contexto)


def _devolvido(requerimento: Requerimento) -> Envio | None:
    """The delivery that brought the request back, while it is back."""
    if requerimento.estado != Etapa.DEVOLVIDO:
        return None
    return requerimento.envios.filter(situacao=SituacaoEnvio.RECUSADO, exigencia=None).first()


@login_required
@require_POST
def enviar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    motivo = request.POST.get("incompleto_motivo", "")
    try:
        servicos.enviar(requerimento.pk, autor=request.user, incompleto_motivo=motivo)
    except ErroDeDominio as erro:
        if requerimento.protocolo:
            # The back button, after INSS took it: what was sent is the answer.
            return redirect("requerimentos:envio", codigo=codigo)
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
        contexto_do_caso(request, requerimento, "envio", andamento=andamento_do_envio(requerimento)),
    )


@login_required
@require_safe
def andamento(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Only the state of the delivery: what the page asks for while it is on its way."""
    visiveis = Requerimento.objects.visiveis_para(request.user).select_related("municipio")
    requerimento = get_object_or_404(visiveis, codigo=codigo)
    estado = andamento_do_envio(requerimento)
    if request.htmx and not estado.aberto:
        # Title, steps and messages changed too.
        return HttpResponseClientRefresh()
    contexto = {
        "requerimento": requerimento,
        "andamento": estado,
        "atende": permissoes.atende(request.user, requerimento.municipio_id),
    }
    return render(request, "requerimentos/envio/_andamento.html", contexto)


@login_required
@require_POST
def tentar_agora(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Do not wait for the next attempt."""
    visiveis = Requerimento.objects.visiveis_para(request.user)
    requerimento = get_object_or_404(visiveis, codigo=codigo)
    exigir_que_aja(request, requerimento)
    if servicos.tentar_agora(requerimento.pk, autor=request.user):
        messages.success(request, "O portal está tentando de novo agora.")
    return redirect("requerimentos:envio", codigo=codigo)
