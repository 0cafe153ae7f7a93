"""The questions of the self-check with what they mean, read once from `requisitos.toml` and the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte
from adesao.checklist.catalogo import checklist
from adesao.checklist.requisito import Especie

ARQUIVO = Path(__file__).parent / "requisitos.toml"
# What a row takes over from its item of the checklist, unless it says so itself.
DO_ITEM = ["nome", "explica", "validade_dias", "especies", *(f.name for f in fields(Fonte))]


@dataclass(frozen=True, kw_only=True)
class Requisito(Fonte):
    """One thing to have. How an answer becomes a state: `estados`, `todos` (all of them) or `minimo`/`recomendado`.

    An answer that is one of `especies` (kinds of a certificate) is as good as that kind.
    """

    codigo: str
    grupo: str
    nome: str
    explica: str
    pergunta: str
    frases: Mapping[str, str]
    item: str = ""
    estados: Mapping[str, str] = field(default_factory=dict)
    todos: Mapping[str, str] = field(default_factory=dict)
    minimo: int = 0
    recomendado: int = 0
    regimes: tuple[str, ...] = ()
    data: str = ""
    validade_dias: int = 0
    especies: tuple[Especie, ...] = ()


@dataclass(frozen=True)
class Grupo:
    codigo: str
    nome: str
    requisitos: tuple[Requisito, ...]


@cache
def _folha() -> tuple[Folha, tuple[Requisito, ...]]:
    folha = Folha(ARQUIVO)
    linhas = [_com_o_item(folha, linha, n) for n, linha in enumerate(folha.dados["requisito"])]
    return folha, tuple(folha.bloco(Requisito, linha, "requisito", n) for n, linha in enumerate(linhas))


def _com_o_item(folha: Folha, linha: dict[str, Any], n: int) -> dict[str, Any]:
    if "item" not in linha:
        return linha
    item = checklist().requisito(linha["item"])
    if item is None:
        raise folha.erro(f"a lista de conferência não tem “{linha['item']}”.", "item", "requisito", n)
    # Unset dates stay out: the sheet takes them for a mistake.
    do_item = {nome: valor for nome in DO_ITEM if (valor := getattr(item, nome)) is not None}
    return {**do_item, **linha}


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
