"""A request after it left: how INSS stands, what was told, the receipt, the result."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reselect, reswap, retarget

from act_portal.arquivos.entrega import entregar as entregar_arquivo
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.cotas.servicos import consumir
from act_portal.erros import ErroDeDominio
from act_portal.saidas.consultas import trabalhador_vivo
from act_portal.telas.respostas import vezes_demais
from act_portal.territorio.consultas import hoje_em
from requerimentos.acompanhamento import consultas, ronda, servicos
from requerimentos.acompanhamento.forms import EntregaForm
from requerimentos.agenda.consultas import no_caso, pedido_ao_inss
from requerimentos.avisos.servicos import marcar_visto
from requerimentos.consultas import linha_do_tempo
from requerimentos.demanda.catalogo import carregar
from requerimentos.mandato.consultas import Ato, atos_revogados
from requerimentos.models import Aviso, Requerimento, Resultado
from requerimentos.papeis.entrega import entregar_papel
from requerimentos.situacoes import Etapa
from requerimentos.views import achar, achar_para_agir, contexto_do_caso

NA_LINHA_DO_TEMPO = 12
CONSULTAS, JANELA = 3, timedelta(minutes=1)


@login_required
@require_safe
def acompanhamento(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Asked by itself, only the card of INSS is drawn again; when anything else changed too, the whole of the page."""
    requerimento = achar(request, codigo)
    inss, comprovante = consultas.estado_do_inss(requerimento), consultas.comprovante_atual(requerimento)
    avisos = list(requerimento.avisos.order_by("-criado_em", "-pk"))
    partes: dict[str, Any] = {
        "exigencias": list(requerimento.exigencias.order_by("-emitida_em", "-pk")),
        "agenda": no_caso(requerimento),
        "avisos": avisos,
        "comprovante": comprovante,
        "linhas": linha_do_tempo(requerimento, quantos=NA_LINHA_DO_TEMPO),
    }
    retrato = consultas.retrato(requerimento, **partes)
    contexto = contexto_do_caso(
        request,
        requerimento,
        "acompanhamento",
        inss=inss,
        trabalhador_parado=not trabalhador_vivo(),
        hoje=hoje_em(requerimento.municipio),
        retrato=retrato,
        pedido_ao_inss=pedido_ao_inss(requerimento),
        espera=consultas.espera_da_pagina(inss, avisos, comprovante, partes["agenda"]),
        **partes,
    )
    resposta = render(request, "requerimentos/acompanhamento/acompanhamento.html", contexto)
    if request.htmx and request.GET.get("retrato") != retrato:
        resposta = reswap(reselect(retarget(resposta, "#conteudo"), "#conteudo"), "outerHTML")
    return resposta


@login_required
@require_POST
def consultar_agora(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Ask INSS now, in the worker: a slow INSS must not hold the page."""
    requerimento = achar_para_agir(request, codigo)
    if not consumir("consultar-inss", str(requerimento.pk), maximo=CONSULTAS, janela=JANELA):
        return vezes_demais(request, espera=JANELA, mensagem="O INSS acabou de ser consultado sobre este pedido.")
    if ronda.pedir_consulta(requerimento.pk):
        messages.info(request, "Perguntando ao INSS. A resposta aparece aqui.")
    else:
        messages.info(request, "Este pedido já terminou: o INSS não é mais consultado.")
    return redirect("requerimentos:acompanhamento", codigo=codigo)


@login_required
@require_POST
def aviso_visto(request: RequestDeUsuario, pk: int) -> HttpResponse:
    visiveis = Requerimento.objects.visiveis_para(request.user)
    aviso = get_object_or_404(Aviso.objects.select_related("requerimento"), pk=pk, requerimento__in=visiveis)
    marcar_visto(aviso.pk, autor=request.user)
    messages.success(request, "Anotado: você avisou a pessoa de outro jeito.")
    return redirect("requerimentos:acompanhamento", codigo=aviso.requerimento.codigo)


# --- The receipt --------------------------------------------------------------------------------------------------
@login_required
@require_safe
def comprovante(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    requerimento = achar(request, codigo)
    return entregar_papel(
        request,
        requerimento,
        consultas.comprovante_atual(requerimento),
        nome=f"comprovante-{requerimento.protocolo}.pdf",
        acao="imprimiu o comprovante",
        voltar="acompanhamento",
    )


@login_required
@require_POST
def trocar_chave(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    try:
        servicos.trocar_chave(requerimento.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, "A chave antiga não vale mais. O comprovante novo fica pronto em instantes.")
    return redirect("requerimentos:acompanhamento", codigo=codigo)


# --- The result ---------------------------------------------------------------------------------------------------
@login_required
@require_safe
def resultado(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar(request, codigo)
    form = EntregaForm(initial={"a_quem": requerimento.pessoa.nome})
    return _tela_do_resultado(request, requerimento, form)


@login_required
@require_POST
def entregar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    form = EntregaForm(request.POST)
    if not form.is_valid():
        return _tela_do_resultado(request, requerimento, form, status=422)
    try:
        servicos.entregar_resultado(requerimento.pk, autor=request.user, **form.cleaned_data)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, "Entrega registrada. Imprima o termo e colha a assinatura.")
    return redirect("requerimentos:resultado", codigo=codigo)


@login_required
@require_safe
def carta(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    requerimento = achar(request, codigo)
    achado = get_object_or_404(Resultado, requerimento=requerimento)
    if not achado.carta:
        raise Http404
    registrar_acesso(
        request.user,
        "baixou a carta",
        requerimento,
        titular_id=requerimento.pessoa_id,
        municipio=requerimento.municipio,
    )
    nome = f"carta-{requerimento.protocolo}.pdf"
    return entregar_arquivo(achado.carta, nome=nome, tipo="application/pdf", request=request)


@login_required
@require_safe
def termo_entrega(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    requerimento = achar(request, codigo)
    achado = Resultado.objects.select_related("prova").filter(requerimento=requerimento).first()
    return entregar_papel(
        request,
        requerimento,
        achado.prova if achado else None,
        nome=f"termo-de-entrega-{requerimento.protocolo}.pdf",
        acao="imprimiu o termo de entrega",
        voltar="resultado",
    )


def _tela_do_resultado(
    request: RequestDeUsuario, requerimento: Requerimento, form: EntregaForm, *, status: int = 200
) -> HttpResponse:
    achado = Resultado.objects.select_related("prova", "entregue_por").filter(requerimento=requerimento).first()
    contexto = contexto_do_caso(
        request,
        requerimento,
        "resultado",
        resultado=achado,
        palavras=consultas.RESULTADO_EM_PALAVRAS[achado.tipo] if achado else "",
        recurso=carregar().recurso_contra(requerimento.servico_codigo),
        recurso_revogado=atos_revogados(requerimento).get(Ato.RECURSO, ""),
        entregavel=requerimento.estado == Etapa.RESULTADO,
        hoje=hoje_em(requerimento.municipio),
        visita=consultas.visita_em_curso(requerimento.pessoa_id, request.user),
        trabalhador_parado=not trabalhador_vivo(),
        form=form,
    )
    return render(request, "requerimentos/acompanhamento/resultado.html", contexto, status=status)
