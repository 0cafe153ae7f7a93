"""The main menu. Each app registers its own entries in `AppConfig.ready`; nobody edits a list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

VISITANTE = "visitante"
Contador = Callable[[HttpRequest], int]


@dataclass(frozen=True)
class Item:
    nome: str
    rota: str
    ordem: int
    icone: str
    papeis: frozenset[str]
    contador: Contador | None
    ramos: tuple[str, ...]


@dataclass(frozen=True)
class Entrada:
    """One entry as the template draws it."""

    nome: str
    href: str
    icone: str
    conta: int
    atual: bool


_itens: dict[str, Item] = {}


def registrar_item(
    nome: str,
    rota: str,
    *,
    ordem: int,
    icone: str,
    papeis: Collection[str] = (),
    contador: Contador | None = None,
    ramos: Collection[str] = (),
) -> None:
    """Puts `nome` in the menu of `papeis` (roles of `Vinculo.Papel`, or `VISITANTE`); empty: everybody signed in.

    `rota` is a url name without arguments; while it does not exist the entry stays hidden. `contador` takes the
    request and returns how many things wait there: it runs on every page, so it must be one cheap query.
    `ramos` are beginnings of routes, as urls.py writes them, whose pages belong to this entry although their address
    does not begin with its own.
    """
    _itens[rota] = Item(nome, rota, ordem, icone, frozenset(papeis), contador, tuple(ramos))


def papel_de(request: HttpRequest) -> str:
    """The role in use, `VISITANTE` for the public, "" for somebody signed in without a role."""
    usuario = getattr(request, "user", None)
    if usuario is None or not usuario.is_authenticated:
        return VISITANTE
    vinculo = getattr(usuario, "vinculo", None)
    return vinculo.papel if vinculo else ""


def entradas(request: HttpRequest) -> list[Entrada]:
    papel = papel_de(request)
    visiveis = []
    for item in sorted(_itens.values(), key=lambda i: (i.ordem, i.nome)):
        if papel in item.papeis or (not item.papeis and papel != VISITANTE):
            href = endereco(item.rota)
            if href:
                visiveis.append((item, href))
    aqui = _ramo(request, [item for item, _ in visiveis]) or max(
        (href for _, href in visiveis if _dentro(request.path, href)), key=len, default=None
    )
    return [
        Entrada(item.nome, href, item.icone, item.contador(request) if item.contador else 0, href == aqui)
        for item, href in visiveis
    ]


def endereco(rota: str) -> str:
    """The address of a url name, or "" while no app serves it."""
    try:
        return reverse(rota)
    except NoReverseMatch:
        return ""


def _dentro(caminho: str, href: str) -> bool:
    return caminho == href or (href != "/" and caminho.startswith(href))


def _ramo(request: HttpRequest, itens: Iterable[Item]) -> str:
    """Address of the entry that claims this page's branch, or ""."""
    onde = request.resolver_match.route if request.resolver_match else ""
    # The longest claim wins: a branch may belong to another entry than the tree it grows on.
    achados = [(len(ramo), item.rota) for item in itens for ramo in item.ramos if onde.startswith(ramo)]
    return endereco(max(achados)[1]) if achados else ""
