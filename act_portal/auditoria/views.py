from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from act_portal.auditoria import titulares
from act_portal.auditoria.consultas import Linha, filtrar, linha_do_acesso, linha_do_evento
from act_portal.auditoria.forms import FiltroForm
from act_portal.auditoria.models import Acesso, Evento
from act_portal.auditoria.rotulos import acoes_de_acesso, acoes_de_evento
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.auditoria.titulares import Titular
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.telas import buscas
from act_portal.territorio.models import Entidade

POR_PAGINA = 50


@login_required
@exige_papel("gestor", "administrador")
@require_safe
def eventos(request: RequestDeUsuario) -> HttpResponse:
    """What was done in the manager's município (or, for the administrator, in the portal itself)."""
    visiveis = Evento.objects.visiveis_para(request.user).select_related("autor").order_by("-numero")
    return _listar(request, visiveis, "autor", linha_do_evento, acoes_de_evento(), "auditoria/eventos.html")


@login_required
@exige_papel("gestor")
@require_http_methods(["GET", "HEAD", "POST"])
def acessos(request: RequestDeUsuario) -> HttpResponse:
    """Who opened whose data. The POST looks for a citizen; one found by number leads straight to the own list."""
    cadastro = titulares.cadastro()
    if request.method == "POST":
        codigo = buscas.guardar(request, request.POST.get("q", ""))
        return redirect(f"{reverse('auditoria:acessos')}{f'?busca={codigo}' if codigo else ''}")
    if texto := buscas.ler(request):
        achados = cadastro.procurar(request.user, texto)
        if len(achados) == 1:
            return redirect("auditoria:acessos_do_titular", achados[0].linha.pk)
        contexto = {"texto": texto, "achados": achados, "maximo": cadastro.maximo, "eh_gestor": True}
        return render(request, "auditoria/titulares.html", contexto)
    visiveis = Acesso.objects.visiveis_para(request.user).select_related("usuario")
    return _listar(request, visiveis, "usuario", linha_do_acesso, acoes_de_acesso(), "auditoria/acessos.html")


@login_required
@exige_papel("gestor")
@require_safe
def acessos_do_titular(request: RequestDeUsuario, titular_id: int) -> HttpResponse:
    """Who opened the data of one citizen."""
    titular, visiveis = _do_titular(request, titular_id)
    return _listar(
        request, visiveis, "usuario", linha_do_acesso, acoes_de_acesso(), "auditoria/titular.html", titular=titular
    )


@login_required
@exige_papel("gestor")
@require_safe
def lista_do_titular(request: RequestDeUsuario, titular_id: int) -> HttpResponse:
    """The same on paper and whole, to be handed to who asked "who saw my data?"."""
    titular, visiveis = _do_titular(request, titular_id)
    municipio = request.user.vinculo.municipio if request.user.vinculo else None
    contexto = {
        "titular": titular,
        "linhas": [linha_do_acesso(acesso) for acesso in visiveis],
        "fuso": municipio.fuso if municipio else None,
        "lugar": municipio,
        "entidade": Entidade.objects.filter(municipio=municipio).first(),
        "agora": now(),
    }
    return render(request, "auditoria/lista_do_titular.html", contexto)


def _do_titular(request: RequestDeUsuario, titular_id: int) -> tuple[Titular, QuerySet[Acesso]]:
    """The citizen and who opened their data. Asking it is itself a look at the citizen's record."""
    titular = titulares.cadastro().achar(request.user, titular_id)
    if titular is None:
        raise Http404
    municipio = request.user.vinculo.municipio if request.user.vinculo else None
    registrar_acesso(request.user, "viu quem abriu os dados", titular.linha, titular_id=titular_id, municipio=municipio)
    visiveis = Acesso.objects.visiveis_para(request.user).filter(titular_id=titular_id)
    return titular, visiveis.select_related("usuario")


def _listar(
    request: RequestDeUsuario,
    visiveis: QuerySet,
    pessoa: str,
    linha: Callable[..., Linha],
    acoes: list[str],
    modelo: str,
    **mais: Any,
) -> HttpResponse:
    vinculo = request.user.vinculo
    if vinculo is None:
        raise PermissionDenied
    form = FiltroForm(request.GET, usuario=request.user, acoes=acoes)
    valido = form.is_valid()
    fuso = vinculo.municipio.fuso if vinculo.municipio else None
    achados = filtrar(visiveis, form.cleaned_data, pessoa=pessoa, fuso=fuso)
    pagina = Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "form": form,
        "pagina": pagina,
        "linhas": [linha(item) for item in pagina],
        "fuso": fuso,
        "lugar": vinculo.municipio or "Portal",
        "filtrado": bool(request.GET.keys() & form.fields.keys()),
        "eh_gestor": vinculo.papel == "gestor",
        **mais,
    }
    return render(request, modelo, contexto, status=200 if valido else 422)
