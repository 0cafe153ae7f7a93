"""The services that the pretend INSS knows, read once from `servicos.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Servico:
    codigo: str
    nome: str
    pat: str
    sigla: str
    especie: str
    beneficio: bool
    habilitado: bool
    obrigatorios: tuple[str, ...]
    agendamentos: tuple[str, ...]


@cache
def _ler() -> dict:
    return tomllib.loads((Path(__file__).parent / "servicos.toml").read_text(encoding="utf-8"))


@cache
def servicos() -> dict[str, Servico]:
    return {
        linha["codigo"]: Servico(
            **{**linha, "obrigatorios": tuple(linha["obrigatorios"]), "agendamentos": tuple(linha["agendamentos"])}
        )
        for linha in _ler()["servico"]
    }


def caixas() -> dict[str, str]:
    return _ler()["slots"]
