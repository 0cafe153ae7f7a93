"""Who is really asking, when front servers of our own stand before the portal."""

from __future__ import annotations

from collections.abc import Callable

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
        if len(enderecos) >= self.quantos:
            request.META["REMOTE_ADDR"] = enderecos[-self.quantos]
        return self.get_response(request)
