from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.timezone import localtime
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from act_portal.contas.permissoes import sem_papel
from act_portal.telas import ajuda, oferta, painel


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    return render(request, "telas/inicio.html", {"oferta": oferta.grupos()})


@cache_control(public=True, max_age=86_400)
@require_safe
def icone(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves when an answer is no page of ours: a PDF, a JSON, the technical panel."""
    return redirect(static("img/marca.svg"))


@require_safe
def ajuda_indice(request: HttpRequest) -> HttpResponse:
    return render(request, "telas/ajuda.html", {"grupos": ajuda.indice()})


@require_safe
def ajuda_pagina(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        pagina = ajuda.pagina(slug)
    except KeyError:
        raise Http404(slug) from None
    return render(request, "telas/ajuda_pagina.html", {"pagina": pagina, "grupos": ajuda.indice()})


@login_required
@require_safe
def pagina_painel(request: HttpRequest) -> HttpResponse:
    agora = localtime()
    contexto = {
        "cartoes": painel.cartoes(request),
        "hoje": agora.date(),
        "saudacao": "Bom dia" if agora.hour < 12 else "Boa tarde" if agora.hour < 18 else "Boa noite",
    }
    return render(request, "telas/painel.html", contexto)


# `sem_papel`: the session's middleware parks forms that arrive too late, and this one carries nothing worth keeping.
@sem_papel
@never_cache
@login_required
@require_POST
def continuar(request: HttpRequest) -> HttpResponse:
    """The person answered the idle warning, or is typing: the session goes on."""
    request.session.modified = True
    return HttpResponse(status=204)


def pedido_que_nao_serve(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; or 413 that says what to do, when the only fault is the size."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
