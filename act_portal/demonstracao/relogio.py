"""Run the real services as of another moment.

Every service asks Django for the time (`django.utils.timezone.now`), which asks `datetime`. Here that one name answers
with the moment of the story being told, so that history is written by the very code that writes the present: same
constraints, same trail, same counts. Only for a command that is alone in its process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any

from django.utils import timezone


class _Tipo(type):
    def __instancecheck__(cls, valor: Any) -> bool:
        return isinstance(valor, datetime)


@contextmanager
def relogio_em(momento: datetime) -> Iterator[None]:
    """Inside, "now" is `momento` (aware)."""

    class Parado(datetime, metaclass=_Tipo):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return momento.astimezone(tz)

    antes = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = Parado  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = antes  # type: ignore[attr-defined]
