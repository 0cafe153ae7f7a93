"""One TOML file of a catalogue: every mistake is told with file, line and a sentence that says what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from act_portal.catalogos.fonte import e_data

GRAUS = {"verificado", "secundario", "nao_verificado"}
CODIGO = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ErroDoCatalogo(Exception):
    """A mistake in a file of a catalogue: `arquivo:linha: frase`."""

    def __init__(self, arquivo: Path, linha: int, frase: str) -> None:
        super().__init__(f"{arquivo.name}:{linha}: {frase}")
        self.arquivo, self.linha, self.frase = arquivo, linha, frase


class Folha:
    """One file: its data, and the way back from a key to its line."""

    def __init__(self, arquivo: Path) -> None:
        self.arquivo = arquivo
        self.texto = arquivo.read_text(encoding="utf-8")
        try:
            self.dados = tomllib.loads(self.texto, parse_float=Decimal)
        except tomllib.TOMLDecodeError as erro:
            achado = re.search(r"at line (\d+)", str(erro))
            linha = int(achado[1]) if achado else self.texto.count("\n") + 1
            raise ErroDoCatalogo(arquivo, linha, f"o texto não é TOML válido ({erro}).") from erro

    def erro(self, frase: str, chave: str = "", tabela: str = "", indice: int = 0) -> ErroDoCatalogo:
        return ErroDoCatalogo(self.arquivo, self._linha(chave, tabela, indice), frase)

    def instanciar(self, classe: type[Any], dados: Mapping[str, Any], tabela: str = "", indice: int = 0) -> Any:
        """`classe` (a dataclass) of `dados`: no unknown key, none missing, dates and texts of the right type."""
        campos = {f.name: f for f in fields(classe)}
        for chave, valor in dados.items():
            if chave not in campos:
                raise self.erro(f"não conheço a chave “{chave}”.", chave, tabela, indice)
            if frase := _erro_de_tipo(chave, valor, str(campos[chave].type)):
                raise self.erro(frase, chave, tabela, indice)
        for nome, campo in campos.items():
            if campo.default is MISSING and campo.default_factory is MISSING and nome not in dados:
                raise self.erro(f"falta a chave “{nome}”.", "", tabela, indice)
        return classe(**{k: tuple(v) if isinstance(v, list) else v for k, v in dados.items()})

    def bloco(self, classe: type[Any], dados: Mapping[str, Any], tabela: str = "", indice: int = 0) -> Any:
        """`instanciar` for a `Fonte`: its grade exists, a checked rule names its norm, and its term is in order."""
        bloco = self.instanciar(classe, dados, tabela, indice)
        if bloco.grau not in GRAUS:
            raise self.erro(f"grau “{bloco.grau}” não existe; use {', '.join(sorted(GRAUS))}.", "grau", tabela, indice)
        if bloco.grau == "verificado" and not bloco.norma:
            raise self.erro("o que está verificado diz a norma.", "grau", tabela, indice)
        if bloco.vigente_de and bloco.vigente_ate and bloco.vigente_ate < bloco.vigente_de:
            raise self.erro("a vigência termina antes de começar.", "vigente_ate", tabela, indice)
        return bloco

    def _linha(self, chave: str, tabela: str, indice: int) -> int:
        """The line of `chave` inside the `indice`-th block `[[tabela]]` (or `[tabela]`), else that of the block."""
        linhas = self.texto.splitlines()
        cabecalhos = (
            [n for n, x in enumerate(linhas) if x.strip() in {f"[[{tabela}]]", f"[{tabela}]"}] if tabela else []
        )
        inicio = cabecalhos[indice] if indice < len(cabecalhos) else -1
        for n in range(inicio + 1, len(linhas)):
            if linhas[n].startswith("[") and not linhas[n].startswith(f"[{tabela}."):
                break
            if chave and re.match(rf"{re.escape(chave)}\s*=", linhas[n]):
                return n + 1
        return max(inicio, 0) + 1


def _erro_de_tipo(chave: str, valor: Any, anotacao: str) -> str:
    if e_data(anotacao):
        return "" if isinstance(valor, date) else f"“{chave}” é uma data, sem aspas: 2026-11-22."
    if anotacao == "str":
        return "" if isinstance(valor, str) else f"“{chave}” é um texto, entre aspas."
    if anotacao == "bool":
        return "" if isinstance(valor, bool) else f"“{chave}” é true ou false, sem aspas."
    if anotacao.startswith("int"):
        certo = isinstance(valor, int) and not isinstance(valor, bool)
        return "" if certo else f"“{chave}” é um número inteiro, sem aspas."
    if anotacao == "tuple[str, ...]":
        certo = isinstance(valor, list) and all(isinstance(v, str) for v in valor)
        return "" if certo else f"“{chave}” é uma lista de textos."
    return ""
