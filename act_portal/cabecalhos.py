"""Headers that neither Django nor its packages write."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PoliticaDePermissoes:
    """What a page of the portal may ask of the device, whatever script gets into it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resposta = self.get_response(request)
        resposta.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return resposta


def com_camera(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose page takes pictures: it alone may ask for the camera."""

    @wraps(view)
    def dentro(*args: Any, **kwargs: Any) -> HttpResponse:
        resposta = view(*args, **kwargs)
        resposta["Permissions-Policy"] = settings.PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
        return resposta

    return dentro
