"""The telephone's side. Its cookie opens these pages and nothing else; of the case they show the slots alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from act_portal.arquivos import fila
from act_portal.arquivos.envio import contar_na_tela, em_json, juntar_enviados, ler_codigo
from act_portal.arquivos.limites import tecnicos
from act_portal.arquivos.models import Remessa
from act_portal.arquivos.porteiro import ESPERADO
from act_portal.cotas.servicos import consumir, ip
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao.celular import consultas, servicos
from requerimentos.digitalizacao.celular.consultas import ASSINADOS, lugares
from requerimentos.digitalizacao.celular.servicos import TETO, CelularQueNaoVale
from requerimentos.models import Celular

# As the session's cookie: only from this very host, and not shared between two copies on one machine.
COOKIE = "__Host-celular" if settings.HTTPS else f"celular_{settings.PORTA}"
SAL = "requerimentos.celular"
LIGACOES, FOTOS = 60, 300
View = Callable[..., HttpResponse]


def so_do_celular(view: View) -> View:
    """The living code that this telephone owns goes to the view; without one, a sentence that says what to do."""

    @wraps(view)
    def dentro(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            celular = _do_cookie(request)
        except CelularQueNaoVale as erro:
            # The page that asks for news shows a camera that serves no more: it is loaded again, and says why.
            return HttpResponseClientRefresh() if request.headers.get("HX-Request") else _acabou(request, erro)
        return view(request, celular, *args, **kwargs)

    return dentro


def _do_cookie(request: HttpRequest) -> Celular:
    codigo, _, segredo = str(request.get_signed_cookie(COOKIE, "", salt=SAL)).partition(":")
    return servicos.do_dono(ler_codigo(codigo), segredo)


def _acabou(request: HttpRequest, erro: ErroDeDominio, situacao: int = 403) -> HttpResponse:
    request.session.pop(ESPERADO, None)
    contexto = {"motivo": str(erro), "esteve_ligado": COOKIE in request.COOKIES}
    return render(request, "requerimentos/celular/acabou.html", contexto, status=situacao)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def abrir(request: HttpRequest) -> HttpResponse:
    """GET: the page that hands over the key of its own address. POST: the first telephone with that key owns it."""
    if request.method != "POST":
        return render(request, "requerimentos/celular/abrir.html")
    if not consumir("celular-ligar", ip(request), maximo=LIGACOES, janela=timedelta(minutes=10)):
        demais = ErroDeDominio("Tentativas demais em pouco tempo. Espere alguns minutos e aponte a câmera de novo.")
        return _acabou(request, demais, 429)
    chave = request.POST.get("chave", "")
    try:
        celular, segredo = servicos.ligar(chave)
    except CelularQueNaoVale as erro:
        # The same telephone at the same code once more: it goes on.
        return redirect("celular:fotos") if _ja_e_meu(request, chave) else _acabou(request, erro)
    resposta = redirect("celular:fotos")
    resposta.set_signed_cookie(
        COOKIE, f"{celular.codigo}:{segredo}", salt=SAL, max_age=TETO * settings.CELULAR_VALE, secure=settings.HTTPS,
        httponly=True, samesite="Strict",
    )  # fmt: skip
    return resposta


def _ja_e_meu(request: HttpRequest, chave: str) -> bool:
    try:
        return servicos.e_a_chave(_do_cookie(request), chave)
    except CelularQueNaoVale:
        return False


@never_cache
@require_safe
@so_do_celular
def fotos(request: HttpRequest, celular: Celular) -> HttpResponse:
    # Where the browser cannot send in pieces, the photo comes as a whole.
    request.session[ESPERADO] = True
    contexto = {
        "lugares": lugares(celular),
        "assinados": ASSINADOS,
        **_vereditos(celular),
        "maximo_bytes": tecnicos().envio_bytes,
        "pedaco_bytes": tecnicos().pedaco_bytes,
        "minutos": settings.CELULAR_MINUTOS,
        "lote": uuid.uuid4(),
    }
    return render(request, "requerimentos/celular/fotos.html", contexto)


@never_cache
@require_safe
@so_do_celular
def vereditos(request: HttpRequest, celular: Celular) -> HttpResponse:
    """What became of its own photos, or 204 while there is no news; asked all the time, so it does not count as use."""
    vistas = _vereditos(celular)
    if vistas["retrato"] == request.GET.get("visto"):
        return HttpResponse(status=204)
    return render(request, "requerimentos/celular/_vereditos.html", vistas)


def _vereditos(celular: Celular) -> dict[str, Any]:
    fotos = consultas.vereditos(celular)
    return {"fotos": fotos, "retrato": consultas.retrato_das(fotos)}


@require_POST
@so_do_celular
def juntar(request: HttpRequest, celular: Celular) -> HttpResponse:
    """One photo, into the slot that the telephone named."""
    if not consumir("celular-fotos", str(celular.pk), maximo=FOTOS, janela=timedelta(hours=1)):
        return fila.recusado(ErroDeDominio("Fotos demais em pouco tempo. Espere alguns minutos."), situacao=429)
    vaga = request.POST.get("vaga", "")

    def juntar_um(enviado: UploadedFile, codigo: uuid.UUID | None) -> None:
        servicos.receber_foto(celular, vaga=vaga, enviado=enviado, codigo=codigo)

    recusas = juntar_enviados(request, vaga, juntar_um, _minhas(celular))
    servicos.renovar(celular)
    if resposta := em_json(request, recusas):
        return resposta
    contar_na_tela(request, recusas)
    return redirect("celular:fotos")


@require_POST
@so_do_celular
def abrir_remessa(request: HttpRequest, celular: Celular) -> HttpResponse:
    return fila.abrir(request, usuario=celular.vinculo.usuario, aparelho=celular.codigo)


@require_http_methods(["GET", "HEAD", "POST"])
@so_do_celular
def pedaco(request: HttpRequest, celular: Celular, codigo: uuid.UUID) -> HttpResponse:
    resposta = fila.pedaco(request, codigo, _minhas(celular))
    # A photo on a weak line takes minutes, and must not be cut off by the clock.
    servicos.renovar(celular)
    return resposta


@require_POST
@so_do_celular
def desistir(request: HttpRequest, celular: Celular, codigo: uuid.UUID) -> HttpResponse:
    return fila.desistir(codigo, _minhas(celular))


def _minhas(celular: Celular) -> Any:
    return Remessa.objects.de(celular.vinculo.usuario, celular.codigo)
