"""The desk's agenda, and booking, changing and giving up the dates of one request."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from requerimentos.agenda import consultas, normas, servicos
from requerimentos.agenda.escolhas import assinar
from requerimentos.agenda.forms import ComoVaiForm, DesmarcarForm, HorarioForm
from requerimentos.agenda.servicos import Escolha
from requerimentos.envio.inss import ErroDoInss
from requerimentos.models import Agendamento, Marcacao, Requerimento
from requerimentos.papeis.entrega import entregar_papel
from requerimentos.views import achar, achar_para_agir, contexto_do_caso, so_com_pedidos

POR_PAGINA = 50


@login_required
@require_safe
@so_com_pedidos
def agenda(request: RequestDeUsuario) -> HttpResponse:
    quando = request.GET.get("quando", "")
    tipo = request.GET.get("tipo", "")
    filtros = consultas.Filtros(
        quando=quando if quando in consultas.PERIODOS else "proximos",
        tipo=tipo if tipo in Agendamento.Tipo.values else "",
        ida=frozenset(request.GET.getlist("ida")) & consultas.IDAS,
    )
    municipio = request.user.vinculo.municipio if request.user.vinculo else None
    hoje = hoje_em(municipio) if municipio else localdate()
    linhas = consultas.agenda(request.user, filtros, hoje)
    pagina = Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina"))
    pedidos = consultas.pedidos_na_ficha(linha.requerimento_id for linha in pagina)
    contexto = {
        "pagina": pagina,
        "linhas": [(linha, consultas.como_vai(linha, pedidos.get(linha.requerimento_id, []))) for linha in pagina],
        "filtros": filtros,
        "quantos": consultas.quantos(request.user, hoje),
        "periodos": consultas.PERIODOS.items(),
        "periodo": consultas.PERIODOS[filtros.quando],
        "tipos": Agendamento.Tipo.choices,
        "varios": municipio is None,
        "filtrada": bool(filtros.tipo or filtros.ida or filtros.quando != "proximos"),
    }
    return render(request, "requerimentos/agenda/agenda.html", contexto)


# --- Choosing an hour ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Opcao:
    """One hour as the page shows it: on the clock of the município, with the value that comes back."""

    momento: datetime
    valor: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def horarios(request: RequestDeUsuario, codigo: uuid.UUID, tipo: str) -> HttpResponse:
    """Free hours, nearest unit first; the second click books."""
    requerimento = achar_para_agir(request, codigo)
    if tipo not in Agendamento.Tipo.values:
        raise Http404
    if tipo not in servicos.por_marcar(requerimento):
        if not requerimento.agendamentos.filter(tipo=tipo).exists():
            # Nothing was booked either: this service has no such appointment.
            raise Http404
        if request.method != "POST":
            messages.info(request, servicos.JA_MARCADA.format(tipo=Agendamento.Tipo(tipo).label.lower()))
            return _voltar(requerimento)
    marcar = partial(servicos.pedir_marcacao, requerimento.pk)
    return _escolher(request, requerimento, Agendamento.Tipo(tipo), marcar)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remarcar(request: RequestDeUsuario, codigo: uuid.UUID, pk: int) -> HttpResponse:
    """The same page for another date in the place of one that stands or was missed."""
    requerimento = achar_para_agir(request, codigo)
    agendamento = _agendamento(requerimento, pk)
    if frase := servicos.por_que_nao_remarcar(requerimento, agendamento):
        messages.error(request, frase)
        return _voltar(requerimento)
    mudar = partial(servicos.pedir_remarcacao, agendamento.pk)
    return _escolher(request, requerimento, Agendamento.Tipo(agendamento.tipo), mudar, agendamento)


def _escolher(
    request: RequestDeUsuario, requerimento: Requerimento, tipo: Agendamento.Tipo, pedir: Any,
    agendamento: Agendamento | None = None,
) -> HttpResponse:  # fmt: skip
    form = HorarioForm(request.POST if request.method == "POST" else None, requerimento=requerimento, tipo=tipo)
    erro = ""
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        try:
            pedir(
                dados["horario"], acompanhante=dados["acompanhante"], transporte=dados["transporte"], autor=request.user
            )
        except servicos.JaMarcada as falha:
            como = {nome: dados[nome] for nome in ("acompanhante", "transporte")}
            if servicos.levar_como_vai(requerimento, tipo, **como, autor=request.user):
                messages.warning(request, servicos.FICOU_NA_DATA.format(tipo=tipo.label.lower()))
            else:
                messages.error(request, str(falha))
        except ErroDeDominio as falha:
            messages.error(request, str(falha))
        else:
            messages.info(request, "Pedindo o horário ao INSS. A resposta aparece aqui.")
        return _voltar(requerimento)
    ofertas: list[tuple[consultas.Oferta, list[Opcao]]] = []
    try:
        ofertas = [(oferta, _opcoes(requerimento, tipo, oferta)) for oferta in consultas.ofertas(requerimento, tipo)]
    except ErroDoInss as falha:
        erro = str(falha)
    regra = normas.remarcacao_de(requerimento.servico_codigo, hoje_em(requerimento.municipio))
    contexto = contexto_do_caso(
        request,
        requerimento,
        "acompanhamento",
        tipo=tipo,
        agendamento=agendamento,
        ofertas=ofertas,
        ha_vaga=any(opcoes for _, opcoes in ofertas),
        erro=erro,
        form=form,
        regra=regra,
        sem_poder=servicos.sem_poder_de_marcar(requerimento),
        pedido_ao_inss=consultas.pedido_ao_inss(requerimento),
        como=form.data if form.is_bound else agendamento or consultas.como_na_ficha(requerimento),
    )
    return render(request, "requerimentos/agenda/horarios.html", contexto, status=422 if form.errors else 200)


def _opcoes(requerimento: Requerimento, tipo: Agendamento.Tipo, oferta: consultas.Oferta) -> list[Opcao]:
    fuso = requerimento.municipio.fuso
    return [
        Opcao(
            vaga.quando.astimezone(fuso),
            assinar(requerimento, Escolha(tipo, vaga.id, vaga.quando, oferta.unidade.nome)),
        )
        for vaga in oferta.vagas
    ]


# --- Acts on one date ---------------------------------------------------------------------------------------------
@login_required
@require_POST
def desmarcar(request: RequestDeUsuario, codigo: uuid.UUID, pk: int) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    agendamento = _agendamento(requerimento, pk)
    form = DesmarcarForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Escreva por que a pessoa não vai, em até 200 letras.")
        return _voltar(requerimento)
    return _fazer(
        request,
        requerimento,
        partial(servicos.pedir_desmarcacao, agendamento.pk, motivo=form.cleaned_data["motivo"]),
        "Pedindo ao INSS para desmarcar. A resposta aparece aqui.",
    )


@login_required
@require_POST
def como_vai(request: RequestDeUsuario, codigo: uuid.UUID, pk: int) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    agendamento = _agendamento(requerimento, pk)
    form = ComoVaiForm(request.POST)
    form.is_valid()
    return _fazer(
        request,
        requerimento,
        partial(servicos.dizer_como_vai, agendamento.pk, **form.cleaned_data),
        "Guardado. O comprovante novo fica pronto em instantes.",
    )


@login_required
@require_POST
def tentar(request: RequestDeUsuario, codigo: uuid.UUID, pk: int) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    marcacao = get_object_or_404(Marcacao, requerimento=requerimento, pk=pk)
    return _fazer(request, requerimento, partial(servicos.tentar_agora, marcacao.pk), "Tentando de novo agora.")


@login_required
@require_safe
def comprovante(request: RequestDeUsuario, codigo: uuid.UUID, pk: int) -> HttpResponse | FileResponse:
    """Only of a date that stands: what was left behind is not printed any more."""
    requerimento = achar(request, codigo)
    agendamento = _agendamento(requerimento, pk)
    if not agendamento.vale:
        raise Http404
    return entregar_papel(
        request,
        requerimento,
        agendamento.comprovante,
        nome=f"{agendamento.tipo}-{requerimento.protocolo}.pdf",
        acao="imprimiu a data",
        voltar="acompanhamento",
    )


def _fazer(request: RequestDeUsuario, requerimento: Requerimento, ato: Any, feito: str) -> HttpResponse:
    try:
        ato(autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.info(request, feito)
    return _voltar(requerimento)


def _agendamento(requerimento: Requerimento, pk: int) -> Agendamento:
    achado: Agendamento = get_object_or_404(requerimento.agendamentos.select_related("comprovante"), pk=pk)
    achado.requerimento = requerimento
    return achado


def _voltar(requerimento: Requerimento) -> HttpResponse:
    return redirect("requerimentos:acompanhamento", codigo=requerimento.codigo)
