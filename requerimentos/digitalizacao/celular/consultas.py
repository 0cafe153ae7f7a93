"""The telephones of a case, as the desk sees them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from act_portal.emissao.conteudo import qr
from requerimentos.models import Celular, Requerimento
from requerimentos.situacoes import SituacaoCelular

NA_TELA = 6
LOCAIS = {"localhost", "127.0.0.1", "::1"}


def na_mesa(requerimento: Requerimento) -> dict[str, Any]:
    """The last telephones with their state. `retrato` changes whenever what the page shows of them would change."""
    agora = now()
    celulares = [(celular, celular.em(agora)) for celular in requerimento.celulares.all()[:NA_TELA]]
    # What ended without a single photo is of no use to anybody.
    celulares = [
        (celular, estado)
        for celular, estado in celulares
        if celular.fotos or estado in {SituacaoCelular.ESPERANDO, SituacaoCelular.LIGADO}
    ]
    return {
        "celulares": celulares,
        "celular_esperado": any(estado == SituacaoCelular.ESPERANDO for _, estado in celulares),
        "celular_vivo": any(estado in {SituacaoCelular.ESPERANDO, SituacaoCelular.LIGADO} for _, estado in celulares),
        "retrato": ".".join(f"{celular.pk}-{estado}-{celular.fotos}" for celular, estado in celulares),
    }


def codigo_para_o_celular(celular: Celular, chave: str) -> dict[str, Any]:
    """The QR code. The key is in the fragment of the address: no server, log or Referer ever sees it."""
    endereco = f"{settings.ENDERECO_PUBLICO}{reverse('celular:abrir')}#{chave}"
    so_aqui = urlsplit(settings.ENDERECO_PUBLICO).hostname in LOCAIS
    return {
        "codigo_qr": qr(endereco),
        "minutos": settings.CELULAR_MINUTOS,
        "endereco_local": endereco if so_aqui else "",
    }
