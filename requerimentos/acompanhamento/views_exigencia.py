"""The desk's board of exigências, and one exigência from reading it to answering it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from act_portal.auditoria.servicos import registrar_acesso
from act_portal.cabecalhos import com_camera
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.saidas.consultas import trabalhador_vivo
from act_portal.territorio.consultas import hoje_em
from requerimentos.acompanhamento import consultas, servicos
from requerimentos.acompanhamento.forms import CienciaForm, ProrrogacaoForm, RespostaForm
from requerimentos.digitalizacao import motivo, rascunho
from requerimentos.digitalizacao.celular.consultas import na_mesa
from requerimentos.digitalizacao.consultas import documentos, para_juntar, vaga_da_resposta
from requerimentos.digitalizacao.retorno.consultas import na_bandeja_da_resposta
from requerimentos.digitalizacao.servicos import guardar_rascunho
from requerimentos.mandato.consultas import Ato, exigir_ato
from requerimentos.models import Exigencia
from requerimentos.recorte import Recorte
from requerimentos.situacoes import SituacaoEnvio, SituacaoExigencia
from requerimentos.views import contexto_do_caso, exigir_que_aja, so_com_pedidos

NO_QUADRO = 200
ABERTAS = {SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA}


@login_required
@require_safe
@so_com_pedidos
def exigencias(request: RequestDeUsuario) -> HttpResponse:
    recorte = Recorte.do_endereco(request.GET)
    achadas = consultas.quadro(request.user)
    if recorte:
        achadas = consultas.do_periodo(request.user, recorte, request.GET.get("causa"))
    linhas = list(achadas[: NO_QUADRO + 1])
    # Each town counts days on its own clock; an analyst may see several.
    hojes = {m.pk: hoje_em(m) for m in {linha.requerimento.municipio for linha in linhas}}
    contexto = {
        "linhas": [(linha, hojes[linha.requerimento.municipio_id]) for linha in linhas[:NO_QUADRO]],
        "mais": len(linhas) > NO_QUADRO,
        "varios": len(hojes) > 1,
        "recorte": recorte,
        "total": achadas.count() if recorte else None,
    }
    return render(request, "requerimentos/acompanhamento/exigencias.html", contexto)


@login_required
@require_safe
def exigencia(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela(request, _achar(request, codigo))


@login_required
@require_POST
def guardar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Keep the text without sending it: the button of the page, or the page by itself while somebody writes."""
    achada = _achar(request, codigo, atendendo=True)
    if request.headers.get("Accept") == "application/json":
        return _guardar_sozinha(request, achada)
    if rascunho.levar(request, achada):
        messages.success(request, "Texto guardado. Ele ainda não foi enviado ao INSS.")
    return redirect("requerimentos:exigencia", codigo=codigo)


def _guardar_sozinha(request: RequestDeUsuario, achada: Exigencia) -> JsonResponse:
    texto = request.POST.get("texto", "")
    try:
        achada = guardar_rascunho(achada.pk, texto=texto, versao=rascunho.versao_lida(request), autor=request.user)
    except ErroDeDominio as erro:
        return JsonResponse({"recado": str(erro)}, status=409)
    hora = localtime(achada.rascunho_em, achada.requerimento.municipio.fuso)
    estado = f"Guardado às {hora:%H:%M}. Ainda não foi enviado ao INSS."
    return JsonResponse({"versao": achada.versao, "antes": rascunho.marca(texto), "estado": estado})


