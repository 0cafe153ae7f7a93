"""What django-axes asks of us: it must count attempts without keeping who typed what."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.timezone import now


def nome_opaco(email: str) -> str:
    """Stands for the typed e-mail in the counters: enough to count, useless to read."""
    return salted_hmac("contas.nome_opaco", email.strip().lower(), algorithm="sha256").hexdigest()


def nome_das_credenciais(request: HttpRequest | None, credenciais: dict[str, Any] | None) -> str:
    dados = credenciais or {}
    email = dados.get("email") or dados.get("username") or (request.POST.get("email", "") if request else "")
    return nome_opaco(email)


def endereco(request: HttpRequest) -> str | None:
    """The address that axes counts; absent only when a session is opened without HTTP, as tests do."""
    return request.META.get("REMOTE_ADDR")


def sem_identificacao(*args: Any) -> str:
    """How axes names a client in the log."""
    return "cliente"


def bloqueado(request: HttpRequest, resposta: HttpResponse | None = None, credenciais: Any = None) -> HttpResponse:
    """Page for a locked pair of account and address. Says the same for an account that does not exist."""
    ultima: datetime | None = AccessAttempt.objects.filter(
        username=nome_das_credenciais(request, credenciais), ip_address=endereco(request)
    ).aggregate(ultima=Max("attempt_time"))["ultima"]
    livre_em = (ultima or now()) + settings.AXES_COOLOFF_TIME
    return muitas_tentativas(request, livre_em - now())


def muitas_tentativas(request: HttpRequest, espera: timedelta) -> HttpResponse:
    """429 that says for how long."""
    segundos = max(1, math.ceil(espera.total_seconds()))
    contexto = {"minutos": math.ceil(segundos / 60), "livre_em": now() + timedelta(seconds=segundos)}
    resposta = render(request, "contas/muitas_tentativas.html", contexto, status=429)
    resposta["Retry-After"] = str(segundos)
    return resposta
