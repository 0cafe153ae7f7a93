"""What a município needs for the agreement, read once from `requisitos.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte

ARQUIVO = Path(__file__).parent / "requisitos.toml"


@dataclass(frozen=True, kw_only=True)
class Requisito(Fonte):
    """One thing to have. How an answer becomes a state: `estados`, `todos` (all of them) or `minimo`/`recomendado`."""

    codigo: str
    grupo: str
    titulo: str
    resumo: str
    pergunta: str
    frases: Mapping[str, str]
    estados: Mapping[str, str] = field(default_factory=dict)
    todos: Mapping[str, str] = field(default_factory=dict)
    minimo: int = 0
    recomendado: int = 0
    regimes: tuple[str, ...] = ()
    data: str = ""
    validade_dias: int = 0
    endereco: str = ""


@dataclass(frozen=True)
class Grupo:
    codigo: str
    nome: str
    requisitos: tuple[Requisito, ...]


@cache
def _folha() -> tuple[Folha, tuple[Requisito, ...]]:
    folha = Folha(ARQUIVO)
    return folha, tuple(folha.bloco(Requisito, x, "requisito", n) for n, x in enumerate(folha.dados["requisito"]))


def requisitos(em: date) -> tuple[Requisito, ...]:
    """Those in force on `em`, in the order of the file."""
    return tuple(requisito for requisito in _folha()[1] if requisito.vigente(em))


def grupos(em: date) -> list[Grupo]:
    return [
        Grupo(linha["codigo"], linha["nome"], tuple(r for r in requisitos(em) if r.grupo == linha["codigo"]))
        for linha in _folha()[0].dados["grupo"]
    ]


def aviso_dias() -> int:
    return _folha()[0].dados["parametros"]["aviso_dias"]
