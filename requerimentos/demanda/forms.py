"""The answers of a request: one field a question. What was told in the conversation comes marked; the rest is empty."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.html import format_html

from act_portal.telas.formatos import dinheiro
from act_portal.telas.forms import CampoData, CampoDecimal, Coluna, FormularioBase, Linha
from requerimentos.demanda.perguntas import AUTORIZACOES, Pergunta, Tipo, perguntas_do
from requerimentos.demanda.servico import Servico
from requerimentos.demanda.tempo import ler, por_extenso
from requerimentos.formularios import em_palavras

DIVERGE = "{} foi dito “{}”; {} está “{}”: confirme com a pessoa."
SIM_NAO = [("sim", "Sim"), ("nao", "Não")]


def ler_sim_nao(valor: str) -> bool | None:
    return {"sim": True, "nao": False}.get(valor)


def marcar_dito(campo: forms.Field, de: str) -> None:
    """Say beside the field that its answer was told before, and that it is still the person's to confirm."""
    campo.help_text = format_html(
        '{} <span class="campo__dito">Dito {}: confirme com a pessoa.</span>', campo.help_text, de
    )


def marcar_divergencia(campo: forms.Field, frase: str) -> None:
    """Say beside the field that something else was told before."""
    campo.help_text = format_html('{} <span class="campo__dito campo__dito--difere">{}</span>', campo.help_text, frase)


class CampoSimNao(forms.TypedChoiceField):
    """Yes, no, or not answered yet (None)."""

    def __init__(self, **opcoes: Any) -> None:
        super().__init__(
            choices=SIM_NAO,
            coerce=ler_sim_nao,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "opcoes--compacta opcoes--lado"}),
            **opcoes,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "sim", False: "nao"}.get(value, value)

    def em_palavras(self, valor: bool) -> str:
        return "Sim" if valor else "Não"


class CampoDinheiro(CampoDecimal):
    default_error_messages = {"min_value": "Escreva o valor sem sinal de menos. Se não há dinheiro, escreva 0."}

    def em_palavras(self, valor: Decimal | str) -> str:
        return dinheiro(valor)


class CampoTempo(forms.CharField):
    """Contribution time as people say it; kept in words, in one way of writing."""

    def to_python(self, value: Any) -> str:
        texto = super().to_python(value) or ""
        try:
            return por_extenso(ler(texto)) if texto else ""
        except ValueError as erro:
            raise forms.ValidationError(str(erro), code="tempo") from erro


class RespostasForm(FormularioBase, forms.Form):
    """`ditas`: what the conversation of the visit told, by the key of the question, marked while it is the answer."""

    rotulo_enviar = "Salvar e continuar"
    mostrar_opcional = False

    versao = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        servico: Servico,
        respostas: dict[str, Any],
        versao: int,
        ditas: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.perguntas = perguntas_do(servico)
        self.respostas = respostas
        self.ditas = {chave: dita for chave, dita in (ditas or {}).items() if respostas.get(chave) == dita}
        self.mudadas = {c: d for c, d in (ditas or {}).items() if respostas.get(c) not in (None, d)}
        kwargs["initial"] = {**respostas, "versao": versao}
        super().__init__(*args, **kwargs)

    def leiaute(self) -> list:
        for pergunta in self.perguntas:
            self.fields[pergunta.chave] = _campo(pergunta)
            if pergunta.chave in self.ditas:
                marcar_dito(self.fields[pergunta.chave], "na conversa")
            elif pergunta.chave in self.mudadas:
                campo = self.fields[pergunta.chave]
                ditas = [em_palavras(campo, r[pergunta.chave]) for r in (self.mudadas, self.respostas)]
                marcar_divergencia(campo, DIVERGE.format("Na conversa", ditas[0], "aqui", ditas[1]))
        papeis = {p.chave for p in AUTORIZACOES}
        do_caso = [p.chave for p in self.perguntas if p.chave not in papeis]
        escolhas = [p.chave for p in self.perguntas if p.chave in papeis]
        return [
            "versao",
            Fieldset("Sobre o pedido", _em_pares(do_caso)),
            Fieldset("O que a pessoa autoriza", _em_pares(escolhas)),
        ]

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        hoje, antes = dados.get("tempo_contribuicao"), dados.get("tempo_na_reforma")
        if hoje and antes and ler(antes) > ler(hoje):
            self.add_error("tempo_na_reforma", "Este tempo não pode ser maior que o de hoje. Confira os dois.")
        return dados

    def diferencas(self, guardadas: dict[str, Any]) -> list[tuple[str, str]]:
        """(question, stored answer) of what this form answers differently from what somebody else has just stored."""
        dadas = self.respostas_dadas()
        return [
            (p.texto, em_palavras(self.fields[p.chave], guardadas.get(p.chave), vazio="não respondida"))
            for p in self.perguntas
            if dadas[p.chave] != guardadas.get(p.chave)
        ]

    def respostas_dadas(self) -> dict[str, Any]:
        """JSON-safe answers of this form; None where the person did not answer."""
        dadas = {}
        for pergunta in self.perguntas:
            valor = self.cleaned_data.get(pergunta.chave)
            if pergunta.tipo == Tipo.DATA and valor:
                valor = valor.isoformat()
            elif pergunta.tipo == Tipo.DINHEIRO and valor is not None:
                valor = f"{valor:.2f}"
            elif pergunta.tipo == Tipo.TEMPO:
                valor = valor or None
            dadas[pergunta.chave] = valor
        return dadas


def _em_pares(chaves: list[str]) -> Linha:
    return Linha(*[Coluna(chave, largura=3) for chave in chaves])


def _campo(pergunta: Pergunta) -> forms.Field:
    comuns: dict[str, Any] = {"label": pergunta.texto, "help_text": pergunta.ajuda}
    if pergunta.tipo == Tipo.DATA:
        return CampoData(passado=True, required=False, **comuns)
    if pergunta.tipo == Tipo.DINHEIRO:
        return CampoDinheiro(required=False, min_value=Decimal(0), max_digits=10, decimal_places=2, **comuns)
    if pergunta.tipo == Tipo.TEMPO:
        return CampoTempo(required=False, max_length=60, **comuns)
    return CampoSimNao(**comuns)
