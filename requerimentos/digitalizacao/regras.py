"""What is said of the pages of a request together. Pure functions over plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

# How much compression may save without a loss to the reader: an estimate. Beyond that the clerk is told at once.
VEZES_O_LIMITE = 2
COMPRIME_ANTES = (
    "O portal comprime as páginas antes de enviar. Se nem assim couberem, o pedido volta sem sair: espere a resposta"
    " com a pessoa, ou tire páginas repetidas."
)
NAO_CABE = "Os documentos passam do limite do INSS para um pedido. Tire páginas repetidas."


def sobre_o_tamanho(soma_bytes: int, limite_bytes: int) -> str:
    """What happens to a request of this size on its way out; "" when it fits."""
    if soma_bytes <= limite_bytes:
        return ""
    return COMPRIME_ANTES if soma_bytes <= VEZES_O_LIMITE * limite_bytes else NAO_CABE


def por_assunto(nome: str, ditos: Iterable[tuple[int, str]]) -> list[str]:
    """One sentence for each thing said of the pages of a document: fifty pages with the same fault are one line."""
    paginas: dict[str, list[int]] = defaultdict(list)
    for numero, texto in ditos:
        paginas[texto].append(numero)
    return [f"{nome}, {_paginas(numeros)}: {texto}" for texto, numeros in paginas.items()]


def _paginas(numeros: Sequence[int]) -> str:
    """`[1, 2, 3, 5]` → `páginas 1 a 3 e 5`"""
    grupos: list[list[int]] = []
    for numero in numeros:
        if grupos and numero == grupos[-1][-1] + 1:
            grupos[-1].append(numero)
        else:
            grupos.append([numero])
    ditos = [f"{g[0]} a {g[-1]}" if len(g) > 2 else " e ".join(map(str, g)) for g in grupos]
    if len(numeros) == 1:
        return f"página {numeros[0]}"
    return f"páginas {', '.join(ditos[:-1])} e {ditos[-1]}" if len(ditos) > 1 else f"páginas {ditos[0]}"
