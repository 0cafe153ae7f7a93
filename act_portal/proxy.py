"""Who is really asking, when front servers of our own stand before the portal."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse


class EnderecoDeQuemPede:
    """Put the caller's address into REMOTE_ADDR: limits by address must not count a whole town as one person.

    Only the last `PROXIES_A_FRENTE` entries were written by servers we trust; what stands before them was sent by the
    caller, who may write there what they like.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PROXIES_A_FRENTE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.quantos = settings.PROXIES_A_FRENTE

    def __call__(self, request: HttpRequest) -> HttpResponse:
        enderecos = [e.strip() for e in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if e.strip()]
        if len(enderecos) >= self.quantos and (endereco := _so_o_endereco(enderecos[-self.quantos])):
            request.META["REMOTE_ADDR"] = endereco
        return self.get_response(request)


def _so_o_endereco(escrito: str) -> str:
    """Without the port that some front servers add: it changes with each connection, and so would who is counted.

    "" for what is no address: then the front server itself is counted, which errs on the side of refusing.
    """
    achado = re.fullmatch(r"\[(.+)\](?::\d+)?|([^:]+):\d+", escrito)
    limpo = (achado[1] or achado[2]) if achado else escrito
    try:
        return str(ip_address(limpo))
    except ValueError:
        return ""
