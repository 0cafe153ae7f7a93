"""The long forms, the points of service and the people."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from adesao.checklist.catalogo import servicos as servicos_possiveis
from adesao.formularios import leitura
from adesao.models import Formulario, Ponto, Processo, Representante
from adesao.pedido.forms.pessoa import RepresentanteForm
from adesao.pedido.forms.ponto import PontoForm
from adesao.pedido.servicos import formularios as servicos
from adesao.pedido.views.comum import achar_do_municipio, contexto, inteiro

Tipo = Formulario.Tipo
SEGUINTE = {Tipo.MUNICIPIO: "adesao:pontos", Tipo.OFICIO: "adesao:formulario", Tipo.PLANO: "adesao:processo"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def formulario(request: RequestDeUsuario, codigo: uuid.UUID, tipo: str) -> HttpResponse:
    """One long form. Saving keeps it as it is, complete or not, and says what is still missing."""
    adesao, qual = achar_do_municipio(request, codigo), _tipo(tipo)
    linha = leitura.guardado(adesao, qual)
    form, guardado, pagina = leitura.para_preencher(linha), [], str(uuid.uuid4())
    if request.method == "POST":
        pagina = request.POST.get("pagina", "")[:36]
        dados = _com_todos(request, leitura.ler_enviado(qual, request.POST))
        try:
            linha = servicos.salvar_formulario(
                adesao.pk, qual, dados, versao=inteiro(request, "versao"), pagina=pagina, autor=request.user
            )
        except OutroChegouAntes as erro:
            guardado = leitura.diferencas(linha, dados)
            # The next save counts from what is stored now.
            linha = Formulario(processo=adesao, tipo=qual, dados=dados, versao=linha.versao)
            form = leitura.conferido(linha)
            form.add_error(None, str(erro))
        except ErroDeDominio as erro:
            form = leitura.conferido(Formulario(processo=adesao, tipo=qual, dados=dados))
            form.add_error(None, str(erro))
        else:
            form = leitura.conferido(linha)
            if "todos" in request.POST:
                return redirect("adesao:formulario", adesao.codigo, qual)
            if form.is_valid():
                messages.success(request, "Guardado e completo.")
                return redirect(_seguinte(adesao, qual))
            messages.info(request, "O que você preencheu está guardado. Veja abaixo o que ainda falta.")
    dados_da_pagina = contexto(
        adesao, qual.value, form=form, linha=linha, tipo=qual, pagina_aberta=pagina, guardado=guardado,
        editavel=adesao.editavel,
    )  # fmt: skip
    return render(request, "adesao/pedido/formulario.html", dados_da_pagina, status=422 if form.is_bound else 200)


def _com_todos(request: RequestDeUsuario, dados: dict[str, Any]) -> dict[str, Any]:
    """The button that marks every service on which nobody has a doubt."""
    if "todos" in request.POST:
        for n, (_, possiveis) in enumerate(servicos_possiveis().por_grupo()):
            dados[f"servicos_{n}"] = [s.codigo for s in possiveis if not s.duvidoso]
    return dados


def _seguinte(adesao: Processo, tipo: Formulario.Tipo) -> str:
    destino = redirect(SEGUINTE[tipo], *([adesao.codigo, Tipo.PLANO] if tipo == Tipo.OFICIO else [adesao.codigo]))
    return destino["Location"]


@login_required
@require_POST
def rascunho(request: RequestDeUsuario, codigo: uuid.UUID, tipo: str) -> HttpResponse:
    """What the page saves by itself: answers one line that says so, or who saved in between."""
    adesao, qual = achar_do_municipio(request, codigo, quieto=True), _tipo(tipo)
    try:
        linha = servicos.guardar_rascunho(
            adesao.pk,
            qual,
            leitura.ler_enviado(qual, request.POST),
            versao=inteiro(request, "versao"),
            pagina=request.POST.get("pagina", "")[:36],
            autor=request.user,
        )
    except ErroDeDominio as erro:
        return render(request, "adesao/pedido/_guardado.html", {"erro": str(erro)}, status=422)
    return render(request, "adesao/pedido/_guardado.html", {"linha": linha})


def _tipo(tipo: str) -> Formulario.Tipo:
    try:
        return Tipo(tipo)
    except ValueError as erro:
        raise Http404 from erro


# --- Points -------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def pontos(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    dados = contexto(adesao, "pontos", pontos=adesao.pontos.vivos().order_by("pk"), editavel=adesao.editavel)
    return render(request, "adesao/pedido/pontos.html", dados)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ponto(request: RequestDeUsuario, codigo: uuid.UUID, ponto: uuid.UUID | None = None) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    linha = get_object_or_404(adesao.pontos.vivos(), codigo=ponto) if ponto else Ponto(processo=adesao)
    form = PontoForm(request.POST if request.method == "POST" else None, instance=linha)
    if request.method == "POST" and form.is_valid():
        campos = {nome: form.cleaned_data[nome] for nome in form.Meta.fields} | {"estrutura": form.estrutura()}
        try:
            servicos.salvar_ponto(
                adesao.pk, campos, ponto_id=linha.pk, versao=form.cleaned_data["versao"] or 0, autor=request.user
            )
        except ErroDeDominio as erro:
            _recusar(form, erro, Ponto, linha.pk)
        else:
            messages.success(request, "Ponto salvo.")
            return redirect("adesao:pontos", codigo=codigo)
    dados = contexto(adesao, "pontos", form=form, ponto=linha, editavel=adesao.editavel)
    return render(request, "adesao/pedido/ponto.html", dados, status=422 if form.is_bound else 200)


@login_required
@require_POST
def tirar_ponto(request: RequestDeUsuario, codigo: uuid.UUID, ponto: uuid.UUID) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    linha = get_object_or_404(adesao.pontos.vivos(), codigo=ponto)
    try:
        servicos.tirar_ponto(adesao.pk, linha.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, "Ponto retirado.")
    return redirect("adesao:pontos", codigo=codigo)


# --- People -------------------------------------------------------------------------------------------------------


@login_required
@require_safe
def pessoas(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    vivas = adesao.representantes.vivos().select_related("ponto").order_by("nome", "pk")
    papeis = {pessoa.papel for pessoa in vivas}
    faltam = [Representante.Papel(papel).label for papel in ("cadastrador", "atendente") if papel not in papeis]
    dados = contexto(adesao, "pessoas", pessoas=vivas, faltam=faltam, editavel=adesao.editavel)
    return render(request, "adesao/pedido/pessoas.html", dados)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pessoa(request: RequestDeUsuario, codigo: uuid.UUID, pessoa: uuid.UUID | None = None) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    vivas = adesao.representantes.vivos()
    linha = get_object_or_404(vivas, codigo=pessoa) if pessoa else Representante(processo=adesao)
    form = RepresentanteForm(request.POST if request.method == "POST" else None, instance=linha)
    if request.method == "POST" and form.is_valid():
        campos = {nome: form.cleaned_data[nome] for nome in [*form.Meta.fields, "acesso_em_outra"]}
        try:
            servicos.salvar_representante(
                adesao.pk, campos, pessoa_id=linha.pk, versao=form.cleaned_data["versao"] or 0, autor=request.user
            )
        except ErroDeDominio as erro:
            _recusar(form, erro, Representante, linha.pk)
        else:
            messages.success(request, "Pessoa salva.")
            return redirect("adesao:pessoas", codigo=codigo)
    dados = contexto(adesao, "pessoas", form=form, pessoa=linha, editavel=adesao.editavel)
    return render(request, "adesao/pedido/pessoa.html", dados, status=422 if form.is_bound else 200)


@login_required
@require_POST
def tirar_pessoa(request: RequestDeUsuario, codigo: uuid.UUID, pessoa: uuid.UUID) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    linha = get_object_or_404(adesao.representantes.vivos(), codigo=pessoa)
    try:
        servicos.tirar_representante(adesao.pk, linha.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, "Pessoa retirada.")
    return redirect("adesao:pessoas", codigo=codigo)


def _recusar(form: Any, erro: ErroDeDominio, modelo: type[Ponto] | type[Representante], pk: int | None) -> None:
    """Keep all that was typed; after somebody else saved, the next save counts from what is stored now."""
    if isinstance(erro, OutroChegouAntes):
        form.data = form.data.copy()
        form.data["versao"] = str(modelo.objects.values_list("versao", flat=True).get(pk=pk or 0))
    form.add_error(None, str(erro))
