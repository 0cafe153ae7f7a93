"""Where to go after saving: back to the page that sent the clerk here, when it is a page of this portal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def proximo(request: HttpRequest) -> str:
    """The `next` of the address or of the form, or "" when it leads out of the portal."""
    endereco = request.POST.get("next") or request.GET.get("next", "")
    return endereco if endereco.startswith("/") and url_has_allowed_host_and_scheme(endereco, None) else ""


def de_volta(request: HttpRequest, rota: str, *args: Any) -> str:
    return proximo(request) or resolve_url(rota, *args)
