"""Faults on demand: what the portal must survive, made to happen for real on the connection."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from act_portal.simulador_inss.models import Falha
from act_portal.simulador_inss.situacoes import Rota, TipoFalha

MAXIMO_SEGUNDOS = 120
Responder = Callable[[], HttpResponse]


class FalhasDeProposito:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        nome = (request.resolver_match.url_name or "") if request.resolver_match else ""
        if nome == Rota.REQUERER and request.method == "GET":
            # The two share an address.
            nome = Rota.MUDANCAS
        if nome not in Rota.values:
            return None
        falha = _tomar(nome)
        if falha is None:
            return None
        return EFEITOS[TipoFalha(falha.tipo)](request, falha, lambda: view(request, *args, **kwargs))


def _tomar(operacao: str) -> Falha | None:
    """The fault that this call suffers, taken so that no other call suffers it."""
    agora = timezone.now()
    for falha in Falha.objects.ativas(agora).filter(operacao__in=["", operacao]):
        if falha.restam and Falha.objects.gastar(falha.pk):
            return falha
        if falha.porcento and random.randrange(100) < falha.porcento:  # noqa: S311 - chance, not secrecy
            return falha
        if falha.ate and falha.ate > agora:
            return falha
    return None


@transaction.atomic
def ligar(
    tipo: str, *, vezes: int = 0, porcento: int = 0, segundos: float = 5, operacao: str = "", por_segundos: float = 0
) -> Falha:
    """Turns a fault on: for the next calls, for a share of the calls, or during a window."""
    return Falha.objects.create(
        tipo=tipo,
        operacao=operacao,
        restam=vezes,
        porcento=porcento,
        segundos=segundos,
        ate=timezone.now() + timedelta(seconds=por_segundos) if por_segundos else None,
    )


def desligar() -> None:
    Falha.objects.all().delete()


# --- Effects ------------------------------------------------------------------------------------------------------
def _derrubar(request: HttpRequest) -> HttpResponse:
    """Cuts the connection under the server: the client sees it fall without one byte of answer."""
    conexao: socket.socket | None = request.META.get("gunicorn.socket")
    if conexao is not None:
        with suppress(OSError):
            conexao.shutdown(socket.SHUT_RDWR)
    # Only reached by the wire under a server that does not hand out its socket.
    resposta = HttpResponse(status=502)
    resposta["Connection"] = "close"
    return resposta


def _lento(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    time.sleep(min(falha.segundos, MAXIMO_SEGUNDOS))
    return responder()


def _erro_500(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    return HttpResponse("<h1>Internal Server Error</h1>", status=500)


def _derrubar_antes(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    return _derrubar(request)


def _derrubar_depois(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    responder()
    return _derrubar(request)


def _pedido_repetido(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    responder()
    return responder()


def _resposta_duplicada(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    """The whole answer goes out a second time on the same connection, after the first one."""
    resposta = responder()
    conexao: socket.socket | None = request.META.get("gunicorn.socket")
    resposta["Content-Length"] = str(len(resposta.content))
    copia = f"HTTP/1.1 {resposta.status_code} {resposta.reason_phrase}\r\n".encode()
    copia += resposta.serialize_headers() + b"\r\n\r\n" + resposta.content

    class Eco:
        """Closed by the server after the first answer was written."""

        def close(self) -> None:
            if conexao is not None:
                with suppress(OSError):
                    conexao.sendall(copia)

    fechar: list[Any] = resposta._resource_closers  # type: ignore[attr-defined]
    fechar.append(Eco().close)
    return resposta


def _manutencao(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    resposta = HttpResponse("<h1>Sistema em manutenção</h1>", status=503)
    resta = (falha.ate - timezone.now()).total_seconds() if falha.ate else falha.segundos
    resposta["Retry-After"] = str(max(1, round(resta)))
    return resposta


def _muitas_chamadas(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    resposta = HttpResponse(status=429)
    resposta["Retry-After"] = str(max(1, round(falha.segundos)))
    return resposta


def _pagina_html(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Portal</title><p>Confirme que você não é um robô.")


def _json_quebrado(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    return HttpResponse('{"protocolo": "12', content_type="application/json")


def _redirecionar(request: HttpRequest, falha: Falha, responder: Responder) -> HttpResponse:
    return HttpResponseRedirect("/entrar/")


EFEITOS: dict[TipoFalha, Callable[[HttpRequest, Falha, Responder], HttpResponse]] = {
    TipoFalha.LENTO: _lento,
    TipoFalha.ERRO_500: _erro_500,
    TipoFalha.DERRUBAR_ANTES: _derrubar_antes,
    TipoFalha.DERRUBAR_DEPOIS: _derrubar_depois,
    TipoFalha.PEDIDO_REPETIDO: _pedido_repetido,
    TipoFalha.RESPOSTA_DUPLICADA: _resposta_duplicada,
    TipoFalha.MANUTENCAO: _manutencao,
    TipoFalha.MUITAS_CHAMADAS: _muitas_chamadas,
    TipoFalha.PAGINA_HTML: _pagina_html,
    TipoFalha.JSON_QUEBRADO: _json_quebrado,
    TipoFalha.REDIRECIONAR: _redirecionar,
}
