"""What the desk types while it follows a request up."""

from __future__ import annotations

from datetime import date

from django import forms

from act_portal.telas.forms import CampoData, FormularioBase

COMO = [
    ("No balcão, em papel", "No balcão, em papel"),
    ("Em casa, em papel", "Em casa, em papel"),
    ("Por mensagem, a pedido da pessoa", "Por mensagem, a pedido da pessoa"),
]


# The form of the answer owns every field and button of its page, so that its text goes along whatever is pressed.
FORMULARIO = "resposta"


class RespostaForm(FormularioBase, forms.Form):
    rotulo_enviar = ""
    # Text or a document: neither alone is required, and "se houver" would mislead.
    mostrar_opcional = False
    texto = forms.CharField(
        label="Resposta ao INSS",
        max_length=4000,
        required=False,
        # What a browser puts back by itself may be older than the draft, and would be saved over it.
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text="Diga em poucas linhas o que está sendo juntado. Se não há como conseguir, diga por quê.",
    )


class CienciaForm(FormularioBase, forms.Form):
    rotulo_enviar = ""
    em = CampoData(label="Quando a pessoa soube")

    def __init__(self, *args, hoje: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["em"].initial = hoje
        self.fields["em"].widget.attrs["form"] = FORMULARIO


class ProrrogacaoForm(FormularioBase, forms.Form):
    rotulo_enviar = ""
    motivo = forms.CharField(
        label="Por que precisa de mais prazo",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "form": FORMULARIO}),
    )


class EntregaForm(FormularioBase, forms.Form):
    rotulo_enviar = "Registrar a entrega"
    a_quem = forms.CharField(label="Quem recebeu", max_length=120)
    como = forms.ChoiceField(label="Como foi entregue", choices=COMO, widget=forms.RadioSelect, initial=COMO[0][0])
