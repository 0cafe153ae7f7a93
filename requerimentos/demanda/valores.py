"""Yearly values and tables by date (`valores.toml`): minimum wage, ceilings, moving ages. No yearly number in code."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte
from act_portal.telas.formatos import dinheiro

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


@dataclass(frozen=True)
class Valores:
    """Every row of the file, by key; the rows of a key in the order in which they begin."""

    valores: Mapping[str, tuple[Valor, ...]]
    tabelas: Mapping[str, Tabela]
    nomes: Mapping[str, str]

    def linhas(self, chave: str) -> Sequence[Valor | Linha]:
        return self.tabelas[chave].linhas if chave in self.tabelas else self.valores.get(chave, ())


@cache
def ler(arquivo: Path = ARQUIVO) -> Valores:
    """Raises ErroDoCatalogo with file, line and what is wrong."""
    folha = Folha(arquivo)
    for nome in folha.dados.keys() - {"valor", "tabela", "nomes"}:
        raise folha.erro(f"não conheço a chave “{nome}”.", nome)
    valores: dict[str, list[Valor]] = {}
    for indice, dados in enumerate(folha.blocos("valor")):
        lido = _valor(folha, indice, dados)
        valores.setdefault(lido.chave, []).append(lido)
    tabelas: dict[str, Tabela] = {}
    for indice, dados in enumerate(folha.blocos("tabela")):
        tabela_lida = _tabela(folha, indice, dados)
        if tabela_lida.chave in tabelas or tabela_lida.chave in valores:
            raise folha.erro(f"“{tabela_lida.chave}” aparece duas vezes.", "chave", "tabela", indice)
        tabelas[tabela_lida.chave] = tabela_lida
    nomes = folha.dados.get("nomes", {})
    if sobra := set(nomes) - set(valores):
        raise folha.erro(f"“{min(sobra)}” não é valor daqui.", min(sobra))
    # The row that began last rules: a later norm may fix a date before the earlier one ends.
    return Valores({k: tuple(sorted(v, key=_comeco)) for k, v in valores.items()}, tabelas, nomes)


def _comeco(linha: Valor) -> date:
    return linha.vigente_de or date.min


def _valor(folha: Folha, indice: int, dados: Mapping[str, Any]) -> Valor:
    numero = dados.get("valor")
    if isinstance(numero, bool) or not isinstance(numero, int | Decimal | str | None):
        raise folha.erro("“valor” é um número ou um texto.", "valor", "valor", indice)
    certo = Decimal(numero) if isinstance(numero, int) else numero
    lido: Valor = folha.bloco(Valor, {**dados, "valor": certo}, "valor", indice)
    return lido


def _tabela(folha: Folha, indice: int, dados: Mapping[str, Any]) -> Tabela:
    linhas = [_linha(folha, indice, linha) for linha in dados.get("linha", [])]
    for antes, depois in pairwise(linhas):
        if antes.vigente_ate is None or antes.vigente_ate + timedelta(days=1) != depois.vigente_de:
            frase = f"a linha que começa em {depois.vigente_de:%d/%m/%Y} não emenda com a anterior."
            raise folha.erro(frase, "linha", "tabela", indice)
    if not linhas or linhas[-1].vigente_ate is not None:
        raise folha.erro("a última linha da tabela fica sem “vigente_ate”.", "linha", "tabela", indice)
    campos = {chave: valor for chave, valor in dados.items() if chave != "linha"}
    lida: Tabela = folha.bloco(Tabela, {**campos, "linhas": tuple(linhas)}, "tabela", indice)
    return lida


def _linha(folha: Folha, indice: int, dados: Any) -> Linha:
    if not isinstance(dados, dict):
        raise folha.erro("cada linha se escreve entre chaves { }.", "linha", "tabela", indice)
    lida: Linha = folha.instanciar(Linha, dados, "tabela", indice)
    for numero in (lida.mulher, lida.homem):
        partes = numero if isinstance(numero, tuple) else (numero,)
        if len(partes) > 2 or not all(type(parte) is int for parte in partes):
            raise folha.erro("“mulher” e “homem” são pontos, ou [anos, meses].", "linha", "tabela", indice)
    return lida


def valor(chave: str, em: date) -> Valor:
    """The row of `chave` in force on `em`. LookupError when there is none: no number is ever guessed."""
    valendo = [v for v in ler().valores.get(chave, ()) if v.vigente(em)]
    if not valendo:
        raise LookupError(f"Sem valor de {chave!r} em {em:%d/%m/%Y}.")
    return valendo[-1]


def numero(chave: str, em: date) -> Decimal | None:
    """The number of `chave` in force on `em`, or None when there is none to compare with."""
    valendo = [v.valor for v in ler().valores.get(chave, ()) if v.vigente(em)]
    return valendo[-1] if valendo and isinstance(valendo[-1], Decimal) else None


def tabela(chave: str) -> Tabela:
    """A table by year; KeyError for an unknown one."""
    return ler().tabelas[chave]


def existe(chave: str) -> bool:
    return bool(ler().linhas(chave))


def tem_numero(chave: str) -> bool:
    """True when `chave` names dated numbers, the only kind that a rule can compare."""
    linhas = ler().valores.get(chave, ())
    return bool(linhas) and all(isinstance(linha.valor, Decimal) for linha in linhas)


def tem_idades(chave: str) -> bool:
    tabela_achada = ler().tabelas.get(chave)
    return tabela_achada is not None and isinstance(tabela_achada.linhas[0].mulher, tuple)


def tem_pontos(chave: str) -> bool:
    return chave in ler().tabelas and not tem_idades(chave)


def descoberto(chave: str, de: date, ate: date) -> date | None:
    """The first day from `de` to `ate` on which `chave` has no row; None when it always has one."""
    dia = de
    for linha in ler().linhas(chave):
        if (linha.vigente_de or date.min) <= dia:
            if linha.vigente_ate is None:
                return None
            dia = max(dia, linha.vigente_ate + timedelta(days=1))
    return dia if dia <= ate else None


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
