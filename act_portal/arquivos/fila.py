"""What the queue of the browser asks the portal: its key, and to take files in by pieces. Answers are JSON."""

from __future__ import annotations

import base64
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac

from act_portal.arquivos import remessas
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Remessa
from act_portal.cotas.servicos import consumir
from act_portal.erros import ErroDeDominio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

POR_HORA = 600
CABECALHO_DO_INICIO = "Upload-Offset"


def nomes_de(usuario: Usuario) -> dict[str, str]:
    """What a browser calls a person: `pessoa`; and `dono` of the files that wait there, which the password changes."""
    pessoa = salted_hmac("arquivos.fila.pessoa", str(usuario.pk), algorithm="sha256").hexdigest()[:32]
    dono = salted_hmac("arquivos.fila.dono", _segredo(usuario), algorithm="sha256").hexdigest()[:32]
    return {"pessoa": pessoa, "dono": dono}


def chave_de(usuario: Usuario) -> dict[str, str]:
    """The names, and `chave`, which opens the files that wait: only this person gets it, and no browser keeps it."""
    chave = salted_hmac("arquivos.fila.chave", _segredo(usuario), algorithm="sha256").digest()
    return nomes_de(usuario) | {"chave": base64.b64encode(chave).decode()}


def _segredo(usuario: Usuario) -> str:
    return f"{usuario.pk}:{usuario.get_session_auth_hash()}"


def recusado(*motivos: Exception, situacao: int = 422) -> JsonResponse:
    """`tentar`: the same file may go later."""
    definitivo = any(isinstance(motivo, ArquivoRecusado) for motivo in motivos)
    return JsonResponse({"recusas": [str(m) for m in motivos], "tentar": not definitivo}, status=situacao)


def abrir(request: HttpRequest, *, usuario: Usuario, aparelho: uuid.UUID | None = None) -> JsonResponse:
    """Begin a file, or say how far it had come."""
    if not consumir("remessas", str(usuario.pk), maximo=POR_HORA, janela=timedelta(hours=1)):
        demais = ErroDeDominio("Arquivos demais em pouco tempo. Espere alguns minutos e tente de novo.")
        return recusado(demais, situacao=429)
    dados = request.POST
    try:
        remessa = remessas.abrir(
            uuid.UUID(dados.get("codigo", "")), usuario=usuario, aparelho=aparelho, nome=dados.get("nome", ""),
            tamanho=_numero(dados.get("bytes", "")), sha256=dados.get("sha256", ""),
        )  # fmt: skip
    except ValueError:
        return recusado(remessas.RemessaQueNaoServe())
    except ErroDeDominio as erro:
        return recusado(erro)
    return _ate_aqui(remessa.recebidos, entregue=remessa.entregue_em is not None)


def pedaco(request: HttpRequest, codigo: uuid.UUID, minhas: QuerySet[Remessa]) -> JsonResponse:
    """GET: how far the file has come. POST: one more piece, from the byte that the header names."""
    remessa = get_object_or_404(minhas, codigo=codigo)
    if request.method != "POST":
        return _ate_aqui(remessa.recebidos, entregue=remessa.entregue_em is not None)
    try:
        inicio = _numero(request.headers.get(CABECALHO_DO_INICIO, ""))
        return _ate_aqui(remessas.receber_pedaco(remessa, inicio=inicio, conteudo=request.body))
    except (ValueError, RequestDataTooBig):
        return recusado(remessas.RemessaQueNaoServe())
    except remessas.ForaDeOrdem as erro:
        return _ate_aqui(erro.recebidos, situacao=409)
    except ErroDeDominio as erro:
        return recusado(erro)


def desistir(codigo: uuid.UUID, minhas: QuerySet[Remessa]) -> JsonResponse:
    remessas.desistir(get_object_or_404(minhas, codigo=codigo))
    return JsonResponse({})


def _ate_aqui(recebidos: int, *, situacao: int = 200, **mais: Any) -> JsonResponse:
    return JsonResponse({"recebidos": recebidos, **mais}, status=situacao)


def _numero(texto: str) -> int:
    # int() alone takes signs, spaces, underscores and digits of other scripts.
    if not (texto.isascii() and texto.isdecimal() and len(texto) < 16):
        raise ValueError(texto)
    return int(texto)
