"""The dashboards: one town's numbers, and a region's. Every table goes out as CSV and XLSX with the same filters."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from act_portal.contas.models import Vinculo
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.planilhas import baixar
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.models import Municipio
from adesao.paineis import municipio as do_municipio
from adesao.paineis import regiao as da_regiao
from adesao.paineis.forms import MESES, PADRAO, NumerosForm, RegiaoForm
from adesao.paineis.quadros import Quadro
from adesao.permissoes import INSS, MUNICIPIO

POR_PAGINA = 25


@login_required
@exige_papel(*MUNICIPIO)
@require_safe
def meus_numeros(request: RequestDeUsuario) -> HttpResponse:
    assert request.user.vinculo  # noqa: S101 - the role has a town
    return redirect("adesao:numeros", request.user.vinculo.municipio_id)


def _achar(request: RequestDeUsuario, codigo_ibge: str) -> Municipio:
    """The own town, or one of the region; 404 for all others."""
    vinculo = request.user.vinculo
    if vinculo and vinculo.papel in MUNICIPIO:
        return get_object_or_404(Municipio, pk=codigo_ibge, vinculos=vinculo)
    if vinculo and vinculo.papel in INSS:
        return get_object_or_404(da_regiao.municipios_de(request.user), pk=codigo_ibge)
    raise Http404


def _quadros(request: RequestDeUsuario, municipio: Municipio) -> tuple[NumerosForm, list[Quadro]]:
    dados = request.GET.copy()
    # What the charts show is what the filter says, on a first visit and after a strange address.
    if dados.get("meses") not in dict(MESES):
        dados["meses"] = str(PADRAO)
    form = NumerosForm(dados, municipio=municipio)
    filtros = form.cleaned_data if form.is_valid() else {}
    recorte = do_municipio.Recorte.dos_meses(
        municipio, hoje_em(municipio), filtros.get("meses") or PADRAO, filtros.get("balcao")
    )
    return form, do_municipio.quadros(recorte, com_elos=_ve_os_casos(request))


def _ve_os_casos(request: RequestDeUsuario) -> bool:
    vinculo = request.user.vinculo
    return bool(vinculo and vinculo.papel in {Vinculo.Papel.GESTOR, Vinculo.Papel.ANALISTA})


@login_required
@require_safe
def numeros(request: RequestDeUsuario, codigo_ibge: str) -> HttpResponse:
    municipio = _achar(request, codigo_ibge)
    form, quadros = _quadros(request, municipio)
    contexto = {
        "municipio": municipio,
        "form": form,
        "quadros": [(q, f"/{q.slug}") for q in quadros],
        "consulta": request.GET.urlencode(),
        "do_inss": request.user.vinculo is not None and request.user.vinculo.papel in INSS,
    }
    return render(request, "adesao/paineis/municipio.html", contexto)


@login_required
@require_safe
def exportar_numeros(request: RequestDeUsuario, codigo_ibge: str, quadro: str, formato: str) -> HttpResponse:
    municipio = _achar(request, codigo_ibge)
    return _baixar(_quadros(request, municipio)[1], quadro, formato, f"{municipio.pk}-{quadro}")


# --- The region ---------------------------------------------------------------------------------------------------


def _filtros(request: RequestDeUsuario) -> tuple[RegiaoForm, da_regiao.Filtros]:
    """A filter that does not exist filters nothing."""
    form = RegiaoForm(request.GET)
    form.is_valid()
    return form, da_regiao.Filtros(**{nome: form.cleaned_data.get(nome, "") for nome in form.fields})


@login_required
@exige_papel(*INSS)
@require_safe
def regiao(request: RequestDeUsuario) -> HttpResponse:
    form, filtros = _filtros(request)
    hoje = localdate()
    pagina = Paginator(da_regiao.acordos(request.user, filtros, hoje), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "form": form,
        "filtros": filtros,
        "numeros": da_regiao.numeros(request.user, da_regiao.Filtros(), hoje),
        "quadros": da_regiao.quadros(request.user, da_regiao.Filtros(), now(), hoje, com_elos=_ve_os_casos(request)),
        "mapa": da_regiao.mapa(request.user),
        "legenda": da_regiao.LEGENDA,
        "pagina": pagina,
        "consulta": request.GET.urlencode(),
    }
    return render(request, "adesao/paineis/regiao.html", contexto)


@login_required
@exige_papel(*INSS)
@require_safe
def exportar_regiao(request: RequestDeUsuario, quadro: str, formato: str) -> HttpResponse:
    _, filtros = _filtros(request)
    hoje = localdate()
    if quadro == "acordos":
        achados = [da_regiao.lista(da_regiao.acordos(request.user, filtros, hoje))]
    else:
        achados = da_regiao.quadros(request.user, filtros, now(), hoje, com_elos=False)
    return _baixar(achados, quadro, formato, f"regiao-{quadro}")


def _baixar(quadros: list[Quadro], slug: str, formato: str, nome: str) -> HttpResponse:
    achado = next((q for q in quadros if q.slug == slug), None)
    if achado is None:
        raise Http404
    return baixar(nome, formato, achado.colunas, achado.em_celulas())
