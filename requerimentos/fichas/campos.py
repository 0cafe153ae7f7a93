"""The field of each kind of question. What is typed is kept as it is; the field says what it means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms

from act_portal.telas.formatos import dinheiro
from act_portal.telas.forms import CampoCEP, CampoCNPJ, CampoCPF, CampoData, CampoTelefone
from act_portal.telas.mensagens import falar_portugues
from requerimentos.demanda.forms import CampoDinheiro, CampoSimNao
from requerimentos.fichas.pacote import Pergunta, Tipo

MAIOR_TEXTO = 200
MAIOR_TEXTO_LONGO = 3000
# Up to this many options are all seen at once.
A_VISTA = 5


class CampoMedida(CampoDinheiro):
    """A number with up to four decimals, written with a comma: hectares, kilometres, metres."""

    def em_palavras(self, valor: Decimal | str) -> str:
        return medida(valor)


def medida(valor: Any) -> str:
    return f"{Decimal(valor).normalize():f}".replace(".", ",")


def campo(pergunta: Pergunta) -> forms.Field:
    """A new field, whose `clean` gives bool, str, list of str, date, Decimal, int or None (nothing typed)."""
    comuns: dict[str, Any] = {"label": pergunta.texto, "help_text": pergunta.ajuda}
    feito = _FEITIOS[Tipo(pergunta.tipo)](pergunta, comuns)
    feito.required = pergunta.obrigatoria
    feito.widget.attrs.setdefault("autocomplete", "off")
    feito.widget.attrs["data-tipo"] = pergunta.tipo
    return feito


@cache
def _leitor(pergunta: _Chave) -> forms.Field:
    lido = campo(pergunta.pergunta)
    falar_portugues(lido)
    return lido


class _Chave:
    """Questions hold dicts and do not hash: by identity of what they say."""

    def __init__(self, pergunta: Pergunta) -> None:
        self.pergunta = pergunta
        self.marca = repr(pergunta)

    def __hash__(self) -> int:
        return hash(self.marca)

    def __eq__(self, outra: object) -> bool:
        return isinstance(outra, _Chave) and outra.marca == self.marca


def leitor(pergunta: Pergunta) -> forms.Field:
    """One field a question, only to read with (`ler`)."""
    return _leitor(_Chave(pergunta))


def ler(pergunta: Pergunta, cru: Any) -> Any:
    """What was typed as a value; None when nothing was. Raises ValidationError."""
    if cru in (None, "", []):
        return None
    valor = leitor(pergunta).clean(cru)
    return None if valor in ("", []) else valor


def em_palavras(pergunta: Pergunta, valor: Any) -> str:
    """A value as people read it; "" for none."""
    if valor is None:
        return ""
    tipo = Tipo(pergunta.tipo)
    if tipo == Tipo.SIM_NAO:
        return "Sim" if valor else "Não"
    if tipo == Tipo.DATA and isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    if tipo == Tipo.DINHEIRO:
        return dinheiro(valor)
    if tipo == Tipo.MEDIDA:
        return medida(valor)
    if tipo == Tipo.VARIAS:
        return ", ".join(valor)
    campo_lido = leitor(pergunta)
    mascara = getattr(type(campo_lido), "mascara", None)
    return str(mascara(valor) if mascara else valor)


def _opcao(pergunta: Pergunta, comuns: dict[str, Any]) -> forms.Field:
    escolhas = [(o, o) for o in pergunta.opcoes]
    if len(escolhas) <= A_VISTA:
        return forms.ChoiceField(
            choices=escolhas, widget=forms.RadioSelect(attrs={"class": "opcoes--compacta opcoes--lado"}), **comuns
        )
    return forms.ChoiceField(choices=[("", "Escolha"), *escolhas], **comuns)


def _varias(pergunta: Pergunta, comuns: dict[str, Any]) -> forms.Field:
    escolhas = [(o, o) for o in pergunta.opcoes]
    widget = forms.CheckboxSelectMultiple(attrs={"class": "opcoes--compacta"})
    return forms.MultipleChoiceField(choices=escolhas, widget=widget, **comuns)


def _longo(pergunta: Pergunta, comuns: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=MAIOR_TEXTO_LONGO, widget=forms.Textarea(attrs={"rows": 5}), **comuns)


def _inteiro(pergunta: Pergunta, comuns: dict[str, Any]) -> forms.Field:
    menor = 0 if pergunta.minimo is None else pergunta.minimo
    maior = 1_000_000 if pergunta.maximo is None else pergunta.maximo
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=menor, max_value=maior, widget=widget, **comuns)


def _medida(pergunta: Pergunta, comuns: dict[str, Any]) -> forms.Field:
    return CampoMedida(min_value=Decimal(0), max_digits=11, decimal_places=4, **comuns)


_FEITIOS: dict[Tipo, Any] = {
    Tipo.SIM_NAO: lambda p, c: CampoSimNao(**c),
    Tipo.OPCAO: _opcao,
    Tipo.VARIAS: _varias,
    Tipo.TEXTO: lambda p, c: forms.CharField(max_length=p.maximo or MAIOR_TEXTO, **c),
    Tipo.TEXTO_LONGO: _longo,
    Tipo.DATA: lambda p, c: CampoData(passado=p.passado, **c),
    Tipo.DINHEIRO: lambda p, c: CampoDinheiro(min_value=Decimal(0), max_digits=10, decimal_places=2, **c),
    Tipo.INTEIRO: _inteiro,
    Tipo.MEDIDA: _medida,
    Tipo.CPF: lambda p, c: CampoCPF(**c),
    Tipo.CNPJ: lambda p, c: CampoCNPJ(**c),
    Tipo.CEP: lambda p, c: CampoCEP(**c),
    Tipo.TELEFONE: lambda p, c: CampoTelefone(**c),
}
