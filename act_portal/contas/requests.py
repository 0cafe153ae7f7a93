"""The type of a request that has passed `login_required`."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from act_portal.contas.models import Usuario


class RequestDeUsuario(HttpRequest):
    user: Usuario
    htmx: HtmxDetails
