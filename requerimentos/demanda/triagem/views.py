"""The guided identification: one question a screen, then the services with why and why not."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.arquivos.entrega import entregar
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.emissao.situacoes import Situacao
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from requerimentos import permissoes
from requerimentos.demanda import valores
from requerimentos.demanda.triagem import servicos
from requerimentos.demanda.triagem.consultas import Andamento, andamento
from requerimentos.demanda.triagem.forms import RespostaForm, em_palavras
from requerimentos.demanda.triagem.regras import Lugar
from requerimentos.demanda.triagem.roteiro import Pergunta
from requerimentos.formularios import pegar_versao
from requerimentos.models import Atendimento, Triagem
from requerimentos.situacoes import SituacaoAtendimento


@login_required
@require_safe
def conversa(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Go on where the conversation stopped, whoever began it."""
    return _adiante(andamento(_atendimento(request, codigo)))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pergunta(request: RequestDeUsuario, codigo: uuid.UUID, pergunta: str) -> HttpResponse:
    """One question. Answered, the next one; a question that is not on the path leads to the one that is."""
    atendimento = _atendimento(request, codigo)
    permissoes.exigir_atendente(request.user, atendimento.municipio_id)
    atual = andamento(atendimento)
    feita = atual.roteiro.pergunta(pergunta)
    if feita is None:
        raise Http404
    em_curso = atendimento.situacao == SituacaoAtendimento.EM_ATENDIMENTO
    if request.method != "POST":
        return _tela(request, atual, feita) if em_curso and atual.no_caminho(feita) else _adiante(atual)
    form = RespostaForm(request.POST, **_de_quem(atual), pergunta=feita)
    if not form.is_valid():
        return _tela(request, atual, feita, form)
    try:
        servicos.responder(
            atendimento.pk,
            feita.id,
            form.cleaned_data["resposta"],
            autor=request.user,
            versao=form.cleaned_data["versao"] or 0,
        )
    except OutroChegouAntes as erro:
        atual = andamento(atendimento)
        pegar_versao(form, atual.versao)
        form.add_error(None, str(erro))
        return _tela(request, atual, feita, form)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return _adiante(andamento(atendimento))


