"""The place to drop signed papers, and the tray of each desk for the pages that could not file themselves."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from act_portal.arquivos.entrega import entregar, entregar_miniatura
from act_portal.arquivos.envio import contar_na_tela, em_json, juntar_enviados
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from requerimentos import permissoes
from requerimentos.digitalizacao.retorno import servicos
from requerimentos.digitalizacao.retorno.consultas import NA_TELA, com_acoes, descartadas, na_bandeja
from requerimentos.models import FolhaDevolvida, Requerimento, Retorno
from requerimentos.views import exigir_que_aja, so_com_pedidos


@login_required
@require_POST
def juntar_assinados(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """All signed papers at once, in any order; the worker reads their codes and files them."""
    visiveis = Requerimento.objects.visiveis_para(request.user).select_related("municipio", "pessoa")
    requerimento = get_object_or_404(visiveis, codigo=codigo)
    exigir_que_aja(request, requerimento)

    def juntar_um(enviado: UploadedFile, codigo_do_envio: uuid.UUID | None) -> Retorno:
        return servicos.receber_retorno(requerimento.pk, enviado=enviado, autor=request.user, codigo=codigo_do_envio)

    recusas = juntar_enviados(request, "assinados", juntar_um)
    if resposta := em_json(request, recusas):
        return resposta
    contar_na_tela(request, recusas)
    destino = redirect("requerimentos:documentos", codigo=codigo)
    if not recusas:
        destino["Location"] += "#assinados"
    return destino


@login_required
@require_safe
@so_com_pedidos
def bandeja(request: RequestDeUsuario) -> HttpResponse:
    """What could not be filed, desk by desk. Somebody's papers are on this page: who opens it is noted."""
    folhas = list(na_bandeja(request.user)[: NA_TELA + 1])
    jogadas = list(descartadas(request.user))
    vistos = {folha.retorno.requerimento for folha in (*folhas[:NA_TELA], *jogadas)}
    for pedido in sorted(vistos, key=lambda p: p.pk):
        registrar_acesso(
            request.user, "abriu a bandeja", pedido, titular_id=pedido.pessoa_id, municipio=pedido.municipio
        )
    linhas = [com_acoes(folha) for folha in folhas[:NA_TELA]]
    contexto = {
        "balcoes": [(balcao, list(grupo)) for balcao, grupo in groupby(linhas, key=lambda n: n.pedido.balcao)],
        "mais": len(folhas) > NA_TELA,
        "descartadas": jogadas,
        "atende": permissoes.no_balcao(request.user),
    }
    return render(request, "requerimentos/retorno/bandeja.html", contexto)


@login_required
@require_POST
def resolver(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    folha = _achar(request, codigo)
    exigir_que_aja(request, folha.retorno.requerimento)
    verbos: dict[str, tuple[Callable[..., Any], str]] = {
        "por": (
            lambda pk, autor: servicos.por_na_vaga(pk, vaga=request.POST.get("vaga", ""), autor=autor),
            "A folha foi para a vaga.",
        ),
        "dono": (servicos.por_no_dono, "A folha foi para o pedido dela."),
        "trocar": (servicos.trocar, "A imagem nova está na vaga; a antiga foi para a lixeira do pedido."),
        "descartar": (servicos.descartar, "A folha saiu da bandeja. Ela fica no fim da página, em “Descartadas”."),
        "recuperar": (servicos.recuperar, "A folha voltou para a bandeja."),
    }
    verbo, frase = verbos.get(request.POST.get("acao", ""), (None, ""))
    try:
        if verbo is None:
            raise ErroDeDominio("Escolha um dos botões da página.")
        verbo(folha.pk, autor=request.user)
        messages.success(request, frase)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect("requerimentos:bandeja")


@login_required
@require_safe
def miniatura(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return entregar_miniatura(_achar(request, codigo).folha, request=request)


@login_required
@require_safe
def ver_folha(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """The page as it was scanned, to read what the machine could not; who opened it is noted."""
    folha = _achar(request, codigo)
    # The paper's own person, when the code names one: that is whose data was read.
    dono = folha.papel.conjunto.requerimento if folha.papel else folha.retorno.requerimento
    registrar_acesso(
        request.user, "abriu uma folha da bandeja", dono, titular_id=dono.pessoa_id, municipio=dono.municipio
    )
    return entregar(folha.folha.pdf, nome="folha.pdf", tipo="application/pdf", request=request)


def _achar(request: RequestDeUsuario, codigo: uuid.UUID) -> FolhaDevolvida:
    visiveis = FolhaDevolvida.objects.visiveis_para(request.user).select_related(
        "folha", "papel__conjunto__requerimento__municipio", "retorno__requerimento__municipio"
    )
    return get_object_or_404(visiveis, codigo=codigo)
