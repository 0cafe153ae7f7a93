from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from act_portal.telas import navegacao


def portal(request: HttpRequest) -> dict:
    return {
        "dados_ficticios": settings.DADOS_FICTICIOS,
        # Lazy: a fragment that draws no menu must not pay for its counters.
        "menu": SimpleLazyObject(lambda: navegacao.entradas(request)),
        "sessao_ociosa": int(settings.SESSION_IDLE.total_seconds()),
    }
