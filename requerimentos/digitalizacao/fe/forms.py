"""Whose document it is and from when, as the page sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from act_portal.erros import ErroDeDominio


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
