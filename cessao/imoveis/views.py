"""The keeper's pages: list, one property with its spaces and pictures, lists in and out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.planilhas import baixar
from cessao.imoveis import consultas, importacao, servicos
from cessao.imoveis.forms import EspacoForm, ImagemForm, ImovelForm, ImportarForm, ListaForm, MotivoForm
from cessao.imoveis.listas import LISTAS
from cessao.models import Espaco, Imovel, Importacao
from cessao.permissoes import INSS, LOGISTICA

POR_PAGINA = 20


@login_required
@exige_papel(*INSS)
@require_safe
def lista(request: RequestDeUsuario) -> HttpResponse:
    form = ListaForm(request.GET or None, usuario=request.user)
    filtros = form.cleaned_data if form.is_valid() else {}
    imoveis = consultas.lista(request.user, localdate(), **filtros)
    pagina = Paginator(imoveis, POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "form": form, "filtrada": any(filtros.values()), "unidade": filtros.get("unidade"), "pagina": pagina,
        "guarda": _guarda(request),
    }  # fmt: skip
    return render(request, "cessao/imoveis/lista.html", contexto)


def _guarda(request: RequestDeUsuario) -> bool:
    vinculo = request.user.vinculo
    return vinculo is not None and vinculo.papel in LOGISTICA


def achar(request: RequestDeUsuario, codigo: str) -> Imovel:
    visiveis = Imovel.objects.visiveis_para(request.user).select_related("municipio", "unidade", "editado_por")
    return get_object_or_404(visiveis, codigo=codigo)


@login_required
@exige_papel(*INSS)
@require_safe
def ficha(request: RequestDeUsuario, codigo: str) -> HttpResponse:
    return _ficha(request, achar(request, codigo))


def _ficha(
    request: RequestDeUsuario, imovel: Imovel, aberto: str = "", form: Any = None, status: int = 200
) -> HttpResponse:
    """`aberto`: the act that was refused; `form`: it, with what was typed."""
    forms = {
        "imagem": ImagemForm(imovel=imovel, auto_id="imagem_%s"),
        "retirar": MotivoForm(rotulo="Retirar do catálogo", auto_id="retirar_%s"),
    }
    if aberto:
        forms[aberto] = form
    contexto = {
        "imovel": imovel,
        "espacos": imovel.espacos.filter(retirado_em=None).select_related("dentro_de"),
        "imagens": imovel.imagens.filter(removida_em=None).select_related("arquivo", "espaco"),
        "forms": forms,
        "aberto": aberto,
        "guarda": _guarda(request),
    }
    return render(request, "cessao/imoveis/ficha.html", contexto, status=status)


@login_required
@exige_papel(*LOGISTICA)
@require_http_methods(["GET", "HEAD", "POST"])
def novo(request: RequestDeUsuario) -> HttpResponse:
    form = ImovelForm(request.POST if request.method == "POST" else None, usuario=request.user)
    if request.method == "POST" and form.is_valid():
        dados = _sem_versao(form)
        try:
            imovel = servicos.cadastrar(dados.pop("codigo"), dados, autor=request.user)
        except ErroDeDominio as erro:
            form.add_error("codigo", str(erro))
        else:
            messages.success(request, "Imóvel guardado. Confira os espaços que podem ser cedidos.")
            return redirect("cessao:ficha", imovel.codigo)
    return render(request, "cessao/imoveis/formulario.html", {"form": form}, status=422 if form.errors else 200)


def _sem_versao(form: ImovelForm) -> dict[str, Any]:
    return {nome: valor for nome, valor in form.cleaned_data.items() if nome != "versao"}


@login_required
@exige_papel(*LOGISTICA)
@require_http_methods(["GET", "HEAD", "POST"])
def corrigir(request: RequestDeUsuario, codigo: str) -> HttpResponse:
    imovel = achar(request, codigo)
    form = ImovelForm(request.POST if request.method == "POST" else None, usuario=request.user, imovel=imovel)
    if request.method == "POST" and form.is_valid():
        dados = _sem_versao(form)
        dados.pop("codigo")
        try:
            servicos.corrigir(imovel.pk, dados, versao=form.cleaned_data["versao"] or 0, autor=request.user)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Guardado.")
            return redirect("cessao:ficha", imovel.codigo)
    contexto = {"form": form, "imovel": imovel}
    return render(request, "cessao/imoveis/formulario.html", contexto, status=422 if form.errors else 200)


@login_required
@exige_papel(*LOGISTICA)
@require_http_methods(["GET", "HEAD", "POST"])
def espaco(request: RequestDeUsuario, codigo: str, espaco: uuid.UUID | None = None) -> HttpResponse:
    imovel = achar(request, codigo)
    atual = get_object_or_404(imovel.espacos, codigo=espaco, retirado_em=None) if espaco else None
    form = EspacoForm(request.POST if request.method == "POST" else None, imovel=imovel, espaco=atual)
    if request.method == "POST" and form.is_valid():
        try:
            servicos.guardar_espaco(
                imovel.pk, form.cleaned_data, espaco_id=atual.pk if atual else None, autor=request.user
            )
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Espaço guardado.")
            return redirect("cessao:ficha", imovel.codigo)
    contexto = {"form": form, "imovel": imovel, "espaco": atual}
    return render(request, "cessao/imoveis/formulario.html", contexto, status=422 if form.errors else 200)


@login_required
@exige_papel(*LOGISTICA)
@require_POST
def agir(request: RequestDeUsuario, codigo: str, ato: str) -> HttpResponse:
    """One act on a property or a space of it. Refused, the page comes back with the reason and what was typed."""
    imovel = achar(request, codigo)
    if ato not in ATOS:
        raise Http404
    form = _form(request, imovel, ato)
    if form is not None and not form.is_valid():
        return _ficha(request, imovel, ato, form, 422)
    fazer, feito = ATOS[ato]
    try:
        fazer(request, imovel, form)
    except ErroDeDominio as erro:
        if form is None or ato not in {"imagem", "retirar"}:
            messages.error(request, str(erro))
            return redirect("cessao:ficha", imovel.codigo)
        form.add_error(None, str(erro))
        return _ficha(request, imovel, ato, form, 422)
    messages.success(request, feito)
    return redirect("cessao:ficha", imovel.codigo)


def _form(request: RequestDeUsuario, imovel: Imovel, ato: str) -> Any:
    if ato == "imagem":
        return ImagemForm(request.POST, request.FILES, imovel=imovel, auto_id="imagem_%s")
    if ato == "retirar":
        return MotivoForm(request.POST, rotulo="Retirar do catálogo", auto_id="retirar_%s")
    return None


def _juntar_imagem(request: RequestDeUsuario, imovel: Imovel, form: Any) -> None:
    dados = dict(form.cleaned_data)
    servicos.juntar_imagem(imovel.pk, dados.pop("arquivo"), **dados, autor=request.user)


def _retirar(request: RequestDeUsuario, imovel: Imovel, form: Any) -> None:
    servicos.retirar(imovel.pk, motivo=form.cleaned_data["motivo"], autor=request.user)


def _repor(request: RequestDeUsuario, imovel: Imovel, form: Any) -> None:
    servicos.repor(imovel.pk, autor=request.user)


def _um_da(request: RequestDeUsuario, linhas: Any) -> Any:
    try:
        return get_object_or_404(linhas, codigo=uuid.UUID(request.POST.get("codigo", "")))
    except ValueError as erro:
        raise Http404 from erro


def _tirar_imagem(request: RequestDeUsuario, imovel: Imovel, form: Any) -> None:
    servicos.tirar_imagem(_um_da(request, imovel.imagens).pk, autor=request.user)


def _retirar_espaco(request: RequestDeUsuario, imovel: Imovel, form: Any) -> None:
    achado: Espaco = _um_da(request, imovel.espacos)
    servicos.retirar_espaco(achado.pk, motivo=request.POST.get("motivo", ""), autor=request.user)


# What is done, and what is said afterwards.
ATOS: dict[str, tuple[Callable[[RequestDeUsuario, Imovel, Any], None], str]] = {
    "imagem": (_juntar_imagem, "Imagem guardada."),
    "retirar": (_retirar, "Imóvel fora do catálogo. Quem tem pedido aberto foi avisado."),
    "repor": (_repor, "Imóvel de volta ao catálogo."),
    "tirar-imagem": (_tirar_imagem, "Imagem tirada."),
    "retirar-espaco": (_retirar_espaco, "Espaço fora do catálogo. Quem tem pedido aberto foi avisado."),
}


# --- Lists in and out ---------------------------------------------------------------------------------------------


@login_required
@exige_papel(*LOGISTICA)
@require_http_methods(["GET", "HEAD", "POST"])
def importar(request: RequestDeUsuario) -> HttpResponse:
    dados = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ImportarForm(*dados)
    if request.method == "POST" and form.is_valid():
        enviado = form.cleaned_data["arquivo"]
        try:
            texto = importacao.ler(enviado.read(importacao.MAXIMO_BYTES + 1))
            feita = importacao.importar(enviado.name, texto, autor=request.user)
        except ErroDeDominio as erro:
            form.add_error("arquivo", str(erro))
        else:
            return redirect("cessao:importacao", feita.codigo)
    contexto = {
        "form": form,
        "feitas": Importacao.objects.filter(autor=request.user)[:5],
        "listas": LISTAS,
    }
    return render(request, "cessao/imoveis/importar.html", contexto, status=422 if form.errors else 200)


@login_required
@exige_papel(*LOGISTICA)
@require_safe
def relatorio(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    feita = get_object_or_404(Importacao, codigo=codigo, autor=request.user)
    pagina = Paginator(feita.linhas, 100).get_page(request.GET.get("pagina"))
    return render(request, "cessao/imoveis/importacao.html", {"importacao": feita, "pagina": pagina})


@login_required
@exige_papel(*LOGISTICA)
@require_safe
def modelo(request: RequestDeUsuario, lista: str) -> HttpResponse:
    """An empty list with the names of the columns."""
    return baixar(f"{lista}-modelo", "csv", LISTAS[lista].colunas, [])


@login_required
@exige_papel(*INSS)
@require_safe
def exportacao(request: RequestDeUsuario, lista: str, formato: str) -> HttpResponse:
    """The properties of the page before, as it filters them, or their spaces."""
    form = ListaForm(request.GET or None, usuario=request.user)
    imoveis = consultas.lista(request.user, localdate(), **(form.cleaned_data if form.is_valid() else {}))
    linhas = consultas.espacos_em_linhas(imoveis) if lista == "espacos" else consultas.em_linhas(imoveis)
    return baixar(lista, formato, LISTAS[lista].colunas, linhas)
