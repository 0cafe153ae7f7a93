"""The desk where this person works today: the only open one, or the one picked for this session."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from act_portal.contas.requests import RequestDeUsuario
from act_portal.territorio.models import Balcao
from requerimentos import permissoes

if TYPE_CHECKING:
    from collections.abc import Callable

CHAVE = "balcao"


def atual(request: RequestDeUsuario) -> Balcao | None:
    """None when no desk is open, or when several are and none was picked yet."""
    abertos = list(permissoes.balcoes_de(request.user))
    if len(abertos) == 1:
        return abertos[0]
    return next((balcao for balcao in abertos if balcao.pk == request.session.get(CHAVE)), None)


def escolher(request: RequestDeUsuario, balcao: Balcao) -> None:
    request.session[CHAVE] = balcao.pk


def com_balcao(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its desk as `balcao`, or ask for one. Who works at no desk is refused."""

    @wraps(view)
    def dentro(request: RequestDeUsuario, *args: Any, **kwargs: Any) -> HttpResponse:
        permissoes.exigir_balcao(request.user)
        balcao = atual(request)
        if balcao is None:
            return pedir_balcao(request)
        return view(request, *args, balcao=balcao, **kwargs)

    return dentro


def pedir_balcao(request: RequestDeUsuario) -> HttpResponse:
    """The page that offers the open desks, or says that there is none and whom to ask."""
    abertos = permissoes.balcoes_de(request.user)
    fechados = Balcao.objects.none()
    if request.user.vinculo and request.user.vinculo.municipio_id:
        fechados = Balcao.objects.filter(municipio=request.user.vinculo.municipio_id).exclude(
            situacao=Balcao.Situacao.ABERTO
        )
    contexto = {"abertos": abertos, "fechados": fechados, "de_volta": request.path if request.method == "GET" else ""}
    return render(request, "requerimentos/recepcao/sem_balcao.html", contexto, status=409)
