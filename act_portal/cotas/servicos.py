"""Limit of attempts per window, counted in the database with one upsert that both engines have."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.db import connection
from django.http import HttpRequest
from django.utils.timezone import now

SQL = """
    INSERT INTO cotas_cota (chave, janela, usos) VALUES {}
    ON CONFLICT (chave, janela) DO UPDATE SET usos = cotas_cota.usos + 1
    RETURNING chave, usos
"""
LINHA = "(%s, %s, 1)"


@dataclass(frozen=True)
class Limite:
    """At most `maximo` uses of `nome` by `partes` (hashed, never stored in clear) in each fixed window."""

    nome: str
    partes: tuple[str, ...]
    maximo: int
    janela: timedelta

    @property
    def chave(self) -> str:
        return f"{self.nome}:{hashlib.sha256(chr(0).join(self.partes).encode()).hexdigest()[:32]}"

    def inicio(self, agora: float) -> datetime:
        segundos = int(self.janela.total_seconds())
        return datetime.fromtimestamp(int(agora) // segundos * segundos, tz=UTC)


def consumir(nome: str, *partes: str, maximo: int, janela: timedelta) -> bool:
    """Count one use of `nome` by `partes` and say whether it still fits. See `espera_por`."""
    return espera_por(Limite(nome, partes, maximo, janela)) is None


def espera_por(*limites: Limite) -> timedelta | None:
    """Count one use of every limit, in one write; None when it fits all of them, else how long until it would.

    Without a database it raises: it never lets through for want of a counter. Call it outside `atomic()`, because a
    refusal must not undo the count.
    """
    agora = now().timestamp()
    # Always in the same order: two people counting the same two rows the other way round would wait for each other.
    ordenados = sorted(limites, key=lambda limite: limite.chave)
    valores: list[str | None] = []
    for limite in ordenados:
        valores += [limite.chave, connection.ops.adapt_datetimefield_value(limite.inicio(agora))]
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(", ".join([LINHA] * len(ordenados))), valores)
        usos = dict(cursor.fetchall())
    esperas = [
        limite.inicio(agora) + limite.janela - datetime.fromtimestamp(agora, tz=UTC)
        for limite in ordenados
        if usos[limite.chave] > limite.maximo
    ]
    return max(esperas, default=None)


def ip(request: HttpRequest) -> str:
    """Whom a limit by address counts. `REMOTE_ADDR` only: X-Forwarded-For is whatever the client likes.

    Of IPv6 the network of 64 bits: a single home has more addresses in it than a limit could ever count.
    """
    escrito: str = request.META["REMOTE_ADDR"]
    try:
        endereco = ip_address(escrito)
    except ValueError:  # a local socket has no address
        return escrito
    if isinstance(endereco, IPv6Address):
        mapeado = endereco.ipv4_mapped
        return str(mapeado or IPv6Network((endereco.packed, 64), strict=False))
    return escrito
