"""One process for INSS: everything of it, and the acts that are possible now."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from act_portal.arquivos.entrega import entregar
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.permissoes import exige_papel
from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from act_portal.saidas.consultas import trabalhador_vivo
from act_portal.territorio.consultas import hoje_em
from adesao import consultas
from adesao.analise.atos import ATOS, Ato, Cena
from adesao.analise.consultas import avisos_do_cnpj, respostas
from adesao.analise.forms.base import AtoForm
from adesao.models import Exportacao, Papel, Processo
from adesao.papeis.consultas import vigentes
from adesao.pedido.consultas import itens
from adesao.pedido.views.comum import achar
from adesao.permissoes import INSS
from adesao.situacoes import ABERTAS, SituacaoItem

RESOLVIDOS = {SituacaoItem.ACEITO, SituacaoItem.DISPENSADO}


@login_required
@exige_papel(*INSS)
@require_safe
def analise(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    return _tela(request, achar(request, codigo))


def _tela(
    request: RequestDeUsuario, adesao: Processo, ato: Ato | None = None, form: AtoForm | None = None
) -> HttpResponse:
    """`form`: that of the refused act, with what was typed."""
    cena = Cena(adesao, request.user)
    linhas = itens(adesao, hoje_em(adesao.municipio))
    cartoes = [(a, form if a is ato else _form(a, cena)) for a in ATOS.values() if a.quando(cena) or a is ato]
    contexto = {
        "processo": adesao,
        "hoje": hoje_em(adesao.municipio),
        "cena": cena,
        "itens": linhas,
        "avisos_do_cnpj": avisos_do_cnpj(adesao) if adesao.estado in ABERTAS else [],
        "resolvidos": sum(1 for linha in linhas if linha.item.estado in RESOLVIDOS),
        "principais": [(a, f) for a, f in cartoes if a.principal],
        "outros": [(a, f) for a, f in cartoes if not a.principal],
        "aberto": ato.slug if ato else "",
        "relogio": consultas.relogio(adesao),
        "historia": consultas.linha_do_tempo(adesao, do_inss=True, quantas=8),
        "papeis": _papeis(adesao),
        "decisoes": adesao.decisoes.order_by("-em", "-pk"),
        "leituras": adesao.leituras.select_related("leitor").filter(desfeita_em__isnull=True).order_by("-pedida_em"),
        "exportacoes": adesao.exportacoes.filter(apagada_em__isnull=True).select_related("autor")[:3],
        "trabalhador_parado": not trabalhador_vivo(),
    }
    return render(request, "adesao/analise/processo.html", contexto, status=422 if form else 200)


def _form(ato: Ato, cena: Cena, request: HttpRequest | None = None) -> AtoForm:
    dados = (request.POST, request.FILES) if request else (None, None)
    return ato.form(*dados, processo=cena.processo, usuario=cena.usuario, prefixo=ato.slug)


def _papeis(adesao: Processo) -> list[Papel]:
    """In the order of the process."""
    feitos = vigentes(adesao)
    return [feitos[especie] for especie in Papel.Especie if especie in feitos]


@login_required
@exige_papel(*INSS)
@require_POST
def agir(request: RequestDeUsuario, codigo: uuid.UUID, ato: str) -> HttpResponse:
    """One act of the table. Refused, the page comes back with the reason and with what was typed."""
    adesao, pedido = achar(request, codigo, quieto=True), ATOS.get(ato)
    if pedido is None:
        raise Http404
    form = _form(pedido, Cena(adesao, request.user), request)
    if form.is_valid():
        dados: dict[str, Any] = dict(form.cleaned_data)
        enviado = [dados.pop("arquivo")] if pedido.com_arquivo else []
        try:
            pedido.servico(adesao.pk, *enviado, autor=request.user, **dados)
        except ErroDeDominio as erro:
            form.add_error(None, str(erro))
        else:
            messages.success(request, pedido.feito)
            # Sent to another unit it may be out of sight now.
            if Processo.objects.visiveis_para(request.user).filter(pk=adesao.pk).exists():
                return redirect("adesao:analise", codigo=adesao.codigo)
            return redirect("adesao:fila")
    return _tela(request, achar(request, codigo, quieto=True), pedido, form)


@login_required
@exige_papel(*INSS)
@require_safe
def preenchido(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse:
    """What the town filled in, as it is now."""
    adesao = achar(request, codigo)
    contexto = {
        "processo": adesao,
        "respostas": respostas(adesao),
        "pontos": adesao.pontos.vivos().order_by("pk"),
        "pessoas": adesao.representantes.vivos().select_related("ponto").order_by("nome", "pk"),
    }
    return render(request, "adesao/analise/preenchido.html", contexto)


@login_required
@exige_papel(*INSS)
@require_safe
def exportacao(request: RequestDeUsuario, codigo: uuid.UUID) -> HttpResponse | FileResponse:
    visiveis = Exportacao.objects.filter(processo__in=Processo.objects.visiveis_para(request.user))
    pacote = get_object_or_404(visiveis.select_related("processo__municipio"), codigo=codigo, apagada_em__isnull=True)
    adesao = pacote.processo
    if not pacote.pronta_em:
        messages.info(request, "O pacote ainda está sendo feito. Espere alguns segundos.")
        return redirect("adesao:analise", codigo=adesao.codigo)
    registrar_acesso(request.user, "baixou o processo inteiro", pacote, titular_id=None, municipio=adesao.municipio)
    return entregar(pacote.arquivo, nome=f"adesao-{adesao.pk}.zip", tipo="application/zip", request=request)
