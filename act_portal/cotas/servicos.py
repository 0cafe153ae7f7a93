"""Limit of attempts per window, counted in the database with one upsert that both engines have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from act_portal.cotas.models import Cota

# Rows that were counted are those that still fit. Without RETURNING the statement is one call: on SQLite a result left
# to be read keeps every other writer waiting.
SQL = """
    INSERT INTO cotas_cota (chave, janela, usos) VALUES {linhas}
    ON CONFLICT (chave, janela) DO UPDATE SET usos = cotas_cota.usos + 1
    WHERE cotas_cota.usos < CASE excluded.chave {maximos} END
"""
LINHA, MAXIMO = "(%s, %s, 1)", "WHEN %s THEN %s"
# A crash of the server may forget half a second of attempts; waiting for the disk would cost more than the look-up.
SEM_ESPERAR_O_DISCO = "SET LOCAL synchronous_commit TO off;"


@dataclass(frozen=True)
class Limite:
    """At most `maximo` (1 or more) uses of `nome` by `partes` in each fixed window.

    Of `partes` a keyed digest is kept: there are so few addresses that a plain one is read back in seconds.
    """

    nome: str
    partes: tuple[str, ...]
    maximo: int
    janela: timedelta

    @cached_property
    def chave(self) -> str:
        return f"{self.nome}:{salted_hmac('cotas', chr(0).join(self.partes), algorithm='sha256').hexdigest()[:32]}"

    def inicio(self, agora: datetime) -> datetime:
        segundos = int(self.janela.total_seconds())
        return datetime.fromtimestamp(int(agora.timestamp()) // segundos * segundos, tz=UTC)


def consumir(nome: str, *partes: str, maximo: int, janela: timedelta) -> bool:
    """Count one use of `nome` by `partes` and say whether it still fits. See `espera_por`."""
    return espera_por(Limite(nome, partes, maximo, janela)) is None


def espera_por(*limites: Limite) -> timedelta | None:
    """Count one use of every limit, in one write; None when it fits all of them, else how long until it would.

    Without a database it raises: it never lets through for want of a counter. Call it outside `atomic()`, because a
    refusal must not undo the count.
    """
    agora = now()
    # Always in the same order: two people counting the same two rows the other way round would wait for each other.
    ordenados = sorted(limites, key=lambda limite: limite.chave)
    linhas = [(x.chave, connection.ops.adapt_datetimefield_value(x.inicio(agora))) for x in ordenados]
    maximos = [(x.chave, x.maximo) for x in ordenados]
    sql = SQL.format(linhas=", ".join([LINHA] * len(linhas)), maximos=" ".join([MAXIMO] * len(maximos)))
    if connection.vendor == "postgresql":
        sql = SEM_ESPERAR_O_DISCO + sql
    with connection.cursor() as cursor:
        cursor.execute(sql, [valor for par in [*linhas, *maximos] for valor in par])
        if cursor.rowcount == len(ordenados):
            return None
    return _espera(ordenados, agora)


def _espera(limites: list[Limite], agora: datetime) -> timedelta:
    """Until the last window that is full ends."""
    usos = {(cota.chave, cota.janela): cota.usos for cota in Cota.objects.filter(chave__in=[x.chave for x in limites])}
    esperas = [
        x.inicio(agora) + x.janela - agora for x in limites if usos.get((x.chave, x.inicio(agora)), 0) >= x.maximo
    ]
    # The row that was full a moment ago may have been cleaned away; the refusal stands.
    return max(esperas, default=timedelta(seconds=1))


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
