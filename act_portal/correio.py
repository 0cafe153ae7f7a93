"""E-mail of the portal: text only, and one message per promise however often it is delivered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from act_portal.saidas.models import Saida


def enviar(saida: Saida, para: str, assunto: str, modelo: str, contexto: dict[str, Any]) -> None:
    """Send the text template `modelo` to `para`, in the handler of `saida`."""
    corpo = render_to_string(modelo, contexto)
    # A stable id: a second delivery of the same promise is the same message.
    cabecalhos = {"Message-ID": f"<saida-{saida.pk}@portal-act.invalid>"}
    EmailMessage(assunto, corpo, to=[para], headers=cabecalhos).send()


def endereco(rota: str, *args: Any, **consulta: str) -> str:
    """The public address of a route. Secrets go in `consulta`: paths are kept by access logs, queries are not."""
    parametros = f"?{urlencode(consulta)}" if consulta else ""
    return f"{settings.ENDERECO_PUBLICO}{reverse(rota, args=args)}{parametros}"
