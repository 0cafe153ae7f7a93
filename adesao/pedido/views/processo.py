"""Begin, look at the whole, send, give up."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import acordo_em_vigor, hoje_em
from act_portal.territorio.models import Municipio
from adesao import consultas
from adesao.models import Acordo, Papel, Processo, Solicitacao
from adesao.papeis.consultas import vigentes
from adesao.pedido.consultas import itens
from adesao.pedido.forms.tipo import TipoForm
from adesao.pedido.servicos import processo as servicos
from adesao.pedido.views.comum import achar, achar_do_municipio, contexto, inteiro
from adesao.permissoes import MUNICIPIO
from adesao.publico.autoavaliacao import preenchimento, retomar
from adesao.situacoes import DEPOIS_DO_FIM, Instrumento, Situacao

ACABOU = (
    "O acordo acabou. O que ele deixou está na página dele, e o município pode começar um pedido novo quando quiser."
)
# The papers of INSS that the town reads.
DO_INSS = (Papel.Especie.DECISAO, Papel.Especie.INSTRUMENTO, Papel.Especie.EXTRATO)


@login_required
@exige_papel(*MUNICIPIO)
@require_http_methods(["GET", "HEAD", "POST"])
def comecar(request: RequestDeUsuario) -> HttpResponse:
    """The town's adhesion, wherever it stands; without one, the form that begins it."""
    vinculo = request.user.vinculo
    municipio = vinculo.municipio if vinculo else None
    assert municipio is not None  # noqa: S101 - the role has a town
    aberto = Processo.objects.visiveis_para(request.user).abertos().first()
    if aberto:
        return redirect(aberto)
    hoje = hoje_em(municipio)
    form = TipoForm(
        request.POST if request.method == "POST" else None,
        uf=municipio.uf,
        hoje=hoje,
        initial={
            "instrumento": Instrumento.ACT,
            "regime": _regime_da_autoavaliacao(request, municipio),
            "cnpj": _cnpj_conhecido(request),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            processo = servicos.comecar(municipio, autor=request.user, codigo=_codigo(request), **form.cleaned_data)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            return redirect("adesao:formulario", processo.codigo, "municipio")
    anteriores = Processo.objects.visiveis_para(request.user).select_related("acordo").order_by("-criado_em")
    dados = {
        "form": form,
        "municipio": municipio,
        "anteriores": anteriores,
        "acordo": Acordo.objects.filter(municipio=municipio, encerrado_em__isnull=True).first(),
        "entidade": acordo_em_vigor(municipio, hoje),
        "codigo_novo": request.POST.get("codigo") or uuid.uuid4(),
    }
    return render(request, "adesao/pedido/comecar.html", dados, status=422 if form.errors else 200)


def _regime_da_autoavaliacao(request: RequestDeUsuario, municipio: Municipio) -> str:
    """What was answered in "Posso aderir?", unless it was about another town."""
    respostas = preenchimento(retomar(request.session) or {})
    return respostas["regime"] if respostas["municipio"] in {"", municipio.pk} else ""


def _cnpj_conhecido(request: RequestDeUsuario) -> str:
    """That of the request by which the account came."""
    feita = Solicitacao.objects.filter(vinculo__municipio=request.user.vinculo.municipio)  # type: ignore[union-attr]
    return feita.order_by("-decidida_em").values_list("cnpj", flat=True).first() or ""


def _codigo(request: RequestDeUsuario) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("codigo", ""))
    except ValueError:
        return None


@login_required
@require_safe
def processo(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The hub of the town; INSS goes to its own page of the same process."""
    adesao = achar(request, codigo)
    if request.user.vinculo and request.user.vinculo.papel not in MUNICIPIO:
        return redirect("adesao:analise", codigo=codigo)
    linhas = itens(adesao, hoje_em(adesao.municipio))
    acordo = Acordo.objects.filter(processo=adesao).prefetch_related("assinaturas").first()
    dados = contexto(
        adesao,
        "itens",
        itens=linhas,
        abertos=[linha for linha in linhas if linha.item.aberto_ao_municipio],
        relogio=consultas.relogio(adesao),
        contatos=consultas.contatos(adesao),
        historia=consultas.linha_do_tempo(adesao, do_inss=False, quantas=6),
        depois=ACABOU if acordo and acordo.encerrado_em else DEPOIS_DO_FIM.get(adesao.estado, ""),
        acordo=acordo,
        servicos=acordo.servicos.filter(ate__isnull=True) if acordo else [],
        papeis_do_inss=[p for e, p in vigentes(adesao).items() if e in DO_INSS],
        pode_desistir=adesao.estado.pode_ir_para(Situacao.DESISTIDO),
    )
    return render(request, "adesao/pedido/processo.html", dados)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tipo(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Change instrument, regime or CNPJ before the first sending."""
    adesao = achar_do_municipio(request, codigo)
    inicial = {nome: getattr(adesao, nome) for nome in ("instrumento", "regime", "cnpj", "guarda_chuva")}
    form = TipoForm(
        request.POST if request.method == "POST" else None,
        uf=adesao.municipio.uf,
        hoje=hoje_em(adesao.municipio),
        initial=inicial,
    )
    form.rotulo_enviar = "Guardar"
    if request.method == "POST" and form.is_valid():
        try:
            servicos.mudar_tipo(adesao.pk, autor=request.user, versao=inteiro(request, "versao"), **form.cleaned_data)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Guardado. A lista de documentos acompanha a mudança.")
            return redirect(adesao)
    dados = contexto(adesao, "tipo", form=form)
    return render(request, "adesao/pedido/tipo.html", dados, status=422 if form.errors else 200)


@login_required
@require_POST
def enviar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _passo(
        request, codigo, servicos.enviar, "Enviado ao INSS. Você acompanha por aqui e recebe avisos por e-mail."
    )


@login_required
@require_POST
def reenviar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _passo(request, codigo, servicos.reenviar, "Resposta enviada ao INSS.")


@login_required
@require_POST
def desistir(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    motivo = request.POST.get("motivo", "")
    return _passo(
        request, codigo, servicos.desistir, "Pedido encerrado. O que foi enviado fica guardado.", motivo=motivo
    )


def _passo(
    request: RequestDeUsuario, codigo: uuid.UUID, servico: Callable[..., Any], feito: str, **dados: Any
) -> HttpResponse:
    adesao = achar_do_municipio(request, codigo)
    try:
        servico(adesao.pk, autor=request.user, **dados)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    else:
        messages.success(request, feito)
    return redirect(adesao)


@login_required
@require_safe
def historico(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    adesao = achar(request, codigo)
    do_inss = bool(request.user.vinculo and request.user.vinculo.papel not in MUNICIPIO)
    dados = contexto(adesao, "historico", linhas=consultas.linha_do_tempo(adesao, do_inss=do_inss), do_inss=do_inss)
    return render(request, "adesao/historico.html", dados)
