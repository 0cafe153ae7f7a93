from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from act_portal.auditoria.consultas import Linha, filtrar, linha_do_acesso, linha_do_evento
from act_portal.auditoria.forms import FiltroForm
from act_portal.auditoria.models import Acesso, Evento
from act_portal.auditoria.rotulos import acoes_de_acesso, acoes_de_evento
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario

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
@require_safe
def acessos(request: RequestDeUsuario) -> HttpResponse:
    """Who opened whose data."""
    visiveis = Acesso.objects.visiveis_para(request.user).select_related("usuario")
    return _listar(request, visiveis, "usuario", linha_do_acesso, acoes_de_acesso(), "auditoria/acessos.html")


def _listar(
    request: RequestDeUsuario,
    visiveis: QuerySet,
    pessoa: str,
    linha: Callable[..., Linha],
    acoes: list[str],
    modelo: str,
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
    }
    return render(request, modelo, contexto, status=200 if valido else 422)
