"""What django-axes asks of us: it must count attempts without keeping who typed what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from act_portal.cotas.servicos import ip
from act_portal.telas.respostas import vezes_demais


def nome_opaco(email: str) -> str:
    """Stands for the typed e-mail in the counters: enough to count, useless to read."""
    return salted_hmac("contas.nome_opaco", email.strip().lower(), algorithm="sha256").hexdigest()


def nome_das_credenciais(request: HttpRequest | None, credenciais: dict[str, Any] | None) -> str:
    dados = credenciais or {}
    email = dados.get("email") or dados.get("username") or (request.POST.get("email", "") if request else "")
    return nome_opaco(email)


def endereco(request: HttpRequest) -> str | None:
    """The address that axes counts; absent only when a session is opened without HTTP, as tests do.

    Of IPv6 the beginning of the home's network, or each attempt could come from an address never seen before.
    """
    return ip(request).partition("/")[0] if request.META.get("REMOTE_ADDR") else None


def sem_identificacao(*args: Any) -> str:
    """How axes names a client in the log."""
    return "cliente"


def bloqueado(request: HttpRequest, resposta: HttpResponse | None = None, credenciais: Any = None) -> HttpResponse:
    """Page for a locked pair of account and address. Says the same for an account that does not exist."""
    ultima: datetime | None = AccessAttempt.objects.filter(
        username=nome_das_credenciais(request, credenciais), ip_address=endereco(request)
    ).aggregate(ultima=Max("attempt_time"))["ultima"]
    livre_em = (ultima or now()) + settings.AXES_COOLOFF_TIME
    return vezes_demais(request, espera=livre_em - now(), esqueceu=True)
