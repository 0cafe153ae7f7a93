"""Yearly values and tables by date (`valores.toml`): minimum wage, ceilings, moving ages. No yearly number in code."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.telas.formatos import dinheiro
from requerimentos.demanda.servico import Fonte

ARQUIVO = Path(__file__).parent / "valores.toml"


@dataclass(frozen=True, kw_only=True)
class Valor(Fonte):
    """One dated number or text. `unidade`: BRL, anos, meses, dias, percentual, texto…"""

    chave: str
    valor: Decimal | str
    unidade: str = ""
    observacao: str = ""

    @property
    def exibir(self) -> str:
        """As people read it: "R$ 1.621,00", "24 meses"."""
        if isinstance(self.valor, str):
            return self.valor
        if self.unidade == "BRL":
            return dinheiro(self.valor)
        numero = f"{self.valor.normalize():f}".replace(".", ",")
        return numero + {"percentual": "%"}.get(self.unidade, f" {self.unidade.replace('_', ' ')}")


@dataclass(frozen=True, kw_only=True)
class Linha:
    """One year of a table; `mulher` and `homem` hold points, or an age as (years, months)."""

    vigente_de: date
    vigente_ate: date | None = None
    mulher: int | tuple[int, int]
    homem: int | tuple[int, int]

    def de(self, sexo: str) -> int | tuple[int, int]:
        return self.mulher if sexo == "F" else self.homem


@dataclass(frozen=True, kw_only=True)
class Tabela(Fonte):
    chave: str
    descricao: str
    linhas: tuple[Linha, ...]

    def em(self, dia: date) -> Linha | None:
        return next(
            (x for x in self.linhas if x.vigente_de <= dia and (x.vigente_ate is None or dia <= x.vigente_ate)), None
        )


@cache
def _ler() -> tuple[Mapping[str, tuple[Valor, ...]], Mapping[str, Tabela]]:
    dados = tomllib.loads(ARQUIVO.read_text(encoding="utf-8"), parse_float=Decimal)
    valores: dict[str, list[Valor]] = {}
    for linha in dados["valor"]:
        numero = linha["valor"]
        linha["valor"] = Decimal(numero) if isinstance(numero, int) else numero
        valores.setdefault(linha["chave"], []).append(Valor(**linha))
    tabelas = {t["chave"]: _tabela(t) for t in dados["tabela"]}
    # The row that began last rules: a later norm may fix a date before the earlier one ends.
    return {k: tuple(sorted(v, key=lambda x: x.vigente_de or date.min)) for k, v in valores.items()}, tabelas


def _tabela(dados: dict[str, Any]) -> Tabela:
    linhas = []
    for linha in dados.pop("linha"):
        campos: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in linha.items()}
        linhas.append(Linha(**campos))
    return Tabela(linhas=tuple(linhas), **dados)


def valor(chave: str, em: date) -> Valor:
    """The row of `chave` in force on `em`. LookupError when there is none: no number is ever guessed."""
    valendo = [v for v in _ler()[0].get(chave, ()) if v.vigente(em)]
    if not valendo:
        raise LookupError(f"Sem valor de {chave!r} em {em:%d/%m/%Y}.")
    return valendo[-1]


def tabela(chave: str) -> Tabela:
    """A table by year; KeyError for an unknown one."""
    return _ler()[1][chave]


def existe(chave: str) -> bool:
    valores, tabelas = _ler()
    return chave in valores or chave in tabelas


def ano_e_meses(idade: int | tuple[int, int]) -> str:
    anos, meses = idade if isinstance(idade, tuple) else (idade, 0)
    return f"{anos} anos e {meses} meses" if meses else f"{anos} anos"


def chaves_de(texto: str) -> list[str]:
    """The keys that a text names in braces."""
    return [nome.partition(".")[0] for _, nome, _, _ in string.Formatter().parse(texto) if nome]


def preencher(texto: str, em: date) -> str:
    """Put the values of day `em` in the place of `{chave}`, `{tabela.mulher}` and `{tabela.homem}`."""
    partes = []
    for literal, nome, _, _ in string.Formatter().parse(texto):
        partes.append(literal)
        if nome:
            partes.append(_por_extenso(nome, em))
    return "".join(partes)


def _por_extenso(nome: str, em: date) -> str:
    chave, _, sexo = nome.partition(".")
    try:
        if not sexo:
            return valor(chave, em).exibir
        linha = tabela(chave).em(em)
    except LookupError:
        linha = None
    if linha is None:
        return "(valor a conferir)"
    numero = linha.de("F" if sexo == "mulher" else "M")
    return ano_e_meses(numero) if isinstance(numero, tuple) else str(numero)
