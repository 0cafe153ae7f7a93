"""The packs of a request: the list of pages, one page at a time, and what a page saves by itself."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from requerimentos.fichas import servicos
from requerimentos.fichas.consultas import FichaVista, contexto_de, fichas_do, paginas_de
from requerimentos.fichas.ditos import Ditos, ditos_de
from requerimentos.fichas.divergencias import divergencias
from requerimentos.fichas.forms import PaginaForm, ler_enviado
from requerimentos.fichas.leitura import ler_pacote
from requerimentos.fichas.resumo import diferencas, resumo
from requerimentos.models import Requerimento
from requerimentos.views import achar, achar_para_agir, contexto_do_caso


@login_required
@require_safe
def ficha(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Every page with how far it is, then everything answered, to be read with the person."""
    requerimento = achar(request, codigo)
    fichas = fichas_do(requerimento)
    paginas = paginas_de(fichas)
    contexto = contexto_do_caso(
        request,
        requerimento,
        "formularios",
        paginas=paginas,
        resumos=[(f, resumo(f.lida)) for f in fichas],
        feitas=sum(1 for p in paginas if p.estado == "feita"),
        proxima=next((p for p in paginas if p.estado != "feita"), None),
        editavel=requerimento.editavel,
        divergem=divergencias(requerimento, fichas, ditos_de(requerimento)),
    )
    return render(request, "requerimentos/fichas/ficha.html", contexto)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pagina(request: RequestDeUsuario, codigo: uuid.UUID, pacote: str, secao: str) -> HttpResponse:
    """One page. Saving keeps it as it is, complete or not, and says what is still missing."""
    requerimento = achar_para_agir(request, codigo)
    fichas = fichas_do(requerimento)
    vista = _achar(fichas, pacote, secao)
    ditos = ditos_de(requerimento)
    escritos = ditos.campos.get((pacote, secao), {})
    cru, versao, janela = _na_tela(vista, secao, ditos), vista.versao(secao), str(uuid.uuid4())
    guardado: list[tuple[str, str]] = []
    recado, reclamar, incompleta = "", "falta" in request.GET, False
    if request.method == "POST":
        cru, janela = ler_enviado(vista.pacote, secao, request.POST), request.POST.get("_janela", "")[:36]
        try:
            servicos.guardar(
                requerimento.pk, pacote, secao, cru, versao=_versao(request), janela=janela, autor=request.user
            )
        except OutroChegouAntes as erro:
            guardado, recado = diferencas(vista.pacote, secao, vista.cru(secao), cru), str(erro)
        except ErroDeDominio as erro:
            recado = str(erro)
        else:
            fichas = fichas_do(requerimento)
            vista = _achar(fichas, pacote, secao)
            versao = vista.versao(secao)
            if mexeu := request.POST.get("acrescentar") or request.POST.get("tirar"):
                return redirect(f"{_endereco(requerimento, pacote, secao)}#{_ancora(mexeu, cru)}")
            reclamar = any(p.tom == "impede" for p in vista.lida.da_secao(secao))
            if not reclamar:
                return redirect(_seguinte(requerimento, fichas, pacote, secao))
            incompleta = True
    lida = vista.lida
    if guardado or recado or cru != vista.cru(secao):
        todas = {s: vista.cru(s) for s in vista.paginas} | {secao: cru}
        lida = ler_pacote(vista.pacote, todas, contexto_de(requerimento))
    divergem = [d for d in divergencias(requerimento, fichas, ditos) if d.onde and d.onde[0] == pacote]
    nos_campos = {d.pergunta: d.frase for d in divergem if d.onde == (pacote, secao)}
    form = PaginaForm(lida=lida, secao=secao, cru=cru, reclamar=reclamar, ditos=escritos, divergem=nos_campos)
    if recado:
        form.add_error(None, recado)
    contexto = contexto_do_caso(
        request,
        requerimento,
        "formularios",
        ficha=vista,
        secao=vista.pacote.secao(secao),
        form=form,
        guardado=guardado,
        achados=[p for p in lida.da_secao(secao) if p.tom != "impede"],
        paginas=paginas_de(fichas),
        ditos=[dito for pergunta, dito in escritos.items() if cru.get(pergunta) == dito.valor],
        divergem=[d for d in divergem if not d.pergunta],
        incompleta=incompleta,
        lembretes=ditos.lembretes.get((pacote, secao), []),
        linha=vista.paginas.get(secao),
        versao=versao,
        janela=janela,
        seguinte=_seguinte(requerimento, fichas, pacote, secao),
        editavel=requerimento.editavel,
    )
    return render(request, "requerimentos/fichas/pagina.html", contexto, status=422 if form.errors else 200)


@login_required
@require_POST
def guardar(request: RequestDeUsuario, codigo: uuid.UUID, pacote: str, secao: str) -> HttpResponse:
    """What the page saves by itself: answers one line that says so, or who saved in between."""
    requerimento = achar_para_agir(request, codigo)
    vista = _achar(fichas_do(requerimento), pacote, secao)
    dados: dict[str, Any] = {"requerimento": requerimento}
    try:
        dados["linha"] = servicos.guardar(
            requerimento.pk,
            pacote,
            secao,
            ler_enviado(vista.pacote, secao, request.POST),
            versao=_versao(request),
            janela=request.POST.get("_janela", "")[:36],
            autor=request.user,
            sozinha=True,
        )
    except ErroDeDominio as erro:
        return render(request, "requerimentos/fichas/_guardado.html", {"erro": str(erro)}, status=422)
    return render(request, "requerimentos/fichas/_guardado.html", dados)


def _na_tela(vista: FichaVista, secao: str, ditos: Ditos) -> dict[str, Any]:
    """What is stored; on a page that nobody has saved yet, what the person has told already."""
    if secao in vista.paginas:
        return vista.cru(secao)
    return {pergunta: dito.valor for pergunta, dito in ditos.campos.get((vista.pacote.codigo, secao), {}).items()}


def _achar(fichas: list[FichaVista], pacote: str, secao: str) -> FichaVista:
    """The pack, when this request has it and the page is one of its own."""
    vista = next((f for f in fichas if f.pacote.codigo == pacote), None)
    if vista is None or vista.pacote.secao(secao) is None:
        raise Http404
    return vista


def _versao(request: RequestDeUsuario) -> int:
    numero = request.POST.get("_versao", "")
    return int(numero) if numero.isdecimal() and len(numero) < 9 else 0


def _ancora(mexeu: str, cru: dict[str, Any]) -> str:
    """Where the clerk goes on: the new item, or the head of the list that lost one."""
    return f"item-{mexeu}-{len(cru[mexeu]) - 1}" if mexeu in cru else f"lista-{mexeu.rpartition('-')[0]}"


def _endereco(requerimento: Requerimento, pacote: str, secao: str) -> str:
    return reverse("requerimentos:pagina-da-ficha", args=[requerimento.codigo, pacote, secao])


def _seguinte(requerimento: Requerimento, fichas: list[FichaVista], pacote: str, secao: str) -> str:
    """The page after this one; after the last, the summary."""
    paginas = [(p.ficha.pacote.codigo, p.secao.id) for p in paginas_de(fichas)]
    atual = (pacote, secao)
    if atual in paginas and paginas.index(atual) + 1 < len(paginas):
        return _endereco(requerimento, *paginas[paginas.index(atual) + 1])
    return reverse("requerimentos:ficha", args=[requerimento.codigo])
