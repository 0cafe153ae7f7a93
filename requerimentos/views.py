"""The worklist and the case page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.telas import buscas
from requerimentos import consultas, permissoes
from requerimentos.demanda.catalogo import carregar
from requerimentos.mandato.consultas import atos_revogados, exigir_mandato, fim_do_mandato
from requerimentos.models import Requerimento
from requerimentos.passos import passos
from requerimentos.recorte import CAMPOS, Recorte
from requerimentos.situacoes import Etapa

DO_PAINEL = ("fato", "resultado", *CAMPOS)
FILTROS = ("etapa", "servico", "meus", "abertos", *DO_PAINEL)
PAGINA_DA_ETAPA = {
    Etapa.PREPARO: "formularios",
    Etapa.DEVOLVIDO: "conferencia",
    Etapa.NA_FILA: "envio",
    Etapa.ACOMPANHANDO: "acompanhamento",
    Etapa.EXIGENCIA: "acompanhamento",
    Etapa.RESULTADO: "resultado",
    Etapa.ENTREGUE: "resultado",
    Etapa.CANCELADO: "historico",
}


def so_com_pedidos(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who reaches nobody's case is told what the page is for and where the own work is, instead of an empty list."""

    @wraps(view)
    def dentro(request: RequestDeUsuario, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissoes.ve_pedidos(request.user):
            contexto = {"administra": permissoes.administra(request.user)}
            return render(request, "requerimentos/sem_pedidos.html", contexto)
        return view(request, *args, **kwargs)

    return dentro


def achar(request: RequestDeUsuario, codigo: uuid.UUID) -> Requerimento:
    """The request in scope of who asks, or 404; opening somebody's case is noted in the log of accesses."""
    visiveis = Requerimento.objects.visiveis_para(request.user).select_related(
        "pessoa", "servico", "municipio", "balcao__entidade", "atendente", "representante"
    )
    requerimento = get_object_or_404(visiveis, codigo=codigo)
    registrar_acesso(
        request.user,
        "abriu o pedido",
        requerimento,
        titular_id=requerimento.pessoa_id,
        municipio=requerimento.municipio,
    )
    return requerimento


def achar_para_agir(request: RequestDeUsuario, codigo: uuid.UUID) -> Requerimento:
    """`achar`, for a POST: who only looks is refused before anything typed is read."""
    requerimento = achar(request, codigo)
    if request.method == "POST":
        exigir_que_aja(request, requerimento)
    return requerimento


def exigir_que_aja(request: RequestDeUsuario, requerimento: Requerimento) -> None:
    """A clerk of the town, while the powers last. The services ask again, under the lock."""
    permissoes.exigir_atendente(request.user, requerimento.municipio_id)
    exigir_mandato(requerimento)


def contexto_do_caso(request: RequestDeUsuario, requerimento: Requerimento, pagina: str, **mais) -> dict:
    """What `requerimentos/caso.html` needs, plus what the page adds. Where the powers ended nothing is offered."""
    fim = fim_do_mandato(requerimento)
    return {
        "fim_do_mandato": fim,
        # Only of what has left is a part taken back.
        "atos_revogados": atos_revogados(requerimento) if requerimento.protocolo and not fim else {},
        "requerimento": requerimento,
        "pessoa": requerimento.pessoa,
        "passos": passos(requerimento, pagina),
        "pagina": pagina,
        "atende": not fim and permissoes.atende(request.user, requerimento.municipio_id),
        **mais,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@so_com_pedidos
def lista(request: RequestDeUsuario) -> HttpResponse:
    """The worklist. What was typed never enters the address (`buscas`); the other filters do, and can be kept."""
    if request.method == "POST":
        parametros = {nome: request.POST[nome] for nome in FILTROS if request.POST.get(nome)}
        if codigo := buscas.guardar(request, request.POST.get("q", "")):
            parametros["busca"] = codigo
        return redirect(f"{reverse('requerimentos:lista')}{'?' if parametros else ''}{urlencode(parametros)}")
    filtros = consultas.Filtros(
        texto=buscas.ler(request),
        etapa=request.GET.get("etapa", ""),
        servico=request.GET.get("servico", ""),
        so_meus=request.GET.get("meus") == "1",
        abertos=request.GET.get("abertos") == "1",
        fato=request.GET.get("fato", ""),
        resultado=request.GET.get("resultado", ""),
        recorte=Recorte.do_endereco(request.GET),
    )
    pagina = consultas.lista(request.user, filtros, cursor=request.GET.get("depois", ""))
    return render(
        request,
        "requerimentos/lista.html",
        {
            "pagina": pagina,
            "filtros": filtros,
            "etapas": Etapa.choices,
            "servicos": [(servico.codigo, servico.nome) for servico in carregar()],
            "parametros": _sem_cursor(request),
            "no_balcao": permissoes.no_balcao(request.user),
            "do_painel": [(nome, request.GET[nome]) for nome in DO_PAINEL if request.GET.get(nome)],
        },
    )


def _sem_cursor(request: RequestDeUsuario) -> str:
    parametros = request.GET.copy()
    parametros.pop("depois", None)
    return parametros.urlencode()


@login_required
@require_safe
def caso(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The page where the work on this request goes on."""
    visiveis = Requerimento.objects.visiveis_para(request.user)
    requerimento = get_object_or_404(visiveis, codigo=codigo)
    return redirect(f"requerimentos:{PAGINA_DA_ETAPA[requerimento.estado]}", codigo=codigo)


@login_required
@require_safe
def historico(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar(request, codigo)
    contexto = contexto_do_caso(request, requerimento, "historico", linhas=consultas.linha_do_tempo(requerimento))
    return render(request, "requerimentos/historico.html", contexto)
