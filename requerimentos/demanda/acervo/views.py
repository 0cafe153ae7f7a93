"""The catalogue for those who keep it and those who answer for it: public content, nobody's data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from requerimentos.demanda.acervo import consultas, regras
from requerimentos.demanda.acervo.forms import DiaForm, FiltroForm
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.servico import VERIFICADO, Servico
from requerimentos.demanda.valores import preencher
from requerimentos.permissoes import LEITORES_DO_CATALOGO

so_leitores = exige_papel(*LEITORES_DO_CATALOGO)


@login_required
@so_leitores
@require_safe
def lista(request: RequestDeUsuario) -> HttpResponse:
    """All services, found by what people say, as they stood on a day."""
    form = FiltroForm(request.GET)
    valido = form.is_valid()
    dados = form.cleaned_data
    dia = dados.get("em") or localdate()
    catalogo = carregar()
    linhas = consultas.lista(
        catalogo, dia, texto=dados.get("q", ""), grupo=dados.get("grupo", ""), estado=dados.get("estado", "")
    )
    contexto = {
        "form": form,
        "linhas": linhas,
        "dia": dia,
        "outro_dia": dados.get("em"),
        "filtrado": any(dados.values()),
        "grupos": catalogo.vocabulario.grupos,
    }
    return render(request, "requerimentos/acervo/lista.html", contexto, status=200 if valido else 422)


@login_required
@so_leitores
@require_safe
def servico(request: RequestDeUsuario, servico_codigo: str) -> HttpResponse:
    """Everything about one service, with the source of each part, and its versions."""
    inteiro = _servico(servico_codigo)
    form = DiaForm(request.GET)
    valido = form.is_valid()
    outro_dia = form.cleaned_data.get("em")
    dia = outro_dia or localdate()
    contexto = {
        "form": form,
        "inteiro": inteiro,
        "servico": inteiro.em(dia),
        "dia": dia,
        "outro_dia": outro_dia,
        "existe": inteiro.vigente(dia),
        "condicoes": _condicoes(inteiro.em(dia), dia),
        "versoes": list(consultas.versoes(servico_codigo)),
        "palavras": _palavras(inteiro),
    }
    return render(request, "requerimentos/acervo/servico.html", contexto, status=200 if valido else 422)


@login_required
@so_leitores
@require_safe
def comparar(request: RequestDeUsuario, servico_codigo: str) -> HttpResponse:
    """What changed from the version `de` to the version `para`."""
    _servico(servico_codigo)
    guardadas = {versao.versao: versao for versao in consultas.versoes(servico_codigo)}
    antes, depois = (guardadas.get(request.GET.get(lado, "")) for lado in ("de", "para"))
    if antes is None or depois is None:
        raise Http404
    um, outro = (Servico.de_dados(versao.dados) for versao in (antes, depois))
    contexto = {"servico": outro, "antes": antes, "depois": depois, "mudancas": regras.mudancas(um, outro)}
    return render(request, "requerimentos/acervo/comparar.html", contexto)


@login_required
@so_leitores
@require_safe
def a_conferir(request: RequestDeUsuario) -> HttpResponse:
    """What nobody has read in the norm, what was not looked at for a year, and numbers that wait for a new row."""
    hoje, catalogo = localdate(), carregar()
    contexto = {
        "hoje": hoje,
        "por_verificar": consultas.por_verificar(catalogo),
        "antigos": consultas.sem_conferir_ha_um_ano(catalogo, hoje),
        "valores": consultas.valores_pendentes(catalogo, hoje),
        "total": len(catalogo),
    }
    return render(request, "requerimentos/acervo/a_conferir.html", contexto)


def _servico(codigo: str) -> Servico:
    try:
        return carregar().servico(codigo)
    except LookupError as erro:
        raise Http404 from erro


def _condicoes(achado: Servico, dia: date) -> list[dict[str, Any]]:
    palavras = carregar().vocabulario
    return [
        {
            "condicao": condicao,
            "texto": preencher(condicao.texto, dia),
            "tipo": palavras.tipos_condicao.get(condicao.tipo, condicao.tipo),
            "caminho": achado.caminhos.get(condicao.caminho, ""),
            "confere": regras.em_palavras(condicao.regra, palavras),
        }
        for condicao in achado.condicoes
    ]


def _palavras(achado: Servico) -> dict[str, Any]:
    """The words of the closed lists as people read them."""
    palavras = carregar().vocabulario
    listas = {nome: getattr(palavras, nome) for nome in ("dados", "perguntas", "formularios", "agendamentos", "canais")}
    ditas = {nome: [textos[palavra] for palavra in getattr(achado, nome)] for nome, textos in listas.items()}
    return {
        **ditas,
        "grupo": palavras.grupos[achado.grupo],
        "papel_grupo": palavras.papel_grupos[achado.papel_grupo],
        "papel_clientela": palavras.papel_clientelas[achado.papel_clientela],
        "caixas": palavras.caixas,
        "verificado": VERIFICADO,
    }
