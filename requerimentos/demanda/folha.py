"""One TOML file of the catalogue: read whole, made into plain values, its mistakes told with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

DATAS = {"vigente_de", "vigente_ate", "conferido_em"}
GRAUS = {"verificado", "secundario", "nao_verificado"}


class ErroDoCatalogo(Exception):
    """A mistake in a file of the catalogue: `arquivo:linha: frase`."""

    def __init__(self, arquivo: Path, linha: int, frase: str) -> None:
        super().__init__(f"{arquivo.name}:{linha}: {frase}")
        self.arquivo, self.linha, self.frase = arquivo, linha, frase


class Folha:
    """One file: its data, and the way back from a key to its line."""

    def __init__(self, arquivo: Path) -> None:
        self.arquivo = arquivo
        self.texto = _ler(arquivo)
        try:
            self.dados = tomllib.loads(self.texto, parse_float=Decimal)
        except tomllib.TOMLDecodeError as erro:
            achado = re.search(r"at line (\d+)", str(erro))
            linha = int(achado[1]) if achado else self.texto.count("\n") + 1
            raise ErroDoCatalogo(arquivo, linha, f"o texto não é TOML válido ({erro}).") from erro
        if not self.dados:
            raise self.erro("o arquivo está vazio.")

    def erro(
        self, frase: str, chave: str = "", tabela: str = "", indice: int = 0, palavra: str | None = None
    ) -> ErroDoCatalogo:
        """`palavra`: the item of the list `chave` that is wrong, when its own line can be told."""
        return ErroDoCatalogo(self.arquivo, self._linha(chave, tabela, indice, palavra), frase)

    def blocos(self, tabela: str) -> list[Mapping[str, Any]]:
        """The blocks `[[tabela]]`, none when there is no such table."""
        lidos = self.dados.get(tabela, [])
        if not isinstance(lidos, list) or not all(isinstance(bloco, dict) for bloco in lidos):
            raise self.erro(f"“{tabela}” se escreve em blocos [[{tabela}]].", tabela)
        return lidos

    def bloco(self, tabela: str) -> Mapping[str, Any]:
        """The block `[tabela]`, empty when there is none."""
        lido = self.dados.get(tabela, {})
        if not isinstance(lido, dict):
            raise self.erro(f"“{tabela}” se escreve num bloco [{tabela}].", tabela)
        return lido

    def _linha(self, chave: str, tabela: str, indice: int, palavra: str | None) -> int:
        """The line of `chave` inside the `indice`-th block `[[tabela]]` (or `[tabela]`), else that of the block."""
        linhas = self.texto.splitlines()
        cabecalhos = (
            [n for n, x in enumerate(linhas) if x.strip() in {f"[[{tabela}]]", f"[{tabela}]"}] if tabela else []
        )
        inicio = cabecalhos[indice] if indice < len(cabecalhos) else -1
        if chave and not tabela and (cabecalho := self._cabecalho(linhas, chave)):
            return cabecalho
        for n in range(inicio + 1, len(linhas)):
            if linhas[n].startswith("[") and not linhas[n].startswith(f"[{tabela}."):
                break
            if chave and re.match(rf"{re.escape(chave)}\s*=", linhas[n]):
                return self._linha_do_item(linhas, n, palavra)
        return max(inicio, 0) + 1

    @staticmethod
    def _cabecalho(linhas: list[str], tabela: str) -> int:
        """The line of the first `[tabela]` or `[[tabela]]`, 0 when there is none."""
        return next((n + 1 for n, x in enumerate(linhas) if x.strip() in {f"[[{tabela}]]", f"[{tabela}]"}), 0)

    @staticmethod
    def _linha_do_item(linhas: list[str], inicio: int, palavra: str | None) -> int:
        if palavra is not None:
            for n in range(inicio, len(linhas)):
                if f'"{palavra}"' in linhas[n]:
                    return n + 1
                if linhas[n].strip() == "]":
                    break
        return inicio + 1


def _ler(arquivo: Path) -> str:
    bruto = arquivo.read_bytes()
    try:
        return bruto.decode("utf-8")
    except UnicodeDecodeError as erro:
        linha = bruto[: erro.start].count(b"\n") + 1
        raise ErroDoCatalogo(arquivo, linha, "há um caractere que não está em UTF-8; salve de novo em UTF-8.") from erro


def montar(folha: Folha, classe: type[Any], dados: Mapping[str, Any], tabela: str = "", indice: int = 0) -> Any:
    """An instance of the dataclass `classe`: every key known, every type right, nothing missing."""
    campos = {f.name: f for f in fields(classe)}
    for chave, valor in dados.items():
        if chave not in campos:
            raise folha.erro(f"não conheço a chave “{chave}”.", chave, tabela, indice)
        if frase := _erro_de_tipo(chave, valor, str(campos[chave].type)):
            raise folha.erro(frase, chave, tabela, indice)
    for nome, campo in campos.items():
        sem_padrao = campo.default is MISSING and campo.default_factory is MISSING
        if sem_padrao and dados.get(nome) in (None, ""):
            raise folha.erro(f"falta a chave “{nome}”.", nome if nome in dados else "", tabela, indice)
    return classe(**{k: tuple(v) if isinstance(v, list) else v for k, v in dados.items()})


def _erro_de_tipo(chave: str, valor: Any, anotacao: str) -> str:
    if chave in DATAS:
        # A moment of TOML is a date to Python; a rule begins on a day.
        certa = isinstance(valor, date) and not isinstance(valor, datetime)
        return "" if certa else f"“{chave}” é uma data, sem aspas: 2026-11-22."
    tipos: dict[str, tuple[Any, str]] = {
        "str": (str, "é um texto, entre aspas"),
        "bool": (bool, "é true ou false, sem aspas"),
        "int | None": (int, "é um número inteiro, sem aspas"),
        "Mapping[str, Any]": (dict, "se escreve entre chaves { }"),
        "Mapping[str, str]": (dict, "se escreve num bloco próprio"),
        "tuple[str, ...]": (list, "é uma lista de textos"),
    }
    tipo, frase = tipos.get(anotacao, (object, ""))
    certo = isinstance(valor, tipo) and not (tipo is int and isinstance(valor, bool))
    if certo and anotacao == "tuple[str, ...]":
        certo = all(isinstance(item, str) and item.strip() for item in valor)
    if certo and anotacao == "Mapping[str, str]":
        certo = all(isinstance(item, str) and item.strip() for item in valor.values())
    return "" if certo else f"“{chave}” {frase}."


def conferir_fonte(folha: Folha, fonte: Any, tabela: str, indice: int = 0) -> None:
    """What every block with a source obeys: a known grade, a norm for what is verified, dates in order."""
    if fonte.grau not in GRAUS:
        raise folha.erro(f"grau “{fonte.grau}” não existe; use {', '.join(sorted(GRAUS))}.", "grau", tabela, indice)
    if fonte.grau == "verificado" and not fonte.norma:
        raise folha.erro("o que está verificado diz a norma.", "grau", tabela, indice)
    if fonte.conferido_em is None:
        raise folha.erro("falta a chave “conferido_em”: o dia em que alguém olhou isto.", "", tabela, indice)
    if fonte.vigente_de and fonte.vigente_ate and fonte.vigente_ate < fonte.vigente_de:
        raise folha.erro("a vigência termina antes de começar.", "vigente_ate", tabela, indice)
