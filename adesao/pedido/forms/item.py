"""What a certificate or a document says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

from act_portal.emissao.forms import campo_declaracao
from act_portal.telas.forms import CampoCNPJ, CampoData, FormularioBase
from adesao.checklist.regras import TROCADAS, trocadas
from adesao.checklist.requisito import Requisito
from adesao.formularios.campos import par
from adesao.models import Item


def _origem() -> forms.ChoiceField:
    widget = forms.RadioSelect(attrs={"class": "opcoes--lado opcoes--compacta"})
    return forms.ChoiceField(label="Como foi emitida", choices=Item.Origem.choices, widget=widget)


# In the order of the page.
CAMPOS: dict[str, Callable[[], forms.Field]] = {
    "especie": lambda: forms.ChoiceField(label="Tipo da certidão", widget=forms.RadioSelect),
    "numero": lambda: forms.CharField(label="Número ou código de controle", max_length=60),
    "origem": _origem,
    "emitido_em": lambda: CampoData(label="Emitida em", passado=True),
    "valido_ate": lambda: CampoData(label="Vale até"),
    "titular_cnpj": lambda: CampoCNPJ(label="CNPJ que aparece na certidão"),
    "titular_nome": lambda: forms.CharField(label="Nome que aparece na certidão", max_length=160),
    "mandato_fim": lambda: CampoData(label="Último dia do mandato"),
}
PARES = {"emitido_em": "valido_ate", "titular_cnpj": "titular_nome"}


class ItemForm(FormularioBase, forms.Form):
    """Only the fields that the requirement asks for."""

    rotulo_enviar = "Guardar"
    mostrar_opcional = False

    # What was kept when the page was drawn.
    visto = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, requisito: Requisito, **kwargs: Any) -> None:
        self.requisito = requisito
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        pedidos = [nome for nome in CAMPOS if nome in self.requisito.campos]
        for nome in pedidos:
            self.fields[nome] = CAMPOS[nome]()
        if "especie" in self.fields:
            self.fields["especie"].choices = [(e.codigo, e.nome) for e in self.requisito.especies]  # type: ignore[attr-defined]
        segundos = {PARES[nome] for nome in pedidos if nome in PARES and PARES[nome] in pedidos}
        return [
            "visto",
            *(
                par(nome, PARES[nome]) if PARES.get(nome) in segundos else nome
                for nome in pedidos
                if nome not in segundos
            ),
        ]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if trocadas(dados.get("emitido_em"), dados.get("valido_ate")):
            self.add_error("valido_ate", TROCADAS)
        return dados

    def outros_valores(self, guardados: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Where what is kept differs from what was typed: label and kept value."""
        digitados = self.cleaned_data
        return [
            (str(campo.label), _em_palavras(campo, guardados[nome]))
            for nome, campo in self.fields.items()
            if nome in guardados and (guardados[nome] or "") != (digitados.get(nome) or "")
        ]


def _em_palavras(campo: forms.Field, valor: Any) -> str:
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    return str(dict(getattr(campo, "choices", [])).get(valor, valor) or "vazio")


class AssinadoForm(FormularioBase, forms.Form):
    """The paper of the item, signed outside."""

    rotulo_enviar = "Enviar o papel assinado"
    mostrar_opcional = False
    arquivos = forms.FileField(label="PDF assinado", help_text="Como saiu do assinador, sem imprimir.")
    declaracao = campo_declaracao()
