"""What the desks can do for a citizen, as the public pages tell it. The app that does it registers the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Grupo:
    """Services of one kind, by name."""

    codigo: str
    nome: str
    servicos: tuple[str, ...]


Funcao = Callable[[], list[Grupo]]
_funcoes: list[Funcao] = []


def registrar_oferta(funcao: Funcao) -> None:
    """`funcao()` runs at each page that shows the list: it must not ask the database."""
    if funcao not in _funcoes:
        _funcoes.append(funcao)


def grupos() -> list[Grupo]:
    return [grupo for funcao in _funcoes for grupo in funcao()]
