"""The papers: say who signs, make the set, print it once, mark it as signed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.emissao.servicos import juntar
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.saidas.consultas import trabalhador_vivo
from act_portal.territorio.consultas import hoje_em
from requerimentos.fichas.consultas import fichas_do, paginas_de
from requerimentos.fichas.papel import sem_papel
from requerimentos.formularios import pegar_versao
from requerimentos.mandato.consultas import fim_do_mandato
from requerimentos.models import Requerimento
from requerimentos.papeis import servicos
from requerimentos.papeis.consultas import conjunto_vigente, estado_dos_papeis, quadro_de
from requerimentos.papeis.entrega import entregar_papel
from requerimentos.papeis.forms import QuemAssinaForm, RogoForm
from requerimentos.views import achar, achar_para_agir, contexto_do_caso


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def formularios(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Say who signs and make the papers, in one go; for a rogo the three people come on the next page."""
    requerimento = achar_para_agir(request, codigo)
    form = QuemAssinaForm(
        request.POST if request.method == "POST" else None,
        requerimento=requerimento,
        hoje=hoje_em(requerimento.municipio),
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["quem"] == Requerimento.QuemAssina.ROGO:
            return redirect("requerimentos:rogo", codigo=codigo)
        if _salvar(request, requerimento, form):
            return _fazer(request, requerimento)
    paginas = paginas_de(fichas_do(requerimento))
    contexto = contexto_do_caso(
        request,
        requerimento,
        "formularios",
        form=form,
        paginas=paginas,
        falta_ficha=requerimento.editavel and any(pagina.estado != "feita" for pagina in paginas),
        sem_papel=sem_papel(requerimento) if requerimento.editavel else [],
        editavel=requerimento.editavel,
        **_estado(requerimento),
    )
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/papeis/formularios.html", contexto, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rogo(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    form = RogoForm(
        request.POST if request.method == "POST" else None,
        requerimento=requerimento,
        agente_cpf=request.user.cpf,
        hoje=hoje_em(requerimento.municipio),
    )
    if request.method == "POST" and form.is_valid() and _salvar(request, requerimento, form):
        return _fazer(request, requerimento)
    contexto = contexto_do_caso(request, requerimento, "formularios", form=form, editavel=requerimento.editavel)
    status = 422 if form.is_bound else 200
    return render(request, "requerimentos/papeis/rogo.html", contexto, status=status)


@login_required
@require_safe
def estado(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """Only the state of the set: what the page asks for while the worker makes it."""
    requerimento = achar(request, codigo)
    contexto = contexto_do_caso(
        request, requerimento, "formularios", editavel=requerimento.editavel, **_estado(requerimento)
    )
    return render(request, "requerimentos/papeis/_conjunto.html", contexto)


@login_required
@require_POST
def fazer(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _fazer(request, achar_para_agir(request, codigo))


@login_required
@require_POST
def assinados(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    requerimento = achar_para_agir(request, codigo)
    try:
        servicos.receber_assinados(requerimento.pk, request.POST.getlist("papel"), autor=request.user)
        messages.success(request, "Assinaturas anotadas. Agora digitalize os papéis assinados.")
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect(f"{reverse('requerimentos:formularios', args=[codigo])}#assinaturas")


@login_required
@require_safe
def imprimir(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """The three papers as one PDF, one print for the set; who took it is noted."""
    requerimento = achar(request, codigo)
    conjunto = conjunto_vigente(requerimento)
    try:
        if conjunto is None:
            raise ErroDeDominio("Faça os papéis antes de imprimir.")
        pdf = juntar([papel.documento for papel in conjunto.papeis.all()])
    except ErroDeDominio as erro:
        # Of a term that ended no papers are made again.
        messages.error(request, fim_do_mandato(requerimento) or str(erro))
        return redirect("requerimentos:formularios", codigo=codigo)
    registrar_acesso(
        request.user,
        "imprimiu os papéis",
        conjunto,
        titular_id=requerimento.pessoa_id,
        municipio=requerimento.municipio,
    )
    resposta = HttpResponse(pdf, content_type="application/pdf")
    resposta["Content-Disposition"] = f'attachment; filename="papeis-{requerimento.pk}-{conjunto.numero}.pdf"'
    resposta["X-Content-Type-Options"] = "nosniff"
    resposta["Content-Security-Policy"] = "sandbox; default-src 'none'"
    resposta["Cache-Control"] = "private, no-store"
    return resposta


@login_required
@require_safe
def um_papel(request: RequestDeUsuario, codigo: uuid.UUID, especie: str) -> HttpResponse | FileResponse:
    """One paper of the set in force, as it was issued: the file that its own code answers for."""
    requerimento = achar(request, codigo)
    conjunto = conjunto_vigente(requerimento)
    papeis = conjunto.papeis.all() if conjunto else []
    documento = next((papel.documento for papel in papeis if papel.especie == especie), None)
    return entregar_papel(
        request,
        requerimento,
        documento,
        nome=f"{especie}-{requerimento.pk}.pdf",
        acao="imprimiu um papel",
        voltar="formularios",
    )


def _salvar(request: RequestDeUsuario, requerimento: Requerimento, form: QuemAssinaForm | RogoForm) -> bool:
    """Record who signs; on refusal the form keeps what was typed and says why."""
    try:
        servicos.escolher_quem_assina(requerimento.pk, autor=request.user, **form.escolha())
    except OutroChegouAntes as erro:
        pegar_versao(form, Requerimento.objects.values_list("versao", flat=True).get(pk=requerimento.pk))
        form.add_error(None, str(erro))
        return False
    except ErroDeDominio as erro:
        form.add_error(None, str(erro))
        return False
    return True


def _fazer(request: RequestDeUsuario, requerimento: Requerimento) -> HttpResponse:
    try:
        servicos.fazer_conjunto(requerimento.pk, autor=request.user)
    except ErroDeDominio as erro:
        messages.error(request, str(erro))
    return redirect(f"{reverse('requerimentos:formularios', args=[requerimento.codigo])}#conjunto")


def _estado(requerimento: Requerimento) -> dict[str, Any]:
    return {
        "quadro": quadro_de(requerimento),
        "papeis": estado_dos_papeis(requerimento),
        "trabalhador_parado": not trabalhador_vivo(),
    }
