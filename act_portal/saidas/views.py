from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.saidas import consultas, saude, servicos
from act_portal.saidas.models import Saida

POR_PAGINA = 30


@never_cache
@require_safe
def ver_saude(request: HttpRequest) -> JsonResponse:
    """For whoever watches the machines: no session, no login, nothing about anybody."""
    falhas = saude.falhas()
    return JsonResponse({"situacao": "falha" if falhas else "ok", "falhas": falhas}, status=503 if falhas else 200)


@login_required
@exige_papel("administrador")
@require_safe
def painel(request: RequestDeUsuario) -> HttpResponse:
    """How the queue is, what failed, and what needs somebody."""
    pagina = Paginator(consultas.paradas(), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {"fila": consultas.estado_da_fila(), "pagina": pagina, "paradas": consultas.em_palavras(pagina)}
    return render(request, "saidas/painel.html", contexto)


@login_required
@exige_papel("administrador")
@require_POST
def tentar(request: RequestDeUsuario, pk: int) -> HttpResponse:
    saida = get_object_or_404(Saida, pk=pk)
    if servicos.tentar_de_novo(autor=request.user, saida_id=saida.pk):
        messages.success(request, "A tarefa voltou para a fila.")
    else:
        messages.info(request, "Esta tarefa já não estava parada.")
    return redirect("saidas:painel")


@login_required
@exige_papel("administrador")
@require_POST
def tentar_todas(request: RequestDeUsuario) -> HttpResponse:
    quantas = servicos.tentar_de_novo(autor=request.user)
    if quantas:
        messages.success(request, f"Tarefas que voltaram para a fila: {quantas}.")
    else:
        messages.info(request, "Não havia tarefa parada.")
    return redirect("saidas:painel")
