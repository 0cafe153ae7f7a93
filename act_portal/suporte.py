"""Whom to call when the portal itself fails. Each town says who: see SUPORTE_NOME in docs/operacao.md."""

from __future__ import annotations

from django.conf import settings


def suporte() -> str:
    """Who takes care of the portal here and how to reach them, written to follow "Avise"."""
    contato = settings.SUPORTE_CONTATO
    return f"{settings.SUPORTE_NOME} ({contato})" if contato else settings.SUPORTE_NOME
