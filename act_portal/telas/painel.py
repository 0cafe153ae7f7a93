"""Cards of `/painel/`, registered by the apps: what this person should do next."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from act_portal.telas.navegacao import papel_de

Cartao = tuple[str, dict[str, Any]]
Funcao = Callable[[HttpRequest], Cartao | None]


@dataclass(frozen=True)
class Registro:
    funcao: Funcao
    ordem: int
    papeis: frozenset[str]
    lado: bool


_registros: list[Registro] = []


def registrar_cartao(funcao: Funcao, *, ordem: int, papeis: Collection[str] = (), lado: bool = False) -> None:
    """`funcao(request)` returns (template, context of its own), or None when it has nothing to say now.

    Low `ordem` first: what cannot wait. `lado` puts the card in the narrow column. Empty `papeis`: every role.
    """
    if all(r.funcao is not funcao for r in _registros):
        _registros.append(Registro(funcao, ordem, frozenset(papeis), lado))


def cartoes(request: HttpRequest) -> dict[str, list[Cartao]]:
    """The cards of the role in use, by column: `principal` and `lado`."""
    papel = papel_de(request)
    colunas: dict[str, list[Cartao]] = {"principal": [], "lado": []}
    for registro in sorted(_registros, key=lambda r: r.ordem):
        if registro.papeis and papel not in registro.papeis:
            continue
        cartao = registro.funcao(request)
        if cartao is not None:
            colunas["lado" if registro.lado else "principal"].append(cartao)
    return colunas
