"""The names of the files that leave, by the rule of `nomes.toml` that this installation chose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.territorio.texto import normalizar

TABELA = Path(__file__).with_name("nomes.toml")
# Room for the part number and ".pdf" inside the column.
MAXIMO = 130
SEM_NOME = "pessoa"


@dataclass(frozen=True)
class Padrao:
    """One rule of naming, and where it was read."""

    modelo: str
    maiusculas: bool
    naturezas: Mapping[str, str]
    fonte: str
    fonte_url: str
    grau: str

    def nome(self, nome: str, cpf: str, natureza: str, vaga: str) -> str:
        """`MARIA_11144477735_ORIGINAIS_documento-de-identidade`: only letters, digits, `-` and `_`, no accents."""
        palavras = _palavras(nome) or [SEM_NOME]
        escritas = [p.upper() if self.maiusculas else p.title() for p in palavras]
        base = self.modelo.format(
            primeiro_nome=escritas[0],
            nome_e_sobrenome="-".join([escritas[0], *escritas[1:][-1:]]),
            nome_completo="-".join(escritas),
            cpf=cpf,
            natureza=self.naturezas[natureza],
        )
        fim = "_" + "-".join(_palavras(vaga))
        return base[: MAXIMO - len(fim)] + fim


def _palavras(texto: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", normalizar(texto).replace("'", ""))


@cache
def padroes() -> dict[str, Padrao]:
    linhas: dict[str, Any] = tomllib.loads(TABELA.read_text(encoding="utf-8"))
    return {chave: Padrao(**linha) for chave, linha in linhas.items() if isinstance(linha, dict)}
