"""The form of one act on a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from act_portal.telas.forms import FormularioBase
from act_portal.territorio.consultas import hoje_em
from adesao.models import Processo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class AtoForm(FormularioBase, forms.Form):
    """Alone it is one button. `prefixo`: several stand on one page, and each needs ids of its own."""

    mostrar_opcional = False

    def __init__(self, *args: Any, processo: Processo, usuario: Usuario, prefixo: str = "", **kwargs: Any) -> None:
        self.processo, self.usuario = processo, usuario
        self.hoje = hoje_em(processo.municipio)
        kwargs.setdefault("auto_id", f"{prefixo or 'id'}_%s")
        super().__init__(*args, **kwargs)


def paragrafo(rotulo: str, maximo: int, linhas: int = 3, **opcoes: Any) -> forms.CharField:
    return forms.CharField(label=rotulo, max_length=maximo, widget=forms.Textarea(attrs={"rows": linhas}), **opcoes)
