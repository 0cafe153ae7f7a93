"""What the forms of every stage share."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Div
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template.loader import render_to_string

from act_portal.telas.forms import CampoNumerado


class Dobra(Div):
    """Fields that few people need: folded until the clerk opens them, or until one of them has a value or an error."""

    def __init__(self, titulo: str, *campos: Any) -> None:
        super().__init__(*campos)
        self.titulo = titulo

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        nomes = [ponteiro.name for ponteiro in self.get_field_names()]
        return render_to_string(
            "requerimentos/formularios/dobra.html",
            {
                "titulo": self.titulo,
                "campos": self.get_rendered_fields(form, context, template_pack, **kwargs),
                "aberta": any(_preenchido(form[nome]) for nome in nomes),
            },
        )


def _preenchido(campo: forms.BoundField) -> bool:
    if campo.errors:
        return True
    valor = campo.value()
    # A choice that stands at its default was filled in by nobody.
    return bool(valor) and not (isinstance(campo.field, forms.ChoiceField) and valor == _padrao(campo.field))


def _padrao(campo: forms.ChoiceField) -> Any:
    opcoes: Any = campo.choices
    return next((valor for valor, _ in opcoes), None)


def em_palavras(campo: forms.Field, valor: Any, *, vazio: str = "em branco") -> str:
    """A stored value as people read it, in the panel that shows what somebody else saved."""
    if valor in (None, "", []):
        return vazio
    if proprias := getattr(campo, "em_palavras", None):
        return proprias(valor)
    if isinstance(campo, CampoNumerado):
        return type(campo).mascara(valor)
    if isinstance(campo, forms.DateField):
        return f"{date.fromisoformat(str(valor)):%d/%m/%Y}"
    if isinstance(campo, forms.ChoiceField):
        opcoes: Any = campo.choices
        return str(dict(opcoes).get(valor, valor))
    return str(valor)


def pegar_versao(form: Any, versao: int) -> None:
    """After somebody else saved: keep all that was typed, and let the next save count from what is stored now."""
    form.data = form.data.copy()
    form.data["versao"] = str(versao)
