from __future__ import annotations

from typing import Any

from django import forms

from act_portal.telas.forms import CampoData
from requerimentos.demanda.catalogo import carregar

ESTADOS = [
    ("", "Todos"),
    ("requerer", "Pedidos no balcão"),
    ("orientar", "Só orientação"),
    ("regra", "Regras de outro serviço"),
    ("duvidoso", "Acordo duvidoso"),
    ("conferir", "Com algo a conferir"),
]


class DiaForm(forms.Form):
    """The day of which the catalogue is shown; what is no day shows today and says so."""

    em = CampoData(required=False, label="Como era no dia")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            campo.widget.attrs["class"] = "entrada"


class FiltroForm(DiaForm):
    q = forms.CharField(required=False, max_length=80, label="Serviço, jeito de dizer, sigla ou código")
    grupo = forms.ChoiceField(required=False, label="Grupo")
    estado = forms.ChoiceField(required=False, label="Como o balcão trata", choices=ESTADOS)
    field_order = ["q", "grupo", "estado", "em"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grupos = carregar().vocabulario.grupos
        self.fields["grupo"].choices = [("", "Todos"), *grupos.items()]  # type: ignore[attr-defined]
