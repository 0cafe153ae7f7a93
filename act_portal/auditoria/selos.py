"""The seal of an event: HMAC-SHA256 over a normal form that reads back the same from SQLite and from PostgreSQL."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise

if TYPE_CHECKING:
    from act_portal.auditoria.models import Evento


def guardavel(valor: Any) -> Any:
    """`valor` as both databases give it back: text, whole numbers, floats, booleans, None, lists and dicts of these.

    Raises TypeError for what has no such form and ValueError for what a database would refuse (NaN, NUL in a text).
    """
    if valor is None or isinstance(valor, bool | int):
        return valor
    if isinstance(valor, float):
        return _numero(valor)
    if isinstance(valor, datetime):
        return instante(valor)
    if isinstance(valor, str | Promise | date | UUID | Decimal):
        return _texto(str(valor))
    if isinstance(valor, dict):
        return {_texto(str(chave)): guardavel(item) for chave, item in valor.items()}
    if isinstance(valor, list | tuple | set | frozenset):
        itens = sorted(valor, key=str) if isinstance(valor, set | frozenset) else valor
        return [guardavel(item) for item in itens]
    raise TypeError(f"{type(valor).__name__} não cabe na trilha.")


def _numero(valor: float) -> int | float:
    if not math.isfinite(valor):
        raise ValueError("Número infinito ou inválido não cabe na trilha.")
    # jsonb keeps 1e20 as 100000000000000000000 and gives back a whole number.
    return int(valor) if valor.is_integer() else valor


def _texto(valor: str) -> str:
    if "\0" in valor:
        raise ValueError("Texto com caractere nulo não cabe na trilha.")
    valor.encode()  # half a surrogate pair is no text either
    return valor


def instante(momento: datetime) -> str:
    """UTC with microseconds, always written in full."""
    return momento.astimezone(UTC).isoformat(timespec="microseconds")


def selar(*partes: Any) -> str:
    """64 hex digits over the parts, with a key that the database does not hold."""
    texto = json.dumps(guardavel(partes), ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hmac.new(settings.AUDITORIA_CHAVE.encode(), texto.encode(), hashlib.sha256).hexdigest()


def selo_do_evento(evento: Evento, anterior: str) -> str:
    return selar(
        anterior, evento.corrente, evento.numero, evento.acao, evento.autor_id, evento.alvo_tipo, evento.alvo_id,
        evento.dados, evento.criado_em,
    )  # fmt: skip


def selo_da_ponta(nome: str, numero: int, ultimo_selo: str) -> str:
    return selar("ponta", nome, numero, ultimo_selo)


def confere(selo: str, esperado: str) -> bool:
    return hmac.compare_digest(selo.encode(), esperado.encode())
