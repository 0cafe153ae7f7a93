"""Choose the service, see what it needs, answer its questions."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.territorio.consultas import hoje_em
from requerimentos import permissoes
from requerimentos.demanda import servicos
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import fatos_da_pessoa, fatos_do_requerimento, mais_pedidos, servico_do
from requerimentos.demanda.forms import RespostasForm
from requerimentos.demanda.perguntas import abertas
from requerimentos.demanda.regras import (
    Fatos,
    Tom,
    avisos_da_pessoa,
    bom_saber,
    elegibilidade,
    separar,
    vagas_exigidas,
)
from requerimentos.demanda.servico import Servico
from requerimentos.demanda.triagem.consultas import respostas_para
from requerimentos.formularios import pegar_versao
from requerimentos.mandato.consultas import exigir_vida
from requerimentos.models import Atendimento
from requerimentos.recepcao.novos import AONDE, fim_dos_novos, por_que_nao_abre
from requerimentos.views import achar_para_agir, contexto_do_caso


@login_required
@require_safe
def escolher(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The catalogue for the person of this visit: search; without one, the most used, then all by group."""
    atendimento = _atendimento(request, codigo)
    texto = request.GET.get("q", "").strip()[:80]
    hoje, catalogo, entidade = hoje_em(atendimento.municipio), carregar(), atendimento.balcao.entidade
    contexto: dict[str, Any] = {
        "atendimento": atendimento,
        "atende": permissoes.atende(request.user, atendimento.municipio_id),
        "texto": texto,
        "novos": fim_dos_novos(entidade, hoje),
        "fora": {s.codigo for s in catalogo.vigentes(hoje) if not entidade.autoriza(s.pedido_como or s.codigo)},
    }
    if texto:
        contexto["achados"] = [s for s in catalogo.buscar(texto) if s.vigente(hoje)]
    else:
        # A rule is found by its name; whoever only looks sees the whole service once.
        vigentes = {s.codigo: s for s in catalogo.vigentes(hoje) if s.modo != "regra"}
        contexto["frequentes"] = [vigentes[c] for c in mais_pedidos(atendimento.municipio) if c in vigentes]
        contexto["grupos"] = catalogo.por_grupo(vigentes.values())
    return render(request, "requerimentos/demanda/escolher.html", contexto)


@login_required
@require_safe
def servico(request: RequestDeUsuario, codigo: uuid.UUID, servico_codigo: str) -> HttpResponse:
    """What this service asks of this person, before anything is opened."""
    atendimento = _atendimento(request, codigo)
    hoje = hoje_em(atendimento.municipio)
    achado = _servico(servico_codigo, hoje)
    fatos = fatos_da_pessoa(atendimento.pessoa, hoje)
    palavras, novos = carregar().vocabulario, fim_dos_novos(atendimento.balcao.entidade, hoje)
    pedido_como = achado.pedido_como or achado.codigo
    parado = "" if achado.orientar else por_que_nao_abre(atendimento.balcao.entidade, pedido_como, hoje)
    aonde = AONDE if parado else achado.aonde
    contexto = {
        "atendimento": atendimento,
        "pessoa": atendimento.pessoa,
        "atende": permissoes.atende(request.user, atendimento.municipio_id),
        "le_catalogo": permissoes.le_catalogo(request.user),
        "codigo_novo": uuid.uuid4(),
        "agendamentos": [palavras.agendamentos[a] for a in achado.agendamentos],
        "canais": [palavras.canais[c] for c in achado.canais],
        "orientacao": "\n".join([f"{achado.nome}:", *aonde]),
        "aonde": aonde,
        "novos": novos,
        "parado": parado,
        "so_orienta": bool(parado) or achado.orientar,
        **_leitura(achado, fatos, hoje),
    }
    return render(request, "requerimentos/demanda/servico.html", contexto)


