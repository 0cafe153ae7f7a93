"""The long forms as they are kept: what was typed, whole or not. A form is complete when it is valid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from adesao.formularios.longos import INICIAIS, LONGOS, FormularioLongo
from adesao.models import Formulario, Processo

Tipo = Formulario.Tipo
# More than the longest form can hold: whoever sends more is not filling it in.
MAIOR = 60_000


def guardado(processo: Processo, tipo: Tipo) -> Formulario:
    """The row of the form; one that nobody saved yet is not in the database."""
    linha = processo.formularios.filter(tipo=tipo).first()
    return linha or Formulario(processo=processo, tipo=tipo, dados=dict(INICIAIS.get(tipo, {})))


def para_preencher(linha: Formulario) -> FormularioLongo:
    """The form with what was typed, complaining about nothing."""
    return LONGOS[Tipo(linha.tipo)](initial=linha.dados)


def conferido(linha: Formulario) -> FormularioLongo:
    """The form judged: `errors` says what is missing, `cleaned_data` what the papers print."""
    return LONGOS[Tipo(linha.tipo)](data=_como_enviado(linha.dados))


def ler_enviado(tipo: Tipo, enviado: QueryDict) -> dict[str, Any]:
    """What somebody typed into the form, and nothing else of the request: lists stay lists."""
    form = LONGOS[tipo]()
    dados: dict[str, Any] = {}
    for nome, campo in form.fields.items():
        varios = getattr(campo.widget, "allow_multiple_selected", False)
        valor = enviado.getlist(nome) if varios else enviado.get(nome, "")
        # What the columns of the papers cannot hold is no answer, and a NUL stops PostgreSQL.
        dados[nome] = [v[:100] for v in valor] if isinstance(valor, list) else str(valor).replace("\0", "")[:MAIOR]
    return dados


def completo(processo: Processo, tipo: Tipo) -> bool:
    return conferido(guardado(processo, tipo)).is_valid()


def incompletos(processo: Processo) -> list[Tipo]:
    """The forms that still lack something, in the order of the page; one query."""
    linhas = {linha.tipo: linha for linha in processo.formularios.all()}
    faltam = []
    for tipo in Tipo:
        linha = linhas.get(tipo) or Formulario(processo=processo, tipo=tipo, dados=dict(INICIAIS.get(tipo, {})))
        if not conferido(linha).is_valid():
            faltam.append(tipo)
    return faltam


def diferencas(linha: Formulario, digitado: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where what is kept now differs from what was just typed: label and kept value, as the page shows them."""
    form = para_preencher(linha)
    achadas = []
    for nome, campo in form.fields.items():
        antes, agora = linha.dados.get(nome) or "", digitado.get(nome) or ""
        if antes != agora:
            achadas.append((str(campo.label), _em_palavras(campo, antes) or "vazio"))
    return achadas


def perguntas(linha: Formulario) -> list[tuple[str, str]]:
    """The answered questions of the form, with the answers as the page shows them."""
    form = para_preencher(linha)
    pares = [(campo.label, _em_palavras(campo, linha.dados.get(nome))) for nome, campo in form.fields.items()]
    return [(str(rotulo), valor) for rotulo, valor in pares if valor]


def _em_palavras(campo: Any, valor: Any) -> str:
    if isinstance(campo, forms.DateField):
        return _dia(campo, valor)
    escolhas = dict(getattr(campo, "choices", []))
    valores = valor if isinstance(valor, list) else [valor]
    return ", ".join(str(escolhas.get(v, v)) for v in valores if v)


def _dia(campo: forms.DateField, valor: Any) -> str:
    """A browser sends the year first. What is no day yet stays as it was typed."""
    try:
        dia = campo.to_python(valor)
    except ValidationError:
        return str(valor)
    return f"{dia:%d/%m/%Y}" if dia else ""


def _como_enviado(dados: Mapping[str, Any]) -> QueryDict:
    enviado = QueryDict(mutable=True)
    for nome, valor in dados.items():
        if isinstance(valor, list):
            enviado.setlist(nome, valor)
        else:
            enviado[nome] = str(valor)
    return enviado
