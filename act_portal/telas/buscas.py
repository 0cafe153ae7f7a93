"""Searches by name or CPF: typed text stays in the session, and the address carries a code that says nothing.

An address ends in logs, history and shared screens; so a search is a POST that answers with a redirect to `?busca=`,
and going back shows the same results without sending anything again.
"""

from __future__ import annotations

import secrets

from django.http import HttpRequest

CHAVE = "buscas"
GUARDADAS = 10
TAMANHO = 120


def guardar(request: HttpRequest, texto: str) -> str:
    """Keep what was typed; returns its code, or "" for an empty search."""
    texto = texto.replace("\0", " ").strip()[:TAMANHO]
    if not texto:
        return ""
    codigo = secrets.token_hex(4)
    antigas = list(request.session.get(CHAVE, {}).items())[-(GUARDADAS - 1) :]
    request.session[CHAVE] = {**dict(antigas), codigo: texto}
    return codigo


def ler(request: HttpRequest) -> str:
    """What the search of this address was; empty when it is not of this session."""
    return str(request.session.get(CHAVE, {}).get(request.GET.get("busca", ""), ""))
