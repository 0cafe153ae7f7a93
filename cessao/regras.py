"""Rules of the cession over plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal


def abaixo_de(espaco: int, dentro_de: Mapping[int, int | None]) -> set[int]:
    """`espaco` and all that it contains. `dentro_de`: each space of the property and the one around it."""
    achados = {espaco}
    while novos := {e for e, maior in dentro_de.items() if maior in achados} - achados:
        achados |= novos
    return achados


def area_que_sobra(total: Decimal, partes: Iterable[Decimal]) -> Decimal:
    """What is left of `total` after `partes`, in m²; negative when they do not fit."""
    return total - sum(partes, Decimal(0))