@login_required
@require_POST
def responder(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    achada = _achar(request, codigo, atendendo=True)
    lida = rascunho.versao_lida(request)
    antes = achada.versao
    if achada.estado in ABERTAS and not rascunho.levar(request, achada):
        return redirect("requerimentos:exigencia", codigo=codigo)
    form = RespostaForm(request.POST)
    if not form.is_valid():
        return _tela(request, achada, resposta=form, status=422)
    verbo = servicos.declarar_sem_documentos if request.POST.get("acao") == "sem-documentos" else servicos.responder
    try:
        # What this very button has just kept is no news to who pressed it.
        versao = lida if achada.versao == antes else achada.versao
        verbo(achada.pk, texto=form.cleaned_data["texto"], autor=request.user, versao=versao)
    except OutroChegouAntes as erro:
        rascunho.recusar(request, achada, erro)
        return redirect("requerimentos:exigencia", codigo=codigo)
    except ErroDeDominio as erro:
        achada.refresh_from_db(fields=["situacao"])
        if achada.estado not in ABERTAS:
            # A closed exigência has no form to show the sentence and the text in.
            rascunho.recusar(request, achada, erro)
            return redirect("requerimentos:exigencia", codigo=codigo)
        form.add_error(None, str(erro))
        return _tela(request, achada, resposta=form, status=422)
    messages.success(request, "A resposta está a caminho do INSS. Esta página mostra quando ele receber.")
    return redirect("requerimentos:exigencia", codigo=codigo)


@login_required
@require_POST
def ciencia(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    achada = _achar(request, codigo, atendendo=True)
    rascunho.levar(request, achada)
    form = CienciaForm(request.POST, hoje=hoje_em(achada.requerimento.municipio))
    if not form.is_valid():
        return _tela(request, achada, ciencia=form, status=422)
    try:
        mudada = servicos.dar_ciencia(achada.pk, form.cleaned_data["em"], autor=request.user)
    except ErroDeDominio as erro:
        form.add_error("em", str(erro))
        return _tela(request, achada, ciencia=form, status=422)
    messages.success(request, f"Anotado. O último dia para responder é {mudada.prazo:%d/%m/%Y}.")
    return redirect("requerimentos:exigencia", codigo=codigo)


@login_required
@require_POST
def prorrogar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    achada = _achar(request, codigo, atendendo=True)
    rascunho.levar(request, achada)
    form = ProrrogacaoForm(request.POST)
    if not form.is_valid():
        return _tela(request, achada, prorrogacao=form, status=422)
    try:
        servicos.pedir_prorrogacao(achada.pk, motivo=form.cleaned_data["motivo"], autor=request.user)
    except ErroDeDominio as erro:
        form.add_error(None, str(erro))
        return _tela(request, achada, prorrogacao=form, status=422)
    messages.warning(
        request, "Anotado no portal. Peça também no Meu INSS ou pelo 135: a data só muda quando o INSS mudar."
    )
    return redirect("requerimentos:exigencia", codigo=codigo)


def _achar(request: RequestDeUsuario, codigo: uuid.UUID, *, atendendo: bool = False) -> Exigencia:
    visiveis = Exigencia.objects.visiveis_para(request.user).select_related(
        "requerimento__pessoa", "requerimento__servico", "requerimento__municipio", "requerimento__balcao__entidade",
        "requerimento__atendente", "requerimento__representante", "respondida_por", "rascunho_por",
    )  # fmt: skip
    achada = get_object_or_404(visiveis, codigo=codigo)
    requerimento = achada.requerimento
    if atendendo:
        exigir_que_aja(request, requerimento)
        exigir_ato(requerimento, Ato.EXIGENCIA)
    registrar_acesso(
        request.user,
        "abriu a exigência",
        requerimento,
        titular_id=requerimento.pessoa_id,
        municipio=requerimento.municipio,
    )
    return achada


@com_camera
def _tela(
    request: RequestDeUsuario,
    achada: Exigencia,
    *,
    resposta: RespostaForm | None = None,
    ciencia: CienciaForm | None = None,
    prorrogacao: ProrrogacaoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    requerimento = achada.requerimento
    hoje = hoje_em(requerimento.municipio)
    docs = documentos(requerimento, achada)
    motivo.devolver(request, docs)
    envio, trabalho = consultas.envio_da(achada)
    guardado, recusado = achada.texto_em_preparo, rascunho.devolver(request, achada)
    contexto: dict[str, Any] = contexto_do_caso(
        request,
        requerimento,
        "acompanhamento",
        exigencia=achada,
        hoje=hoje,
        editavel=achada.estado in ABERTAS,
        documentos=docs,
        dificeis=[texto for item in docs.todas for texto in (*item.alheias, *item.duvidosas, *item.dificeis)],
        na_bandeja=na_bandeja_da_resposta(achada),
        vaga=vaga_da_resposta(docs),
        nomes_das_vagas=[],
        **para_juntar(),
        **na_mesa(requerimento, achada),
        envio=envio,
        devolvida=envio is not None and envio.estado == SituacaoEnvio.RECUSADO,
        trabalho=trabalho,
        trabalhador_parado=not trabalhador_vivo(),
        sem_documentos=servicos.SEM_DOCUMENTOS,
        resposta=resposta or RespostaForm(initial={"texto": guardado if recusado is None else recusado}),
        antes=rascunho.marca(guardado),
        guardado=[] if recusado is None else [("Resposta ao INSS", guardado or "em branco")],
        sobra=recusado or achada.rascunho,
        ciencia=ciencia or CienciaForm(hoje=hoje),
        prorrogacao=prorrogacao or ProrrogacaoForm(),
    )
    contexto["atende"] &= Ato.EXIGENCIA not in contexto["atos_revogados"]
    return render(request, "requerimentos/acompanhamento/exigencia.html", contexto, status=status)
