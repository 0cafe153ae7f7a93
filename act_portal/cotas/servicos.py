"""Limit of attempts per window, counted in the database with one upsert that both engines have."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.db import connection
from django.http import HttpRequest
from django.utils.timezone import now

SQL = """
    INSERT INTO cotas_cota (chave, janela, usos) VALUES (%s, %s, 1)
    ON CONFLICT (chave, janela) DO UPDATE SET usos = cotas_cota.usos + 1
    RETURNING usos
"""


def consumir(nome: str, *partes: str, maximo: int, janela: timedelta) -> bool:
    """Count one use of `nome` by `partes` (hashed, never stored in clear) and say whether it still fits.

    Without a database it raises: it never lets through for want of a counter. Call it outside `atomic()`, because a
    refusal must not undo the count.
    """
    resumo = hashlib.sha256("\0".join(partes).encode()).hexdigest()[:32]
    segundos = int(janela.total_seconds())
    inicio = datetime.fromtimestamp(int(now().timestamp()) // segundos * segundos, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(SQL, [f"{nome}:{resumo}", connection.ops.adapt_datetimefield_value(inicio)])
        (usos,) = cursor.fetchone()
    return usos <= maximo


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
