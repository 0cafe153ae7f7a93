from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from act_portal.arquivos.fila import nomes_de
from act_portal.telas import navegacao


def portal(request: HttpRequest) -> dict:
    return {
        "dados_ficticios": settings.DADOS_FICTICIOS,
        # Lazy: a fragment that draws no menu must not pay for its counters.
        "menu": SimpleLazyObject(lambda: navegacao.entradas(request)),
        "quem_abriu": SimpleLazyObject(lambda: nomes_de(request.user) if request.user.is_authenticated else {}),
        "sessao_ociosa": int(settings.SESSION_IDLE.total_seconds()),
    }
