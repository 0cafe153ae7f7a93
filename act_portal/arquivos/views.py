"""The queue of files of who has signed in. Where a file goes, the form of its own page says at the end."""

from __future__ import annotations

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.arquivos import fila
from act_portal.arquivos.limites import tecnicos
from act_portal.arquivos.models import Remessa
from act_portal.contas.requests import RequestDeUsuario


@never_cache
@login_required
@require_safe
def chave(request: RequestDeUsuario) -> HttpResponse:
    """Who is signed in now, their key and a fresh form token; 401 when the session has ended."""
    corpo = fila.chave_de(request.user) | {"token": get_token(request), "pedaco": tecnicos().pedaco_bytes}
    return JsonResponse(corpo)


@login_required
@require_POST
def abrir(request: RequestDeUsuario) -> HttpResponse:
    return fila.abrir(request, usuario=request.user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pedaco(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return fila.pedaco(request, codigo, Remessa.objects.de(request.user))


@login_required
@require_POST
def desistir(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return fila.desistir(codigo, Remessa.objects.de(request.user))
