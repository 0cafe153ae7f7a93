"""The citizen's look-up: protocol and key in, the situation in plain words out. No session, no account, no name."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from act_portal.cotas.servicos import Limite, espera_por, ip
from act_portal.telas import formatos
from act_portal.telas.respostas import vezes_demais
from requerimentos.consulta import consultas
from requerimentos.consulta.paginas import montar
from requerimentos.consulta.regras import MAIOR_DIGITADO, ler, normalizar_protocolo

# By address: mobile operators put a whole neighbourhood behind one. By protocol: nobody tries keys at one case.
POR_ENDERECO, JANELA_DO_ENDERECO = 20, timedelta(minutes=1)
POR_PROTOCOLO, JANELA_DO_PROTOCOLO = 20, timedelta(hours=1)

logger = logging.getLogger(__name__)


# Without a token, and so without a cookie: the look-up changes nothing and asks for a secret that another site does
# not have. What another site could do (spend the visitor's attempts) is refused by Sec-Fetch-Site.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def inicio(request: HttpRequest) -> HttpResponse:
    """GET only ever shows the form; protocol and key are read from the body of a POST."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") == "cross-site":
        resposta = HttpResponse(montar("inicio.html", "", "", erro=False))
        resposta["Cache-Control"] = "public, max-age=300"
    else:
        resposta = _responder(request)
        resposta["Cache-Control"] = "private, no-store"
    resposta["Referrer-Policy"] = "no-referrer"
    resposta["X-Robots-Tag"] = "noindex, noarchive"
    return resposta


def _responder(request: HttpRequest) -> HttpResponse:
    try:
        return _consultar(request)
    except DatabaseError as erro:
        # Also when only the counter fails: without it nobody passes.
        logger.error("consulta_sem_banco", extra={"erro": type(erro).__name__})
        resposta = HttpResponse(montar("fora.html"), status=503)
        resposta["Retry-After"] = "60"
        return resposta


def _consultar(request: HttpRequest) -> HttpResponse:
    digitado, chave = request.POST.get("protocolo", ""), request.POST.get("chave", "")[: MAIOR_DIGITADO + 1]
    protocolo = normalizar_protocolo(digitado)
    espera = espera_por(
        Limite("consulta.endereco", (ip(request),), POR_ENDERECO, JANELA_DO_ENDERECO),
        Limite("consulta.protocolo", (protocolo,), POR_PROTOCOLO, JANELA_DO_PROTOCOLO),
    )
    if espera:
        return vezes_demais(request, espera=espera, mensagem="Houve muitas consultas em pouco tempo.")
    achado = consultas.achar(protocolo, chave)
    if achado is None:
        erro = montar("inicio.html", digitado[:MAIOR_DIGITADO], chave[:MAIOR_DIGITADO], erro=True)
        return HttpResponse(erro, status=404)
    return HttpResponse(_pagina(consultas.ficha(achado)))


def _pagina(ficha: consultas.Ficha) -> str:
    leitura = ler(ficha.andamento, ficha.hoje)
    return montar(
        "resultado.html",
        montar("_situacao.html", ficha.servico, formatos.protocolo(ficha.protocolo), leitura=leitura),
        montar("_marcado.html", marcados=ficha.marcados) if ficha.marcados else "",
        montar("_balcao.html", balcao=ficha.balcao),
        f"{ficha.der:%d/%m/%Y}" if ficha.der else "—",
        f"{ficha.desde:%d/%m/%Y}" if ficha.desde else "—",
        f"{ficha.visto_em:%d/%m/%Y, às %H:%M}" if ficha.visto_em else "—",
    )
