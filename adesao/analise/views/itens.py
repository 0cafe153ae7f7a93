"""One item for whoever reviews: what came, where to check it, the decision."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao.analise.atos import Cena
from adesao.analise.forms.item import ACEITAR, DEVOLVER, DISPENSAR, DesfazerForm, ItemForm
from adesao.analise.servicos import itens as servicos
from adesao.models import Papel, Processo
from adesao.papeis.consultas import na_tela
from adesao.pedido.consultas import ItemNaTela, itens
from adesao.pedido.views.comum import achar
from adesao.permissoes import INSS
from adesao.situacoes import SituacaoItem

VERBOS: dict[str, Callable[..., Any]] = {
    ACEITAR: servicos.aceitar,
    DEVOLVER: servicos.devolver,
    DISPENSAR: servicos.dispensar,
}
DECIDIDOS = {SituacaoItem.ACEITO, SituacaoItem.DEVOLVIDO, SituacaoItem.DISPENSADO}


@login_required
@exige_papel(*INSS)
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    """POST keeps the decision and goes to the next item that nobody looked at."""
    adesao = achar(request, codigo)
    linhas = itens(adesao, hoje_em(adesao.municipio))
    linha = _linha(adesao, item, linhas)
    dados = request.POST if request.method == "POST" else None
    form = ItemForm(dados, processo=adesao, usuario=request.user, requisito=linha.requisito)
    if request.method == "POST" and form.is_valid():
        try:
            VERBOS[form.cleaned_data["decisao"]](linha.item.pk, autor=request.user, **form.argumentos())
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, f"“{linha.item.nome}”: decisão guardada.")
            return _seguinte(adesao, linha, linhas)
    return _tela(request, adesao, linha, form, linhas)


def _linha(adesao: Processo, codigo: str, linhas: list[ItemNaTela]) -> ItemNaTela:
    achado = get_object_or_404(adesao.itens, codigo=codigo)
    return next(linha for linha in linhas if linha.item.pk == achado.pk)


def _seguinte(adesao: Processo, linha: ItemNaTela, linhas: list[ItemNaTela]) -> HttpResponse:
    """The next one to look at after this, round the list."""
    n = linhas.index(linha)
    por_ver = [outra for outra in linhas[n + 1 :] + linhas[:n] if outra.item.estado == SituacaoItem.PRONTO]
    if por_ver:
        return redirect("adesao:analise-item", codigo=adesao.codigo, item=por_ver[0].item.codigo)
    return redirect("adesao:analise", codigo=adesao.codigo)


def _tela(
    request: RequestDeUsuario, adesao: Processo, linha: ItemNaTela, form: ItemForm, linhas: list[ItemNaTela]
) -> HttpResponse:
    n, cena = linhas.index(linha), Cena(adesao, request.user)
    papel = linha.requisito.papel
    especies = [Papel.Especie.MINUTA, Papel.Especie.PLANO] if linha.requisito.tipo == "aceite" else []
    contexto = {
        "processo": adesao,
        "linha": linha,
        "form": form,
        "analisando": cena.analisando,
        "papeis": na_tela(adesao, *especies, *([Papel.Especie(papel)] if papel else [])),
        "desfazer": DesfazerForm(processo=adesao, usuario=request.user, prefixo="desfazer")
        if cena.analisando and linha.item.estado in DECIDIDOS
        else None,
        "numero": n + 1,
        "total": len(linhas),
        "anterior": linhas[n - 1] if n else None,
        "proxima": linhas[n + 1] if n + 1 < len(linhas) else None,
    }
    return render(request, "adesao/analise/item.html", contexto, status=422 if form.is_bound else 200)


@login_required
@exige_papel(*INSS)
@require_POST
def desfazer(request: RequestDeUsuario, codigo: uuid.UUID, item: str) -> HttpResponse:
    adesao = achar(request, codigo, quieto=True)
    achado = get_object_or_404(adesao.itens, codigo=item)
    try:
        servicos.desfazer(achado.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, "Decisão desfeita.")
    return redirect("adesao:analise-item", codigo=codigo, item=item)
