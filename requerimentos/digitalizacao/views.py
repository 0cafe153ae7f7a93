"""The documents screen: every action is a small POST that works without scripts; htmx redraws only the slot list."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from act_portal.arquivos.entrega import entregar, entregar_miniatura
from act_portal.arquivos.envio import contar_na_tela, em_json, juntar_enviados, ler_codigo
from act_portal.arquivos.limites import limites_em
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.cabecalhos import com_camera
from act_portal.contas.requests import RequestDeUsuario
from act_portal.contas.sessao import guarda_digitado
from act_portal.erros import ErroDeDominio
from act_portal.saidas.consultas import trabalhador_vivo
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda.consultas import vagas_do
from requerimentos.digitalizacao import motivo, rascunho, servicos
from requerimentos.digitalizacao.celular.consultas import na_mesa
from requerimentos.digitalizacao.conserto import servicos as consertos
from requerimentos.digitalizacao.consultas import (
    VAGA_DA_EXIGENCIA,
    Documentos,
    VagaNaTela,
    documentos,
    marcar_repetidas,
    para_juntar,
    para_trazer_de_casa,
    vagas_na_tela,
)
from requerimentos.digitalizacao.fe import forms as identificacao
from requerimentos.digitalizacao.fe import servicos as fe
from requerimentos.digitalizacao.fe.consultas import marcar_epoca, nomes_do_caso
from requerimentos.digitalizacao.regras import sobre_o_tamanho
from requerimentos.digitalizacao.retorno.consultas import retorno_do
from requerimentos.fichas.consultas import fichas_do
from requerimentos.models import Exigencia, Pagina, Peca, Requerimento, Ressalva
from requerimentos.views import achar, contexto_do_caso, exigir_que_aja

BOTAO_DESCONHECIDO = "Escolha um dos botões da página."


@login_required
@require_safe
@com_camera
def tela(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar(request, codigo)
    no_pedido = _vagas(requerimento) | na_mesa(requerimento)
    identificacao.devolver(request, no_pedido["documentos"])
    motivo.devolver(request, no_pedido["documentos"])
    contexto = contexto_do_caso(request, requerimento, "documentos", **no_pedido)
    return render(request, "requerimentos/digitalizacao/documentos.html", contexto)


@login_required
@require_safe
def vagas(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Only the list of slots: what the page asks for while files are being made ready."""
    requerimento = achar_quieto(request, codigo)
    no_pedido = _vagas(requerimento)
    identificacao.devolver(request, no_pedido["documentos"])
    motivo.devolver(request, no_pedido["documentos"])
    contexto = contexto_do_caso(request, requerimento, "documentos", sozinha=True, **no_pedido)
    return render(request, "requerimentos/digitalizacao/_vagas.html", contexto)


