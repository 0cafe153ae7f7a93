"""Forms of the trainers' console."""

from __future__ import annotations

from django import forms

from act_portal.simulador_inss.falhas import MAXIMO_SEGUNDOS
from act_portal.simulador_inss.servicos import PRAZO_EXIGENCIA_DIAS
from act_portal.simulador_inss.situacoes import Resultado, Rota, Situacao, TipoAgendamento, TipoFalha


class Formulario(forms.Form):
    required_css_class = "obrigatorio"

    def __init__(self, *args, **kwargs) -> None:
        # Several forms share a page: the prefix keeps the ids apart.
        kwargs.setdefault("prefix", type(self).__name__.lower())
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class EntrarForm(Formulario):
    token = forms.CharField(
        label="Código de acesso",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="É o INSS_TOKEN da instalação. Na instalação simples está em var/segredos/inss_token.",
    )


class FiltroForm(forms.Form):
    busca = forms.CharField(label="Protocolo", required=False, max_length=11)
    situacao = forms.ChoiceField(label="Situação", required=False, choices=[("", "Todas"), *Situacao.choices])


class ExigirForm(Formulario):
    texto = forms.CharField(label="O que falta", max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))
    dias = forms.IntegerField(label="Prazo em dias", min_value=0, max_value=365, initial=PRAZO_EXIGENCIA_DIAS)


class DecidirForm(Formulario):
    resultado = forms.ChoiceField(label="Resultado", choices=Resultado.choices)
    motivos = forms.CharField(
        label="Motivos",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Um por linha. Obrigatório para negar, no todo ou em parte.",
    )
    texto = forms.CharField(
        label="Texto da decisão", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AgendarForm(Formulario):
    tipo = forms.ChoiceField(label="Agendamento", choices=TipoAgendamento.choices)
    quando = forms.DateTimeField(
        label="Dia e hora",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        help_text="Se já há um do mesmo tipo, ele fica como remarcado.",
    )


class AutomaticoForm(Formulario):
    ligado = forms.BooleanField(label="Andar sozinho", required=False)
    segundos_por_passo = forms.IntegerField(label="Segundos entre os passos", min_value=0, max_value=86_400)


class FalhaForm(Formulario):
    tipo = forms.ChoiceField(label="Falha", choices=TipoFalha.choices)
    operacao = forms.ChoiceField(label="Onde", required=False, choices=[("", "Em tudo"), *Rota.choices])
    vezes = forms.IntegerField(label="Nas próximas chamadas", min_value=0, max_value=100_000, initial=1)
    porcento = forms.IntegerField(label="Em % das chamadas", min_value=0, max_value=100, initial=0)
    por_segundos = forms.IntegerField(label="Durante (segundos)", min_value=0, max_value=86_400, initial=0)
    segundos = forms.FloatField(
        label="Demora, ou tempo de espera pedido (segundos)", min_value=0, max_value=MAXIMO_SEGUNDOS, initial=5
    )

    def clean(self) -> dict:
        dados = super().clean() or {}
        if not self.errors and not any(dados[nome] for nome in ("vezes", "porcento", "por_segundos")):
            raise forms.ValidationError("Diga em quantas chamadas, em que parte delas ou por quanto tempo.")
        return dados