@login_required
@require_POST
def abrir(request: RequestDeUsuario, codigo: uuid.UUID, servico_codigo: str) -> HttpResponse:
    atendimento = _atendimento(request, codigo)
    permissoes.exigir_atendente(request.user, atendimento.municipio_id)
    exigir_vida(atendimento.pessoa_id)
    try:
        requerimento = servicos.abrir(
            atendimento.pk,
            servico_codigo,
            autor=request.user,
            codigo=_uuid(request.POST.get("codigo", "")),
            excecao=request.POST.get("excecao", ""),
        )
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("requerimentos:servico", codigo=codigo, servico_codigo=servico_codigo)
    return redirect("requerimentos:demanda", codigo=requerimento.codigo)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demanda(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The questions of the request; their answers decide slots and fill the papers."""
    requerimento = achar_para_agir(request, codigo)
    achado = servico_do(requerimento)
    form = RespostasForm(
        request.POST if request.method == "POST" else None,
        servico=achado,
        respostas=requerimento.respostas,
        versao=requerimento.versao,
        ditas=respostas_para(achado, requerimento.atendimento),
    )
    guardado: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            servicos.responder(
                requerimento.pk, form.respostas_dadas(), autor=request.user, versao=form.cleaned_data["versao"]
            )
        except OutroChegouAntes as erro:
            requerimento.refresh_from_db()
            guardado = form.diferencas(requerimento.respostas)
            pegar_versao(form, requerimento.versao)
            form.add_error(None, str(erro))
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            faltam = abertas(achado, form.respostas_dadas())
            if faltam:
                frases = " ".join(f"“{pergunta.texto}”" for pergunta in faltam)
                messages.warning(request, f"Guardado. Para fazer os papéis ainda falta responder: {frases}")
                return redirect("requerimentos:demanda", codigo=codigo)
            messages.success(request, "Respostas guardadas. Agora a ficha do pedido.")
            return redirect("requerimentos:ficha", codigo=codigo)
    hoje = hoje_em(requerimento.municipio)
    aberto_em = localdate(requerimento.criado_em, requerimento.municipio.fuso)
    leitura = _leitura(achado, fatos_do_requerimento(requerimento, hoje), hoje, aberto_em)
    contexto = contexto_do_caso(
        request,
        requerimento,
        "demanda",
        form=form,
        guardado=guardado,
        editavel=requerimento.editavel,
        pediveis=[
            s
            for s in carregar().vigentes(hoje)
            if s.pedivel and (s.codigo == achado.codigo or requerimento.balcao.entidade.autoriza(s.codigo))
        ],
        **leitura,
    )
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/demanda/demanda.html", contexto, status=status)


@login_required
@require_POST
def trocar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    try:
        versao = request.POST.get("versao", "")
        servicos.trocar_servico(
            requerimento.pk,
            request.POST.get("servico", ""),
            autor=request.user,
            versao=int(versao) if versao.isdecimal() else None,
            excecao=request.POST.get("excecao", ""),
        )
        messages.success(request, "Serviço trocado. Confira as respostas e os documentos.")
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect("requerimentos:demanda", codigo=codigo)


@login_required
@require_POST
def desistir(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    try:
        servicos.desistir(requerimento.pk, motivo=request.POST.get("motivo", ""), autor=request.user)
        messages.success(request, "Pedido cancelado antes do envio.")
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return redirect("requerimentos:demanda", codigo=codigo)
    return redirect("requerimentos:historico", codigo=codigo)


def _leitura(achado: Servico, fatos: Fatos, hoje: date, aberto_em: date | None = None) -> dict:
    """`aberto_em`: of a request, the day whose slots it keeps."""
    pedido = carregar().servico(achado.pedido_como) if achado.pedido_como else achado
    avisos = avisos_da_pessoa(pedido, fatos, hoje)
    comuns, caminhos = separar(achado, elegibilidade(achado, fatos, hoje))
    return {
        "servico": achado,
        "pedido_como": pedido,
        "pareceres": comuns,
        "caminhos": caminhos,
        "bom_saber": bom_saber(achado, hoje),
        "avisos": avisos,
        "impede": any(aviso.tom == Tom.IMPEDE for aviso in avisos),
        "vagas": vagas_exigidas(pedido.em(aberto_em or hoje), fatos),
    }


def _atendimento(request: RequestDeUsuario, codigo: uuid.UUID) -> Atendimento:
    visiveis = Atendimento.objects.visiveis_para(request.user).select_related("pessoa", "municipio", "balcao__entidade")
    return get_object_or_404(visiveis, codigo=codigo)


def _servico(codigo: str, hoje: date) -> Servico:
    try:
        achado = carregar().servico(codigo)
    except LookupError as erro:
        raise Http404 from erro
    if not achado.vigente(hoje):
        raise Http404
    return achado


def _uuid(texto: str) -> uuid.UUID:
    try:
        return uuid.UUID(texto)
    except ValueError:
        return uuid.uuid4()