@guarda_digitado(*rascunho.DIGITADOS)
@login_required
@require_POST
def juntar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Many files at once. Each good one is kept even when another is refused; each refusal says what to do."""
    requerimento = achar_quieto(request, codigo)
    exigir_que_aja(request, requerimento)
    exigencia = achar_exigencia(requerimento, request.POST.get("exigencia", ""))
    vaga = _vaga(request, exigencia)
    if exigencia:
        rascunho.levar(request, exigencia)

    def juntar_um(enviado: UploadedFile, codigo_do_envio: uuid.UUID | None) -> Peca:
        return servicos.juntar(
            requerimento.pk,
            vaga=vaga,
            enviado=enviado,
            autor=request.user,
            codigo=codigo_do_envio,
            exigencia_id=exigencia.pk if exigencia else None,
        )

    recusas = juntar_enviados(request, vaga, juntar_um)
    if resposta := em_json(request, recusas):
        return resposta
    contar_na_tela(request, recusas)
    # A refusal is read at the top of the page; otherwise the person goes on in the same slot.
    return _voltar(request, requerimento, exigencia, "" if recusas else vaga)


@login_required
@require_POST
def declarar_vaga(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """One word for every document of a slot that has none yet."""
    requerimento = achar_quieto(request, codigo)
    exigir_que_aja(request, requerimento)
    exigencia = achar_exigencia(requerimento, request.POST.get("exigencia", ""))
    vaga = _vaga(request, exigencia)
    if exigencia:
        rascunho.levar(request, exigencia)
    try:
        servicos.declarar_vaga(
            requerimento.pk,
            vaga=vaga,
            natureza=request.POST.get("natureza", ""),
            autor=request.user,
            exigencia_id=exigencia.pk if exigencia else None,
        )
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return _voltar(request, requerimento, exigencia, vaga)


@login_required
@require_POST
def marcar_ausente(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Nobody brought the document of a slot; `acao` "tirar-ressalva" takes the mark back."""
    requerimento = achar_quieto(request, codigo)
    exigir_que_aja(request, requerimento)
    vaga = request.POST.get("vaga", "")
    try:
        if request.POST.get("acao") == "tirar-ressalva":
            fe.nao_faltou(requerimento.pk, vaga=vaga, autor=request.user)
        else:
            fe.faltou(requerimento.pk, vaga=vaga, trazer=request.POST.get("trazer", ""), autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return _voltar(request, requerimento, None, vaga)


@login_required
@require_safe
def o_que_trazer(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The sheet that the person takes home: what to bring, in the words of the documents page."""
    requerimento = achar(request, codigo)
    vagas = vagas_na_tela(vagas_do(requerimento), documentos(requerimento))
    frases = para_trazer_de_casa(vagas)
    contexto = {"requerimento": requerimento, "frases": frases, "hoje": hoje_em(requerimento.municipio)}
    return render(request, "requerimentos/digitalizacao/o_que_trazer.html", contexto)


@login_required
@require_POST
def mexer_na_pagina(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    pagina = get_object_or_404(
        Pagina.objects.select_related("peca__requerimento", "peca__exigencia"),
        codigo=codigo,
        peca__requerimento__in=Requerimento.objects.visiveis_para(request.user),
    )
    exigir_que_aja(request, pagina.peca.requerimento)
    verbos: dict[str, Callable[..., Any]] = {
        "girar": servicos.girar,
        "desfazer": consertos.desfazer,
        "subir": servicos.subir,
        "descer": servicos.descer,
        "tirar": servicos.tirar,
        "devolver": servicos.devolver,
        "manter": lambda pk, autor: servicos.manter(pk, por_que=motivo.lido(request, pk), autor=autor),
        "mudar": lambda pk, autor: servicos.mudar_pagina_de_vaga(pk, vaga=request.POST.get("vaga", ""), autor=autor),
    }
    if pagina.peca.exigencia:
        rascunho.levar(request, pagina.peca.exigencia)
    if request.POST.get("acao") == "abrir-conserto":
        conserto = redirect("requerimentos:conserto", codigo=pagina.codigo)
        return HttpResponseClientRedirect(conserto["Location"]) if request.htmx else conserto
    motivo.aceitar(request)
    _fazer(request, verbos, pagina.pk, acao=request.POST.get("acao", ""))
    return _voltar(request, pagina.peca.requerimento, pagina.peca.exigencia, pagina.peca.vaga)


@login_required
@require_POST
def mexer_na_peca(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    peca = get_object_or_404(
        Peca.objects.select_related("requerimento", "exigencia"),
        codigo=codigo,
        requerimento__in=Requerimento.objects.visiveis_para(request.user),
    )
    exigir_que_aja(request, peca.requerimento)
    dados = request.POST
    verbos: dict[str, Callable[..., Any]] = {
        "declarar": lambda pk, autor: servicos.declarar(pk, natureza=dados.get("natureza", ""), autor=autor),
        "mudar": lambda pk, autor: servicos.mudar_de_vaga(pk, vaga=dados.get("vaga", ""), autor=autor),
        "tirar": servicos.tirar_peca,
        "devolver": servicos.devolver_peca,
        "conferir": fe.conferir,
        "desconferir": fe.desconferir,
        "identificar": lambda pk, autor: fe.identificar(pk, **identificacao.ler_identificacao(dados), autor=autor),
        "ressalvar": lambda pk, autor: fe.ressalvar(
            pk, estado=dados.get("estado", ""), trazer=dados.get("trazer", ""), autor=autor
        ),
        "tirar-ressalva": fe.tirar_ressalva,
    }
    if peca.exigencia:
        rascunho.levar(request, peca.exigencia)
    # A button says one thing: what the document is, or what to do with it.
    acao = "declarar" if "natureza" in dados else dados.get("acao", "")
    identificacao.aceitar(request)
    _fazer(request, verbos, peca.pk, acao=acao)
    return _voltar(request, peca.requerimento, peca.exigencia, peca.vaga)


def _fazer(request: RequestDeUsuario, verbos: dict[str, Callable[..., Any]], pk: int, *, acao: str) -> None:
    """Do what the button says; a refusal is told by the next page."""
    verbo = verbos.get(acao)
    try:
        if verbo is None:
            raise ErroDeDominio(BOTAO_DESCONHECIDO)
        verbo(pk, autor=request.user)
    except servicos.MotivoQueNaoServe as erro:
        motivo.recusar(request, pk, erro)
    except ErroDeDominio as erro:
        if acao == "identificar" and verbo:
            identificacao.recusar(request, pk, erro)
        else:
            messages.error(request, str(erro))


@login_required
@require_safe
def miniatura(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    pagina = get_object_or_404(
        Pagina.objects.select_related("folha__arquivo"),
        codigo=codigo,
        recolhida_em=None,
        peca__requerimento__in=Requerimento.objects.visiveis_para(request.user),
    )
    return entregar_miniatura(pagina.folha, request=request)


@login_required
@require_safe
def ver_pagina(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """The page as it will be sent, as an inert download; who opened it is noted."""
    pagina = get_object_or_404(
        Pagina.objects.select_related("folha__arquivo", "peca__requerimento__municipio"),
        codigo=codigo,
        recolhida_em=None,
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
    docs = documentos(requerimento)
    marcar_repetidas(requerimento, docs)
    retorno = retorno_do(requerimento)
    vagas = vagas_na_tela(vagas_do(requerimento), docs)
    limites = limites_em(hoje_em(requerimento.municipio))
    return {
        "documentos": docs,
        "retorno": retorno,
        "esperando": docs.preparando or bool(retorno and retorno.lendo),
        "vagas": vagas,
        "faltam": sum(1 for vaga in vagas if vaga.tom == "falta"),
        "nomes_das_vagas": [(vaga.id, vaga.nome) for vaga in vagas],
        "nomes_do_caso": _identificar(requerimento, docs, vagas),
        "estados": [(e.value, e.label) for e in Ressalva.Estado if e != Ressalva.Estado.AUSENTE],
        "ha_o_que_trazer": bool(para_trazer_de_casa(vagas)),
        "limites": limites,
        "sobre_o_tamanho": sobre_o_tamanho(docs.bytes, limites.requerimento_bytes),
        "editavel": requerimento.editavel,
        "trabalhador_parado": docs.preparando and not trabalhador_vivo(),
        **para_juntar(),
    }


def _identificar(requerimento: Requerimento, docs: Documentos, vagas: list[VagaNaTela]) -> list[str]:
    """Names to choose from; only where a service asks whose a paper is and from when are the packs opened for it."""
    if not any(vaga.pede and vaga.pecas for vaga in vagas):
        return []
    fichas = fichas_do(requerimento)
    marcar_epoca(requerimento, docs, fichas)
    return nomes_do_caso(requerimento, fichas)


def achar_quieto(request: RequestDeUsuario, codigo: uuid.UUID) -> Requerimento:
    """In scope or 404, without a line in the log of accesses: the page itself was logged when it opened."""
    visiveis = Requerimento.objects.visiveis_para(request.user).select_related("municipio", "pessoa", "servico")
    return get_object_or_404(visiveis, codigo=codigo)


def achar_exigencia(requerimento: Requerimento, codigo: str) -> Exigencia | None:
    lido = ler_codigo(codigo)
    return get_object_or_404(requerimento.exigencias, codigo=lido) if lido else None


def _vaga(request: RequestDeUsuario, exigencia: Exigencia | None) -> str:
    """The answer to an exigência has one slot only, so its page need not name it."""
    return VAGA_DA_EXIGENCIA if exigencia else request.POST.get("vaga", "")


def _voltar(
    request: RequestDeUsuario, requerimento: Requerimento, exigencia: Exigencia | None, vaga: str
) -> HttpResponse:
    """After an action: the redrawn slots for htmx, else the page at the slot that changed."""
    if exigencia:
        destino = redirect("requerimentos:exigencia", codigo=exigencia.codigo)
        return HttpResponseClientRedirect(destino["Location"]) if request.htmx else destino
    if request.htmx:
        return redirect("requerimentos:vagas", codigo=requerimento.codigo)
    destino = redirect("requerimentos:documentos", codigo=requerimento.codigo)
    if vaga:
        destino["Location"] += f"#vaga-{vaga}"
    return destino
