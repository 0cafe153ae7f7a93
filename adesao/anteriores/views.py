"""Agreements of before the portal: the analyst registers, another person of INSS compares and confirms."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.arquivos.entrega import entregar
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.models import Vinculo
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.telas import formatos
from adesao.anteriores import servicos
from adesao.anteriores.forms import AnteriorForm, DevolverForm
from adesao.checklist.catalogo import servicos as servicos_possiveis
from adesao.formularios.leitura import perguntas
from adesao.models import AcordoAnterior, Formulario
from adesao.permissoes import INSS
from adesao.situacoes import SituacaoAnterior

POR_PAGINA = 30
PONTO: tuple[tuple[str, str, Callable[[object], str]], ...] = (
    ("nome", "Nome", str), ("endereco", "Endereço", str), ("cep", "CEP", formatos.cep),
    ("telefone", "Telefone", formatos.telefone), ("dias", "Dias", str), ("horario", "Horário", str),
)  # fmt: skip


@login_required
@exige_papel(*INSS)
@require_safe
def lista(request: RequestDeUsuario) -> HttpResponse:
    """Who waits for another person first."""
    visiveis = AcordoAnterior.objects.visiveis_para(request.user).select_related("municipio", "registrado_por")
    # "confirmado" comes first by name and last here.
    por_fazer = Case(When(situacao=SituacaoAnterior.CONFIRMADO, then=1), default=0)
    linhas = visiveis.order_by(por_fazer, "registrado_em", "pk")
    contexto = {
        "pagina": Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "registra": _registra(request),
    }
    return render(request, "adesao/anteriores/lista.html", contexto)


@login_required
@exige_papel(Vinculo.Papel.ANALISTA)
@require_http_methods(["GET", "HEAD", "POST"])
def novo(request: RequestDeUsuario) -> HttpResponse:
    return _formulario(request, None)


@login_required
@exige_papel(Vinculo.Papel.ANALISTA)
@require_http_methods(["GET", "HEAD", "POST"])
def corrigir(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    feito = _achar(request, codigo)
    if feito.estado != SituacaoAnterior.DEVOLVIDO:
        messages.info(request, f"Este registro está em “{feito.estado.label}” e não muda agora.")
        return redirect("adesao:anterior", codigo=codigo)
    return _formulario(request, feito)


def _formulario(request: RequestDeUsuario, feito: AcordoAnterior | None) -> HttpResponse:
    form = AnteriorForm(*((request.POST, request.FILES) if request.method == "POST" else ()), anterior=feito)
    if form.is_valid():
        dados: dict[str, Any] = form.argumentos()
        enviado = form.cleaned_data["arquivo"]
        try:
            if feito:
                feito = servicos.corrigir(feito.pk, enviado, autor=request.user, **dados)
            else:
                feito = servicos.registrar(enviado, autor=request.user, **dados)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, "Registrado. Outra pessoa do INSS confere com o papel e confirma.")
            return redirect("adesao:anterior", codigo=feito.codigo)
    contexto = {"form": form, "anterior": feito}
    return render(request, "adesao/anteriores/formulario.html", contexto, status=422 if form.errors else 200)


@login_required
@exige_papel(*INSS)
@require_safe
def detalhe(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela(request, _achar(request, codigo), DevolverForm())


def _tela(request: RequestDeUsuario, feito: AcordoAnterior, form: DevolverForm, status: int = 200) -> HttpResponse:
    prefeitura = Formulario(tipo=Formulario.Tipo.MUNICIPIO, dados=feito.prefeitura)
    contexto = {
        "anterior": feito,
        "form": form,
        "servicos": servicos_possiveis().escolhidos(feito.servicos),
        "respostas": perguntas(prefeitura),
        "ponto": [(rotulo, mostrar(feito.ponto[nome])) for nome, rotulo, mostrar in PONTO if feito.ponto.get(nome)],
        "confere": feito.estado == SituacaoAnterior.REGISTRADO and feito.registrado_por_id != request.user.pk,
        "registra": _registra(request),
    }
    return render(request, "adesao/anteriores/detalhe.html", contexto, status=status)


@login_required
@exige_papel(*INSS)
@require_POST
def confirmar(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    feito = _achar(request, codigo)
    try:
        processo = servicos.confirmar(feito.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
        return _tela(request, feito, DevolverForm(), status=422)
    messages.success(request, "Confirmado. O acordo agora é acompanhado como os outros.")
    return redirect("adesao:acordo", codigo=processo.codigo)


@login_required
@exige_papel(*INSS)
@require_POST
def devolver(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    feito, form = _achar(request, codigo), DevolverForm(request.POST)
    if not form.is_valid():
        return _tela(request, feito, form, status=422)
    try:
        servicos.devolver(feito.pk, motivo=form.cleaned_data["motivo"], autor=request.user)
    except ErroDeDominio as erro:
        form.add_error(None, str(erro))
        return _tela(request, feito, form, status=422)
    messages.success(request, "Devolvido para corrigir.")
    return redirect("adesao:anterior", codigo=codigo)


@login_required
@require_safe
def arquivo(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    """The signed agreement; once it is confirmed the town reads it too."""
    feito = get_object_or_404(AcordoAnterior.objects.com_arquivo_para(request.user), codigo=codigo)
    registrar_acesso(
        request.user, "abriu o acordo anterior assinado", feito, titular_id=None, municipio=feito.municipio
    )
    pdf = feito.arquivo
    return entregar(pdf.original, nome=pdf.nome_original, tipo=pdf.tipo, request=request)


def _registra(request: RequestDeUsuario) -> bool:
    return bool(request.user.vinculo and request.user.vinculo.papel == Vinculo.Papel.ANALISTA)


def _achar(request: RequestDeUsuario, codigo: uuid.UUID) -> AcordoAnterior:
    visiveis = AcordoAnterior.objects.visiveis_para(request.user)
    feito = visiveis.select_related("municipio", "unidade", "arquivo", "guarda_chuva", "processo", "registrado_por")
    achado = get_object_or_404(feito, codigo=codigo)
    registrar_acesso(request.user, "abriu o acordo anterior", achado, titular_id=None, municipio=achado.municipio)
    return achado
