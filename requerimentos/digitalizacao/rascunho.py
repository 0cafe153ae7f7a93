"""The text of an answer on its way through the page: every button carries it along, so nothing needs scripts."""

from __future__ import annotations

import hashlib

from django.contrib import messages

from act_portal.contas.requests import RequestDeUsuario
from act_portal.erros import ErroDeDominio
from requerimentos.digitalizacao import servicos
from requerimentos.models import Exigencia

# Fields of the answer's form that are worth keeping when a form with files comes after the end of the session.
DIGITADOS = ("exigencia", "texto", "versao", "antes")
RECUSADO = "exigencia.texto_recusado"


def marca(texto: str) -> str:
    """Tells whether somebody wrote: the page brings back the mark of the text that it was drawn with."""
    return hashlib.sha256(texto.replace("\r\n", "\n").encode()).hexdigest()[:16]


def versao_lida(request: RequestDeUsuario) -> int | None:
    numero = request.POST.get("versao", "")
    return int(numero) if numero.isdecimal() else None


def levar(request: RequestDeUsuario, exigencia: Exigencia) -> bool:
    """Keep the text that came with this button; False when it may not be kept: then the next page shows it again.

    `exigencia` becomes the row as it is stored.
    """
    texto = request.POST.get("texto")
    if texto is None or marca(texto) == request.POST.get("antes"):
        return True
    try:
        servicos.guardar_rascunho(exigencia.pk, texto=texto, versao=versao_lida(request), autor=request.user)
    except ErroDeDominio as erro:
        recusar(request, exigencia, erro)
        return False
    finally:
        exigencia.refresh_from_db(fields=["rascunho", "rascunho_por", "rascunho_em", "versao", "situacao"])
    return True


def recusar(request: RequestDeUsuario, exigencia: Exigencia, erro: ErroDeDominio) -> None:
    messages.error(request, str(erro))
    request.session[RECUSADO] = [exigencia.pk, request.POST.get("texto", "")]


def devolver(request: RequestDeUsuario, exigencia: Exigencia) -> str | None:
    """The text that was refused, once and only on the page of its own exigência."""
    recusado = request.session.get(RECUSADO)
    if not recusado or recusado[0] != exigencia.pk:
        return None
    del request.session[RECUSADO]
    return str(recusado[1])