@login_required
@require_safe
def resultado(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Services in order. While a question is open there is no result yet."""
    atendimento = _atendimento(request, codigo)
    atual = andamento(atendimento)
    atende = permissoes.atende(request.user, atendimento.municipio_id)
    em_curso = atendimento.situacao == SituacaoAtendimento.EM_ATENDIMENTO
    if atende and em_curso and not atual.conversa.terminou:
        return _adiante(atual)
    achado = atual.indicar()
    contexto = {
        **_comum(atual),
        "atende": atende,
        "em_curso": em_curso,
        "resultado": achado,
        "na_empresa": achado.em(Lugar.EMPRESA),
        "cabem": achado.em(Lugar.CABE),
        "a_saber": achado.em(Lugar.FALTA_SABER),
        "orientar": achado.em(Lugar.ORIENTAR),
        "ainda_nao": achado.em(Lugar.AINDA_NAO),
        "nao_cabem": achado.em(Lugar.NAO_CABE),
        "codigo_novo": uuid.uuid4(),
        "folha": atual.triagem.folha if atual.triagem else None,
    }
    return render(request, "requerimentos/triagem/resultado.html", contexto)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def folha(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """POST asks for the orientation sheet; GET hands over the PDF of the last one."""
    atendimento = _atendimento(request, codigo)
    if request.method == "POST":
        permissoes.exigir_atendente(request.user, atendimento.municipio_id)
        try:
            servicos.guardar_folha(atendimento.pk, autor=request.user)
            messages.success(request, "A folha está sendo feita. Em alguns segundos dá para imprimir.")
        except ErroDeDominio as erro:
            messages.error(request, str(erro))
        return redirect("requerimentos:conversa-resultado", codigo=codigo)
    triagem = Triagem.objects.filter(atendimento=atendimento).select_related("folha").first()
    if triagem is None or triagem.folha is None:
        raise Http404
    if triagem.folha.situacao != Situacao.EMITIDO:
        messages.info(request, "A folha ainda está sendo feita. Espere alguns segundos e tente de novo.")
        return redirect("requerimentos:conversa-resultado", codigo=codigo)
    registrar_acesso(
        request.user,
        "imprimiu a folha de orientação",
        atendimento,
        titular_id=atendimento.pessoa_id,
        municipio=atendimento.municipio,
    )
    return entregar(triagem.folha.pdf, nome="orientacao.pdf", tipo="application/pdf", request=request)


@login_required
@require_POST
def concluir(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The visit ends as orientation; the sheet is what the person takes home."""
    atendimento = _atendimento(request, codigo)
    permissoes.exigir_atendente(request.user, atendimento.municipio_id)
    try:
        servicos.concluir(atendimento.pk, autor=request.user)
        messages.success(request, "Atendimento concluído como orientação. Entregue a folha à pessoa.")
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect("requerimentos:conversa-resultado", codigo=codigo)


def _tela(
    request: RequestDeUsuario, atual: Andamento, feita: Pergunta, form: RespostaForm | None = None
) -> HttpResponse:
    status = 422 if form else 200
    guardada = atual.respostas.get(feita.id)
    form = form or RespostaForm(**_de_quem(atual), pergunta=feita, resposta=guardada, versao=atual.versao)
    ids = list(atual.conversa.dadas)
    contexto = {
        **_comum(atual),
        "form": form,
        "pergunta": feita,
        "texto": valores.preencher(feita.texto, atual.hoje),
        "numero": ids.index(feita.id) + 1 if feita.id in ids else len(ids) + 1,
        "limite": atual.roteiro.limite,
        "anterior": atual.anterior(feita),
        "guardada": _em_palavras(feita, atual.respostas.get(feita.id)),
    }
    return render(request, "requerimentos/triagem/pergunta.html", contexto, status=status)


def _de_quem(atual: Andamento) -> dict[str, Any]:
    return {"nascimento": atual.atendimento.pessoa.nascimento, "hoje": atual.hoje}


def _comum(atual: Andamento) -> dict:
    atendimento = atual.atendimento
    return {
        "atendimento": atendimento,
        "pessoa": atendimento.pessoa,
        "idade": atendimento.pessoa.idade_em(atual.hoje),
        "ditas": [
            (feita, texto, _em_palavras(feita, atual.conversa.dadas[feita.id])) for feita, texto in _feitas(atual)
        ],
        "sabidas": [(id, atual.roteiro.pergunta(id), texto) for id, texto in atual.sabidas.items()],
        "terminou": atual.conversa.terminou,
    }


def _feitas(atual: Andamento) -> list[tuple[Pergunta, str]]:
    achadas = [pergunta for pergunta in atual.roteiro.perguntas if pergunta.id in atual.conversa.dadas]
    return [(pergunta, valores.preencher(pergunta.texto, atual.hoje)) for pergunta in achadas]


def _em_palavras(feita: Pergunta, resposta: object) -> str:
    return "" if resposta is None else em_palavras(feita, resposta)


def _adiante(atual: Andamento) -> HttpResponse:
    codigo, proxima = atual.atendimento.codigo, atual.conversa.proxima
    if proxima is None or atual.atendimento.situacao != SituacaoAtendimento.EM_ATENDIMENTO:
        return redirect("requerimentos:conversa-resultado", codigo=codigo)
    return redirect("requerimentos:conversa-pergunta", codigo=codigo, pergunta=proxima.id)


def _atendimento(request: RequestDeUsuario, codigo: uuid.UUID) -> Atendimento:
    """The visit in scope, or 404; what was said in it is about health and income, so looking is noted."""
    visiveis = Atendimento.objects.visiveis_para(request.user).select_related("pessoa", "municipio", "balcao__entidade")
    achado = get_object_or_404(visiveis, codigo=codigo)
    registrar_acesso(request.user, "abriu a conversa", achado, titular_id=achado.pessoa_id, municipio=achado.municipio)
    return achado
