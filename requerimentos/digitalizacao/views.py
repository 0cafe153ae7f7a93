"""The documents screen: every action is a small POST that works without scripts; htmx redraws only the slot list."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from act_portal.arquivos.entrega import entregar, entregar_miniatura
from act_portal.arquivos.limites import limites_em
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from requerimentos import permissoes
from requerimentos.demanda.consultas import vagas_do
from requerimentos.digitalizacao import servicos
from requerimentos.digitalizacao.consultas import documentos
from requerimentos.models import Exigencia, Pagina, Peca, Requerimento
from requerimentos.views import achar, contexto_do_caso


@login_required
@require_safe
def tela(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar(request, codigo)
    contexto = contexto_do_caso(request, requerimento, "documentos", **_vagas(requerimento))
    return render(request, "requerimentos/digitalizacao/documentos.html", contexto)


@login_required
@require_safe
def vagas(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Only the list of slots: what the page asks for while files are being made ready."""
    requerimento = _achar_quieto(request, codigo)
    contexto = contexto_do_caso(request, requerimento, "documentos", **_vagas(requerimento))
    return render(request, "requerimentos/digitalizacao/_vagas.html", contexto)


@login_required
@require_POST
def juntar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Many files at once. Each good one is kept even when another is refused; each refusal says what to do."""
    requerimento = _achar_quieto(request, codigo)
    permissoes.exigir_atendente(request.user, requerimento.municipio_id)
    enviados = request.FILES.getlist("arquivos")
    vaga = request.POST.get("vaga", "")
    exigencia = _exigencia(requerimento, request.POST.get("exigencia", ""))
    recusas = []
    for enviado in enviados:
        try:
            servicos.juntar(
                requerimento.pk,
                vaga=vaga,
                enviado=enviado,
                autor=request.user,
                codigo=_codigo(request.POST.get("codigo", "")) if len(enviados) == 1 else None,
                exigencia_id=exigencia.pk if exigencia else None,
            )
        except ErroDeDominio as erro:
            recusas.append(f"{_nome_curto(enviado)}: {erro}")
    if not enviados:
        recusas.append("Escolha um arquivo antes de enviar.")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"recusas": recusas}, status=422 if recusas else 200)
    for recusa in recusas:
        messages.error(request, recusa)
    if len(recusas) < len(enviados):
        messages.success(request, f"{len(enviados) - len(recusas)} arquivo(s) guardado(s).")
    return _voltar(requerimento, exigencia, vaga)


@login_required
@require_POST
def mexer_na_pagina(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    pagina = get_object_or_404(
        Pagina.objects.select_related("peca__requerimento", "peca__exigencia"),
        codigo=codigo,
        peca__requerimento__in=Requerimento.objects.visiveis_para(request.user),
    )
    verbos: dict[str, Any] = {
        "girar": servicos.girar,
        "subir": servicos.subir,
        "descer": servicos.descer,
        "tirar": servicos.tirar,
        "devolver": servicos.devolver,
    }
    acao = request.POST.get("acao", "")
    try:
        if acao == "mudar":
            servicos.mudar_pagina_de_vaga(pagina.pk, vaga=request.POST.get("vaga", ""), autor=request.user)
        elif acao in verbos:
            verbos[acao](pagina.pk, autor=request.user)
        else:
            raise ErroDeDominio("Escolha um dos botões da página.")
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return _voltar(pagina.peca.requerimento, pagina.peca.exigencia, pagina.peca.vaga, request)


@login_required
@require_POST
def mexer_na_peca(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    peca = _achar_peca(request, codigo)
    acao = request.POST.get("acao", "")
    try:
        if acao == "declarar":
            servicos.declarar(peca.pk, natureza=request.POST.get("natureza", ""), autor=request.user)
        elif acao == "mudar":
            servicos.mudar_de_vaga(peca.pk, vaga=request.POST.get("vaga", ""), autor=request.user)
        elif acao == "tirar":
            servicos.tirar_peca(peca.pk, autor=request.user)
        elif acao == "devolver":
            servicos.devolver_peca(peca.pk, autor=request.user)
        else:
            raise ErroDeDominio("Escolha um dos botões da página.")
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return _voltar(peca.requerimento, peca.exigencia, peca.vaga, request)


@login_required
@require_safe
def miniatura(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    pagina = get_object_or_404(
        Pagina.objects.select_related("folha"),
        codigo=codigo,
        peca__requerimento__in=Requerimento.objects.visiveis_para(request.user),
    )
    return entregar_miniatura(pagina.folha, request=request)


@login_required
@require_safe
def ver_pagina(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """The page as it will be sent, as an inert download; who opened it is noted."""
    pagina = get_object_or_404(
        Pagina.objects.select_related("folha", "peca__requerimento__municipio"),
        codigo=codigo,
        peca__requerimento__in=Requerimento.objects.visiveis_para(request.user),
    )
    requerimento = pagina.peca.requerimento
    registrar_acesso(
        request.user,
        "abriu uma página",
        pagina,
        titular_id=requerimento.pessoa_id,
        municipio=requerimento.municipio,
    )
    return entregar(pagina.folha.pdf, nome=f"pagina-{pagina.ordem}.pdf", tipo="application/pdf", request=request)


def _vagas(requerimento: Requerimento) -> dict[str, Any]:
    limites = limites_em(hoje_em(requerimento.municipio))
    docs = documentos(requerimento)
    exigidas = vagas_do(requerimento)
    return {
        "documentos": docs,
        "vagas": [(exigida, docs.por_vaga.get(exigida.vaga.id, [])) for exigida in exigidas],
        "nomes_das_vagas": [(exigida.vaga.id, exigida.vaga.nome) for exigida in exigidas],
        "limites": limites,
        "naturezas": Peca.Natureza.choices,
        "editavel": requerimento.editavel,
    }


def _achar_quieto(request: RequestDeUsuario, codigo: uuid.UUID) -> Requerimento:
    """In scope or 404, without a line in the log of accesses: the page itself was logged when it opened."""
    visiveis = Requerimento.objects.visiveis_para(request.user).select_related("municipio", "pessoa", "servico")
    return get_object_or_404(visiveis, codigo=codigo)


def _achar_peca(request: RequestDeUsuario, codigo: uuid.UUID) -> Peca:
    visiveis = Requerimento.objects.visiveis_para(request.user)
    pecas = Peca.objects.select_related("requerimento", "exigencia")
    return get_object_or_404(pecas, codigo=codigo, requerimento__in=visiveis)


def _exigencia(requerimento: Requerimento, codigo: str) -> Exigencia | None:
    lido = _codigo(codigo)
    return get_object_or_404(requerimento.exigencias, codigo=lido) if lido else None


def _codigo(texto: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(texto)
    except ValueError:
        return None


def _nome_curto(enviado: UploadedFile) -> str:
    nome = enviado.name or "arquivo"
    return nome if len(nome) <= 40 else f"{nome[:25]}…{nome[-12:]}"


def _voltar(
    requerimento: Requerimento, exigencia: Exigencia | None, vaga: str, request: RequestDeUsuario | None = None
) -> HttpResponse:
    """After an action: the redrawn slots for htmx, else the page at the slot that changed."""
    if exigencia:
        return redirect("requerimentos:exigencia", codigo=exigencia.codigo)
    if request is not None and getattr(request, "htmx", False):
        return redirect("requerimentos:vagas", codigo=requerimento.codigo)
    destino = redirect("requerimentos:documentos", codigo=requerimento.codigo)
    destino["Location"] += f"#vaga-{vaga}"
    return destino
