"""Occupations: list and calendar, one cession, its inspections, the region's overview."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from act_portal.arquivos.entrega import entregar_miniatura
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.planilhas import baixar
from act_portal.territorio.consultas import hoje_em
from cessao.atos import cartoes, executar, formulario
from cessao.consultas import historia
from cessao.models import Ambiente, Dano, Foto, Termo, Vistoria
from cessao.ocupacao import consultas, mapas
from cessao.ocupacao.atos import ATOS, DA_VISTORIA, Cena, CenaDaVistoria
from cessao.ocupacao.forms import CessoesForm
from cessao.ocupacao.servicos import vistorias as servicos
from cessao.pedido.views import achar as achar_pedido
from cessao.permissoes import GESTOR, INSS

POR_PAGINA = 20


@login_required
@exige_papel(*GESTOR, *INSS)
@require_safe
def lista(request: RequestDeUsuario) -> HttpResponse:
    form, hoje = CessoesForm(request.GET or None, usuario=request.user), localdate()
    filtros = form.cleaned_data if form.is_valid() else {}
    termos = consultas.lista(request.user, hoje, **filtros)
    pagina = Paginator(termos, POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "form": form, "pagina": pagina, "filtrada": any(filtros.values()), "unidade": filtros.get("unidade"),
        "linhas": [(termo, termo.dias_para_o_fim(hoje)) for termo in pagina],
    }  # fmt: skip
    return render(request, "cessao/ocupacao/lista.html", contexto)


def _achar(request: RequestDeUsuario, codigo: uuid.UUID, *, quieto: bool = False) -> Termo:
    pedido = achar_pedido(request, codigo, quieto=quieto)
    termo: Termo | None = getattr(pedido, "termo", None)
    if termo is None:
        raise Http404
    termo.espaco = pedido.espaco
    return termo


@login_required
@require_safe
def termo(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela(request, _achar(request, codigo))


def _tela(request: RequestDeUsuario, termo: Termo, recusado: Any = None) -> HttpResponse:
    cena, hoje = Cena(termo, request.user), hoje_em(termo.pedido.municipio)
    contexto = {
        "termo": termo,
        "pedido": termo.pedido,
        "cena": cena,
        "hoje": hoje,
        "dias": termo.dias_para_o_fim(hoje),
        "vistorias": termo.vistorias.order_by("-dia", "-pk"),
        "decisoes": consultas.decisoes(termo),
        "avisos_de_saida": termo.pedido.avisos_de_saida.all(),
        "ocorrencias": termo.ocorrencias.order_by("-em"),
        "proxima_vistoria": consultas.proxima_vistoria(termo, hoje),
        "papeis": termo.pedido.papeis.filter(substituido_em=None).select_related("documento").order_by("criado_em"),
        "do_encerramento": termo.assinaturas.filter(encerramento=True).select_related("arquivo", "aditivo"),
        **historia(termo.pedido, do_inss=cena.inss, toda=request.GET.get("historia") == "toda"),
        **cartoes(ATOS, cena, termo.pedido, request.user, termo, recusado),
    }
    return render(request, "cessao/ocupacao/termo.html", contexto, status=422 if recusado else 200)


@login_required
@require_POST
def agir(request: RequestDeUsuario, codigo: uuid.UUID, ato: str) -> HttpResponse:
    alvo, pedida = _achar(request, codigo, quieto=True), ATOS.get(ato)
    if pedida is None:
        raise Http404
    form = formulario(pedida, alvo.pedido, request.user, alvo, request)
    if form.is_valid():
        try:
            executar(pedida, form, alvo.pk, request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, pedida.feito)
            aberta = alvo.vistorias.filter(assinada_em=None, desfeita_em=None).first()
            return redirect("cessao:vistoria", aberta.codigo) if aberta and ato == "vistoria" else redirect(alvo)
    return _tela(request, _achar(request, codigo, quieto=True), (pedida, form))


# --- Inspections --------------------------------------------------------------------------------------------------


def _vistoria(request: RequestDeUsuario, codigo: uuid.UUID) -> Vistoria:
    visiveis = Vistoria.objects.filter(termo__in=Termo.objects.visiveis_para(request.user))
    return get_object_or_404(
        visiveis.select_related("termo__pedido__municipio", "termo__pedido__unidade", "termo__espaco__imovel"),
        codigo=codigo,
    )


@login_required
@require_safe
def vistoria(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela_da_vistoria(request, _vistoria(request, codigo))


def _tela_da_vistoria(request: RequestDeUsuario, vistoria: Vistoria, recusado: Any = None) -> HttpResponse:
    cena = CenaDaVistoria(vistoria, request.user)
    contexto = {
        "vistoria": vistoria,
        "termo": vistoria.termo,
        "pedido": vistoria.termo.pedido,
        "cena": cena,
        "ambientes": consultas.comparacao(vistoria),
        "danos": vistoria.danos.all(),
        "faltas": servicos.faltas(vistoria) if cena.monta else [],
        **cartoes(DA_VISTORIA, cena, vistoria.termo.pedido, request.user, vistoria, recusado),
    }
    return render(request, "cessao/ocupacao/vistoria.html", contexto, status=422 if recusado else 200)


@login_required
@require_POST
def agir_na_vistoria(request: RequestDeUsuario, codigo: uuid.UUID, ato: str) -> HttpResponse:
    alvo, pedida = _vistoria(request, codigo), DA_VISTORIA.get(ato)
    if pedida is None:
        raise Http404
    form = formulario(pedida, alvo.termo.pedido, request.user, alvo, request)
    if form.is_valid():
        try:
            executar(pedida, form, alvo.pk, request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, pedida.feito)
            return redirect("cessao:vistoria", codigo)
    return _tela_da_vistoria(request, _vistoria(request, codigo), (pedida, form))


@login_required
@require_POST
def juntar_fotos(request: RequestDeUsuario, codigo: uuid.UUID, ambiente: int) -> HttpResponse:
    """Photos of one room; with `par`, the one that repeats a photo of the delivery."""
    alvo = _vistoria(request, codigo)
    achado: Ambiente = get_object_or_404(alvo.ambientes, pk=ambiente)
    par = request.POST.get("par", "")
    par_id = get_object_or_404(Foto, pk=par, ambiente=achado.antes_id).pk if par.isdecimal() else None
    feitas = 0
    for enviado in request.FILES.getlist("fotos"):
        try:
            servicos.juntar_foto(achado.pk, enviado, par_id=par_id, autor=request.user)
            feitas += 1
        except ErroDeDominio as erro:
            messages.error(request, f"“{enviado.name}” não foi guardada. {erro}")
    if feitas:
        messages.success(request, f"{feitas} foto{'s' if feitas > 1 else ''} guardada{'s' if feitas > 1 else ''}.")
    elif not request.FILES:
        messages.error(request, "Escolha uma foto antes de enviar.")
    return redirect("cessao:vistoria", codigo)


@login_required
@require_POST
def tirar_ambiente(request: RequestDeUsuario, codigo: uuid.UUID, ambiente: int) -> HttpResponse:
    achado: Ambiente = get_object_or_404(_vistoria(request, codigo).ambientes, pk=ambiente)
    try:
        servicos.tirar_ambiente(achado.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect("cessao:vistoria", codigo)


@login_required
@require_POST
def tirar_dano(request: RequestDeUsuario, codigo: uuid.UUID, dano: int) -> HttpResponse:
    achado: Dano = get_object_or_404(_vistoria(request, codigo).danos, pk=dano)
    try:
        servicos.tirar_dano(achado.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect("cessao:vistoria", codigo)


def _foto(request: RequestDeUsuario, codigo: uuid.UUID) -> Foto:
    visiveis = Foto.objects.filter(ambiente__vistoria__termo__in=Termo.objects.visiveis_para(request.user))
    return get_object_or_404(visiveis.select_related("arquivo", "ambiente__vistoria"), codigo=codigo)


@login_required
@require_safe
def foto(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    folha = _foto(request, codigo).arquivo.folhas.first()
    if folha is None:
        raise Http404
    return entregar_miniatura(folha, request=request)


@login_required
@require_POST
def tirar_foto(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    achada = _foto(request, codigo)
    try:
        servicos.tirar_foto(achada.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect("cessao:vistoria", achada.ambiente.vistoria.codigo)


# --- The region ---------------------------------------------------------------------------------------------------


@login_required
@exige_papel(*INSS)
@require_safe
def regiao(request: RequestDeUsuario) -> HttpResponse:
    """Occupied, free, ending, overdue and costs shared, by unit and on the map."""
    hoje = localdate()
    unidades = consultas.panorama(request.user, hoje)
    nomes = ("imoveis", "espacos", "livres", "ocupados", "terminando", "vencidos", "sem_termo", "rateio")
    contexto = {
        "unidades": unidades,
        "total": {nome: sum(getattr(u, nome) for u in unidades) for nome in nomes},
        "mapa": mapas.da_regiao(consultas.no_mapa(unidades)),
    }
    return render(request, "cessao/ocupacao/regiao.html", contexto)


@login_required
@exige_papel(*INSS)
@require_safe
def exportacao_da_regiao(request: RequestDeUsuario, formato: str) -> HttpResponse:
    """The table of the overview."""
    unidades = consultas.panorama(request.user, localdate())
    return baixar("imoveis-da-regiao", formato, consultas.COLUNAS_DA_REGIAO, consultas.unidades_em_linhas(unidades))


@login_required
@exige_papel(*INSS)
@require_safe
def exportacao(request: RequestDeUsuario, formato: str) -> HttpResponse:
    """The cessions in reach, filtered as the list is."""
    form, hoje = CessoesForm(request.GET or None, usuario=request.user), localdate()
    filtros = form.cleaned_data if form.is_valid() else {}
    linhas = consultas.em_linhas(consultas.lista(request.user, hoje, **filtros), hoje)
    return baixar("cessoes", formato, consultas.COLUNAS, linhas)
