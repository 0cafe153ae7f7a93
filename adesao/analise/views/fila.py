"""The queue of a unit and all below."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from adesao.analise import consultas
from adesao.analise.forms.fila import FilaForm
from adesao.models import AcordoAnterior
from adesao.permissoes import INSS
from adesao.situacoes import SituacaoAnterior

POR_PAGINA = 20


@login_required
@exige_papel(*INSS)
@require_safe
def fila(request: RequestDeUsuario) -> HttpResponse:
    form = FilaForm(request.GET or None, unidades=consultas.unidades_com_processos(request.user))
    filtros = form.cleaned_data if form.is_valid() else {}
    pagina = Paginator(consultas.fila(request.user, **filtros), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "form": form,
        "filtrada": any(filtros.values()),
        "pagina": pagina,
        "linhas": consultas.na_fila(pagina.object_list),
        "etapas": consultas.etapas(request.user),
        "anteriores": AcordoAnterior.objects.visiveis_para(request.user)
        .filter(situacao=SituacaoAnterior.REGISTRADO)
        .count(),
    }
    return render(request, "adesao/analise/fila.html", contexto)
