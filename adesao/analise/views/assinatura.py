"""The signed agreement: the town sends it; both sides open what came."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from act_portal.arquivos.entrega import entregar
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from adesao.analise.forms.decisao import AssinarMunicipioForm
from adesao.analise.servicos.assinatura import assinar_municipio, outro_signatario
from adesao.models import Acordo, Assinatura, Papel, Processo
from adesao.papeis.consultas import vigente
from adesao.pedido.views.comum import achar_do_municipio, contexto
from adesao.situacoes import Situacao


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assinar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The town downloads the agreement, signs it outside and sends it."""
    adesao = achar_do_municipio(request, codigo)
    dados = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AssinarMunicipioForm(*dados, processo=adesao, usuario=request.user)
    if request.method == "POST" and form.is_valid():
        campos: dict[str, Any] = dict(form.cleaned_data)
        try:
            assinar_municipio(adesao.pk, campos.pop("arquivo"), autor=request.user, **campos)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Acordo assinado enviado. O INSS confere e assina.")
            if frase := outro_signatario(adesao.acordo.assinaturas.latest("enviado_em", "pk")):
                messages.warning(request, frase)
            return redirect(adesao)
    pagina = contexto(
        adesao,
        "assinar",
        form=form,
        pode=adesao.estado == Situacao.ASSINATURA,
        instrumento=vigente(adesao, Papel.Especie.INSTRUMENTO),
        acordo=Acordo.objects.filter(processo=adesao).prefetch_related("assinaturas").first(),
    )
    return render(request, "adesao/pedido/assinar.html", pagina, status=422 if form.is_bound else 200)


@login_required
@require_safe
def assinado(request: RequestDeUsuario, codigo: uuid.UUID, assinatura: int) -> HttpResponse | FileResponse:
    """The PDF as it came, signatures and all."""
    visiveis = Assinatura.objects.filter(acordo__processo__in=Processo.objects.visiveis_para(request.user))
    achada = get_object_or_404(
        visiveis.select_related("arquivo", "acordo__municipio"), pk=assinatura, acordo__processo__codigo=codigo
    )
    acordo, arquivo = achada.acordo, achada.arquivo
    registrar_acesso(request.user, "abriu o acordo assinado", achada, titular_id=None, municipio=acordo.municipio)
    nome = f"acordo-{acordo.numero.replace('/', '-')}-{achada.parte}.pdf"
    return entregar(arquivo.original, nome=nome, tipo=arquivo.tipo, request=request)
