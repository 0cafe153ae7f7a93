"""Whose document it is and from when, as the page sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.consultas import Documentos

RECUSADA = "peca.identificacao_recusada"


class IdentificacaoForm(forms.Form):
    titular = forms.CharField(label="Em nome de quem", max_length=120, required=False)
    de = forms.DateField(label="De", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    ate = forms.DateField(label="Até", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])


def ler_identificacao(dados: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `fe.identificar`. Raises ErroDeDominio with the first thing wrong."""
    form = IdentificacaoForm(dados)
    if not form.is_valid():
        campo, erros = next(iter(form.errors.items()))
        raise ErroDeDominio(f"{form.fields[campo].label}: {erros[0]}")
    return form.cleaned_data


def recusar(request: RequestDeUsuario, peca_id: int, erro: ErroDeDominio) -> None:
    """Told at the fields: the top of the page may be far away from them."""
    digitado = {campo: request.POST.get(campo, "") for campo in IdentificacaoForm.base_fields}
    request.session[RECUSADA] = {"peca": peca_id, "erro": str(erro), "parte": bool(request.htmx), **digitado}


def aceitar(request: RequestDeUsuario) -> None:
    request.session.pop(RECUSADA, None)


def devolver(request: RequestDeUsuario, docs: Documentos) -> None:
    """Once on a whole page; in its parts, which are drawn again and again, until what was typed serves."""
    recusada = request.session.get(RECUSADA)
    if not recusada:
        return
    if not request.htmx:
        aceitar(request)
    for item in docs.todas:
        if bool(request.htmx) == recusada["parte"] and item.peca.pk == recusada["peca"]:
            item.digitado = recusada
