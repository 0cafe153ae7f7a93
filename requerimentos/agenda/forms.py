"""What the desk chooses and types about an appointment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing

from act_portal.telas.forms import FormularioBase
from requerimentos.agenda.escolhas import abrir
from requerimentos.agenda.servicos import Escolha
from requerimentos.models import Requerimento


class ComoVaiForm(FormularioBase, forms.Form):
    rotulo_enviar = "Guardar"
    acompanhante = forms.BooleanField(label="Vai com acompanhante", required=False)
    transporte = forms.BooleanField(label="Precisa de transporte", required=False)


class HorarioForm(forms.Form):
    """One of the hours that the page offered, and how the person goes."""

    horario = forms.CharField(max_length=2000, error_messages={"required": "Escolha um horário."})
    acompanhante = forms.BooleanField(required=False)
    transporte = forms.BooleanField(required=False)

    def __init__(self, *args: Any, requerimento: Requerimento, tipo: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requerimento, self.tipo = requerimento, tipo

    def clean_horario(self) -> Escolha:
        try:
            escolha = abrir(self.requerimento, self.cleaned_data["horario"])
        except (signing.BadSignature, ValueError, KeyError):
            raise forms.ValidationError("A lista de horários ficou velha. Escolha de novo.") from None
        if escolha.tipo != self.tipo:
            raise forms.ValidationError("O horário escolhido é de outro atendimento. Escolha de novo.")
        return escolha


class DesmarcarForm(FormularioBase, forms.Form):
    rotulo_enviar = "Desmarcar"
    motivo = forms.CharField(label="Por que a pessoa não vai", max_length=200)
