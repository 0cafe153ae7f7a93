"""The page of an agreement in force: the town and INSS of the region look at the same one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from act_portal.arquivos.entrega import entregar
from act_portal.arquivos.models import Arquivo
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao as SituacaoDocumento
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao.acordo import consultas
from adesao.acordo.atos import ATOS, Ato, Cena
from adesao.acordo.forms import AtoDoAcordoForm
from adesao.consultas import linha_do_acordo
from adesao.models import Acordo, AcordoAnterior, Encerramento
from adesao.permissoes import MUNICIPIO
from adesao.situacoes import SituacaoAcordo


def achar_acordo(request: RequestDeUsuario, codigo: uuid.UUID, *, quieto: bool = False) -> Acordo:
    """The published agreement of a process in scope, or 404. `quieto`: the visit is not noted again."""
    visiveis = (
        Acordo.objects.visiveis_para(request.user)
        .publicados()
        .select_related("municipio", "processo__municipio", "processo__unidade__acima__acima", "guarda_chuva")
    )
    acordo = get_object_or_404(visiveis, processo__codigo=codigo)
    if not quieto:
        registrar_acesso(request.user, "abriu a adesão", acordo.processo, titular_id=None, municipio=acordo.municipio)
    return acordo


@login_required
@exige_papel(*MUNICIPIO)
@require_safe
def meu_acordo(request: RequestDeUsuario) -> HttpResponse:
    """The town's own agreement; without one, the way to it."""
    acordo = Acordo.objects.visiveis_para(request.user).publicados().select_related("processo").first()
    return redirect("adesao:acordo", acordo.processo.codigo) if acordo else redirect("adesao:pedido")


@login_required
@require_safe
def acordo(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela(request, achar_acordo(request, codigo))


def _tela(
    request: RequestDeUsuario, achado: Acordo, ato: Ato | None = None, form: AtoDoAcordoForm | None = None
) -> HttpResponse:
    """`form`: that of the refused act, with what was typed."""
    cena, hoje = Cena(achado, request.user), hoje_em(achado.municipio)
    pessoas = consultas.pessoas(achado, hoje)
    pontos = list(achado.processo.pontos.vivos().select_related("balcao", "confirmado_por").order_by("pk"))
    cartoes = [(a, form if a is ato else _form(a, cena)) for a in ATOS.values() if a.quando(cena) or a is ato]
    contexto: dict[str, Any] = {
        "acordo": achado,
        "processo": achado.processo,
        "cena": cena,
        "hoje": hoje,
        "pessoas": pessoas,
        "pontos": pontos,
        "passos_da_abertura": consultas.passos(achado, pessoas, pontos)
        if achado.estado == SituacaoAcordo.PREPARACAO
        else [],
        "principais": [(a, f) for a, f in cartoes if a.principal],
        "outros": [(a, f) for a, f in cartoes if not a.principal],
        "aberto": ato.slug if ato else "",
        "condicoes": consultas.condicoes(achado),
        "servicos": achado.servicos.filter(ate__isnull=True),
        "historia": linha_do_acordo(achado, quantas=8),
        "indicadores": consultas.indicadores_na_tela(achado),
        "notificacoes": achado.notificacoes.select_related("documento", "resposta_arquivo"),
        "prorrogacoes": achado.prorrogacoes.select_related("documento", "arquivo").prefetch_related(
            "assinados__arquivo"
        ),
        "conferencias": consultas.documentos_na_tela(achado),
        "termo": cena.termo,
        "anterior": AcordoAnterior.objects.select_related("arquivo", "registrado_por")
        .filter(processo=achado.processo_id)
        .first(),
        "atos": achado.atos.order_by("-em", "-pk"),
    }
    return render(request, "adesao/acordo/acordo.html", contexto, status=422 if form else 200)


def _form(ato: Ato, cena: Cena, request: HttpRequest | None = None) -> AtoDoAcordoForm:
    dados = (request.POST, request.FILES) if request else (None, None)
    return ato.form(*dados, acordo=cena.acordo, usuario=cena.usuario, prefixo=ato.slug)


@login_required
@require_POST
def agir(request: RequestDeUsuario, codigo: uuid.UUID, ato: str) -> HttpResponse:
    """One act of the table. Refused, the page comes back with the reason and with what was typed."""
    achado, pedido = achar_acordo(request, codigo, quieto=True), ATOS.get(ato)
    if pedido is None:
        raise Http404
    form = _form(pedido, Cena(achado, request.user), request)
    if form.is_valid():
        dados: dict[str, Any] = dict(form.cleaned_data)
        enviado = [dados.pop("arquivo")] if pedido.com_arquivo else []
        try:
            feito = pedido.servico(achado.pk, *enviado, autor=request.user, **dados)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, pedido.feito if isinstance(pedido.feito, str) else pedido.feito(feito))
            return redirect("adesao:acordo", codigo=codigo)
    return _tela(request, achar_acordo(request, codigo, quieto=True), pedido, form)


@login_required
@require_safe
def arquivo(request: RequestDeUsuario, codigo: uuid.UUID, de: str, pk: int) -> HttpResponse | FileResponse:
    """A file or paper of the agreement: what was sent with a document, an answer or an amendment."""
    achado = achar_acordo(request, codigo, quieto=True)
    coisa = ARQUIVOS[de](achado, pk) if de in ARQUIVOS else None
    if coisa is None:
        raise Http404
    registrar_acesso(request.user, ABRIU[type(coisa)], coisa, titular_id=None, municipio=achado.municipio)
    if isinstance(coisa, Arquivo):
        return entregar(coisa.original, nome=coisa.nome_original, tipo=coisa.tipo, request=request)
    if coisa.situacao != SituacaoDocumento.EMITIDO:
        messages.info(request, "O papel ainda está sendo feito. Espere alguns segundos.")
        return redirect("adesao:acordo", codigo=codigo)
    return entregar(coisa.pdf, nome=f"{de}-{pk}.pdf", tipo="application/pdf", request=request)


ABRIU: dict[type, str] = {Arquivo: "abriu um documento do acordo", Documento: "baixou um papel do acordo"}


def _de(relacao: str, campo: str) -> Callable[[Acordo, int], Arquivo | Documento | None]:
    def achar(acordo: Acordo, pk: int) -> Arquivo | Documento | None:
        linha = getattr(acordo, relacao).select_related(campo).filter(pk=pk).first()
        return getattr(linha, campo) if linha else None

    return achar


def _do_termo(campo: str) -> Callable[[Acordo, int], Arquivo | Documento | None]:
    def achar(acordo: Acordo, pk: int) -> Arquivo | Documento | None:
        termo = Encerramento.objects.select_related(campo).filter(acordo=acordo, pk=pk).first()
        return getattr(termo, campo) if termo else None

    return achar


ARQUIVOS = {
    "documento": _de("conferencias", "arquivo"),
    "resposta": _de("notificacoes", "resposta_arquivo"),
    "notificacao": _de("notificacoes", "documento"),
    "aditivo": _de("prorrogacoes", "documento"),
    "aditivo-assinado": _de("prorrogacoes", "arquivo"),
    "encerramento": _do_termo("documento"),
    "encerramento-assinado": _do_termo("arquivo"),
}
