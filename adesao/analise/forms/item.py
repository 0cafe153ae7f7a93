"""The decision on one item."""

from __future__ import annotations

from typing import Any

from django import forms

from act_portal.telas.forms import CampoData
from adesao.analise.forms.base import AtoForm, paragrafo
from adesao.checklist.requisito import Requisito

ACEITAR, DEVOLVER, DISPENSAR = "aceitar", "devolver", "dispensar"


class ItemForm(AtoForm):
    rotulo_enviar = "Guardar e ver o próximo"
    decisao = forms.ChoiceField(
        label="Decisão",
        choices=[(ACEITAR, "Aceito"), (DEVOLVER, "Devolver"), (DISPENSAR, "Não se aplica")],
        widget=forms.RadioSelect(attrs={"class": "opcoes--lado opcoes--compacta"}),
    )
    verificado_em = CampoData(label="Conferido em", passado=True, required=False)
    verificado_onde = forms.CharField(label="Onde", max_length=300, required=False)
    motivo = forms.ChoiceField(label="Motivo da devolução", required=False)
    texto = paragrafo(
        "O que o município precisa fazer, ou por que não se aplica", 600, 3, required=False,
        help_text="O município lê este texto.",
    )  # fmt: skip

    def __init__(self, *args: Any, requisito: Requisito, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        motivos = self.processo.checklist.checklist.motivos
        do_item = [*requisito.motivos, *(codigo for codigo in ("ilegivel", "outro") if codigo not in requisito.motivos)]
        self.fields["motivo"].choices = [("", "Só para devolver"), *((m, motivos[m]) for m in do_item)]  # type: ignore[attr-defined]
        self.fields["verificado_em"].initial = self.hoje
        self.fields["verificado_onde"].initial = requisito.conferir_onde

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        decisao = dados.get("decisao")
        if decisao == DEVOLVER and not dados.get("motivo"):
            self.add_error("motivo", "Escolha o motivo na lista.")
        if decisao in {DEVOLVER, DISPENSAR} and not dados.get("texto"):
            frase = "o que o município precisa fazer" if decisao == DEVOLVER else "por que não se aplica"
            self.add_error("texto", f"Escreva em uma frase {frase}.")
        return dados

    def argumentos(self) -> dict[str, Any]:
        """Those of the service of this decision."""
        nomes = {
            ACEITAR: ("verificado_em", "verificado_onde", "texto"),
            DEVOLVER: ("motivo", "texto"),
            DISPENSAR: ("texto",),
        }[self.cleaned_data["decisao"]]
        return {nome: self.cleaned_data[nome] for nome in nomes}


class DesfazerForm(AtoForm):
    rotulo_enviar = "Desfazer a decisão"
