from __future__ import annotations

from django import forms

from act_portal.auditoria.consultas import pessoas
from act_portal.auditoria.rotulos import rotulo
from act_portal.contas.models import Usuario


class FiltroForm(forms.Form):
    """Filters in the address; what does not make sense filters nothing and says so."""

    pessoa = forms.ModelChoiceField(
        Usuario.objects.none(), required=False, label="Quem", empty_label="Todas as pessoas"
    )
    acao = forms.ChoiceField(required=False, label="O que fez")
    dia = forms.DateField(
        required=False, label="Dia", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, usuario: Usuario, acoes: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pessoa"].queryset = pessoas(usuario)  # type: ignore[attr-defined]
        nomes = sorted(((acao, rotulo(acao)) for acao in acoes), key=lambda par: par[1])
        self.fields["acao"].choices = [("", "Todas as ações"), *nomes]  # type: ignore[attr-defined]
        for campo in self.fields.values():
            campo.widget.attrs["class"] = "entrada"
