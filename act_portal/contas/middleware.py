"""Ties the session to the signed-in person: active role, idle end, access that ends at once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.timezone import override

from act_portal.contas import sessao
from act_portal.contas.permissoes import falta_segundo_fator


class VinculoAtivo:
    """Sits after the session, CSRF, user and OTP middleware, so a parked form has already passed the CSRF check."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        fim = sessao.abrir(request)
        if fim:
            request.user = AnonymousUser()
        request.fim_da_sessao = fim  # type: ignore[attr-defined]
        vinculo = getattr(request.user, "vinculo", None)
        # Every time that a page shows, and its "today", are those of the place where the person works.
        with override(vinculo.fuso if vinculo else None):
            resposta = self.get_response(request)
        if getattr(request.user, "is_authenticated", False) and not resposta.has_header("Cache-Control"):
            # Not `no-store`: going back must find what was typed. quem.js asks who is signed in before it shows.
            patch_cache_control(resposta, private=True, no_cache=True)
        return resposta

    def process_view(self, request: HttpRequest, view: Callable, args: list, kwargs: dict) -> HttpResponse | None:
        # login_required leaves `login_url` on the view: the mark of a page for signed-in people.
        so_com_entrada = hasattr(view, "login_url")
        fim = request.fim_da_sessao  # type: ignore[attr-defined]
        if fim:
            return self._expulsar(request, view, fim, so_com_entrada=so_com_entrada)
        sessao.tocar(request)
        if not (so_com_entrada and request.user.is_authenticated) or getattr(view, "sem_papel", False):
            return None
        if request.user.vinculo is None:
            return _levar(request, sessao.depois_de_entrar(request, _para_voltar(request)))
        if falta_segundo_fator(request.user):
            return _levar(request, reverse("contas:ativar_segundo_fator"))
        if request.method == "POST":
            self._soltar_guardado(request)
        return None

    def _expulsar(
        self, request: HttpRequest, view: Callable, fim: sessao.Fim, *, so_com_entrada: bool
    ) -> HttpResponse | None:
        # Account pages carry passwords: never parked.
        guardavel = so_com_entrada and not getattr(view, "sem_papel", False) and not hasattr(view, "csrf_exempt")
        guardado = sessao.guardar(request, fim, getattr(view, "digitados", frozenset())) if guardavel else ""
        destino = sessao.pagina_de_entrada(request)
        sessao.encerrar(request, guardado)
        if not so_com_entrada:
            return None
        messages.warning(request, fim.motivo)
        if guardado:
            messages.info(request, "O que você digitou está guardado. Ele volta depois que você entrar.")
        return _levar(request, destino)

    def _soltar_guardado(self, request: HttpRequest) -> None:
        guardado = sessao.guardado_de(request)
        if guardado and guardado.caminho == request.get_full_path():
            sessao.descartar_guardado(request)


def _para_voltar(request: HttpRequest) -> str:
    return request.get_full_path() if request.method in {"GET", "HEAD"} else ""


def _levar(request: HttpRequest, destino: str) -> HttpResponse:
    """Send a page elsewhere; a script gets 401 and the address, because it would swallow a redirect."""
    if request.headers.get("HX-Request") or request.headers.get("Sec-Fetch-Dest") == "empty":
        return HttpResponse("A sessão terminou. Entre de novo.", status=401, headers={"HX-Redirect": destino})
    return redirect(destino)
