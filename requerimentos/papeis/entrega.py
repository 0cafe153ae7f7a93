"""Hand an issued paper over as a download."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect

from act_portal.arquivos.entrega import entregar
from act_portal.auditoria.servicos import registrar_acesso
from act_portal.contas.requests import RequestDeUsuario
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao
from requerimentos.models import Requerimento


def entregar_papel(
    request: RequestDeUsuario,
    requerimento: Requerimento,
    documento: Documento | None,
    *,
    nome: str,
    acao: str,
    voltar: str,
) -> HttpResponse | FileResponse:
    """The PDF of an issued paper; while it is being made, back to the page `voltar`, which says so."""
    if documento is None:
        raise Http404
    if documento.situacao != Situacao.EMITIDO:
        messages.info(request, "O papel ainda está sendo feito. Espere alguns segundos e tente de novo.")
        return redirect(f"requerimentos:{voltar}", codigo=requerimento.codigo)
    registrar_acesso(
        request.user, acao, requerimento, titular_id=requerimento.pessoa_id, municipio=requerimento.municipio
    )
    return entregar(documento.pdf, nome=nome, tipo="application/pdf", request=request)
