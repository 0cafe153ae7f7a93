"""For whoever thinks of joining: how it works, the self-check, and who to talk to. No account needed."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from act_portal.contas.models import Vinculo
from act_portal.cotas.servicos import Limite, espera_por, ip
from act_portal.emissao.render import renderizar
from act_portal.telas.navegacao import papel_de
from act_portal.telas.respostas import vezes_demais
from act_portal.territorio.consultas import o_procurado, procurar_municipios, unidades_de
from act_portal.territorio.models import Municipio, UnidadeInss
from act_portal.territorio.ufs import UFS
from adesao.checklist.catalogo import ServicoPossivel, servicos
from adesao.publico import autoavaliacao, requisitos
from adesao.publico.autoavaliacao import Estado, Item
from adesao.publico.forms import PossoAderirForm

# Drawing a PDF costs as much as some hundred pages.
PDFS, JANELA_DOS_PDFS = 20, timedelta(minutes=10)
MAIOR_TEXTO = 80
# Names that only contain what was typed; more than this is not read.
OUTROS = 24


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    contexto = {"grupos": requisitos.grupos(localdate()), "servicos": _servicos()}
    return render(request, "adesao/publico/inicio.html", contexto)


def _servicos() -> list[tuple[str, list[ServicoPossivel], int, int]]:
    """Each group, how many of it are sure to enter the agreement, and of how many INSS has to say."""
    grupos = []
    for nome, lista in servicos().por_grupo():
        duvidosos = sum(s.duvidoso for s in lista)
        grupos.append((nome, lista, len(lista) - duvidosos, duvidosos))
    return grupos


@require_safe
def posso_aderir(request: HttpRequest) -> HttpResponse:
    """The questions; what the address answers already is marked, and nothing is complained about yet."""
    form = PossoAderirForm(initial=_dos_parametros(request.GET))
    return render(request, "adesao/publico/posso_aderir.html", {"form": form})


def _dos_parametros(parametros: QueryDict) -> dict[str, Any]:
    inicial: dict[str, Any] = {**parametros.dict(), "equipamentos": parametros.getlist("equipamentos")}
    # A town's page sends its code, and people read names.
    if municipio := Municipio.objects.filter(pk=parametros.get("municipio", "")[:7]).first():
        inicial["municipio"] = municipio
    return inicial


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    form = PossoAderirForm(request.GET)
    if not form.is_valid():
        situacao = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "adesao/publico/posso_aderir.html", {"form": form}, status=situacao)
    contexto = _lista(form) | {
        "consulta": request.GET.urlencode(),
        "pares": [(nome, valor) for nome in form.fields for valor in request.GET.getlist(nome)],
    }
    return render(request, "adesao/publico/lista.html", contexto)


@require_safe
def lista_pdf(request: HttpRequest) -> HttpResponse:
    """The same list as a file, for whoever sends it on. Nothing is stored: it says nothing that the page does not."""
    form = PossoAderirForm(request.GET)
    if not form.is_valid():
        return redirect("adesao:posso-aderir")
    espera = espera_por(Limite("adesao.posso_aderir_pdf", (ip(request),), PDFS, JANELA_DOS_PDFS))
    if espera:
        return vezes_demais(request, espera=espera, mensagem="Foram feitos muitos PDFs em pouco tempo.")
    pdf = renderizar(render_to_string("papeis/posso_aderir.html", _lista(form)))
    cabecalhos = {"Content-Disposition": 'inline; filename="o-que-falta-para-aderir.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=cabecalhos)


@require_POST
def comecar(request: HttpRequest) -> HttpResponse:
    """Keep the answers in the session and go on: a manager to the application, anybody else to ask for an account."""
    form = PossoAderirForm(request.POST)
    if not form.is_valid():
        return redirect("adesao:posso-aderir")
    autoavaliacao.guardar(request.session, form.respostas(), hoje=localdate())
    return redirect("adesao:pedido" if papel_de(request) == Vinculo.Papel.GESTOR else "adesao:pedir-acesso")


def _lista(form: PossoAderirForm) -> dict[str, Any]:
    hoje, municipio = localdate(), form.cleaned_data["municipio"]
    itens = autoavaliacao.avaliar(
        form.respostas(), requisitos.requisitos(hoje), hoje=hoje, aviso_dias=requisitos.aviso_dias()
    )
    por_estado = {estado: [item for item in itens if item.estado == estado] for estado in Estado}
    return {
        "form": form,
        "hoje": hoje,
        "municipio": municipio,
        "unidades": unidades_de(municipio) if municipio else [],
        "faltam": _por_grupo(por_estado[Estado.FALTA]),
        "atencao": por_estado[Estado.ATENCAO],
        "prontos": por_estado[Estado.PRONTO],
        "quantas_faltam": len(por_estado[Estado.FALTA]),
    }


def _por_grupo(itens: list[Item]) -> list[tuple[str, list[Item]]]:
    grupos = requisitos.grupos(localdate())
    separados = [(g.nome, [item for item in itens if item.requisito.grupo == g.codigo]) for g in grupos]
    return [(nome, do_grupo) for nome, do_grupo in separados if do_grupo]


@require_safe
def contatos(request: HttpRequest) -> HttpResponse:
    """Who answers for my town at INSS, and how to reach them: `cidade` (IBGE code), or a name to look for."""
    texto, uf = " ".join(request.GET.get("q", "")[:MAIOR_TEXTO].split()), request.GET.get("uf", "")
    codigo = request.GET.get("cidade", "")
    achados = procurar_municipios(texto, uf if uf in UFS else "")
    municipio = get_object_or_404(Municipio, pk=codigo) if codigo else o_procurado(texto, achados)
    contexto = {
        "texto": texto,
        "uf": uf,
        "ufs": UFS,
        "municipio": municipio,
        "outros": [m for m in achados if m != municipio][:OUTROS],
        "unidades": unidades_de(municipio) if municipio else [],
        "imoveis": UnidadeInss.objects.filter(codigo="DIROFL").prefetch_related("contatos").first(),
    }
    return render(request, "adesao/publico/contatos.html", contexto)
