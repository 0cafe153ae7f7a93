"""PDFs that were signed outside the portal, received as they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile

from act_portal.arquivos.inspecao import conferir_tamanho
from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.erros import ErroDeDominio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Municipio

# What every PDF signed electronically has, out of its compressed parts: the bytes that the signature covers.
SINAL_DE_ASSINATURA = b"/ByteRange"


def receber_assinado(enviado: UploadedFile, *, municipio: Municipio, usuario: Usuario) -> Arquivo:
    """Take in a PDF with an electronic signature. Whether it is good, the validator tells a person.

    Call it outside `atomic()`. Raises ErroDeDominio, with what to do, for anything else.
    """
    conferir_tamanho(enviado.size or 0)
    conteudo = enviado.read()
    enviado.seek(0)
    if not conteudo.startswith(b"%PDF"):
        raise ErroDeDominio("Envie o PDF assinado, como saiu do assinador. Foto ou digitalização não serve.")
    if SINAL_DE_ASSINATURA not in conteudo:
        raise ErroDeDominio(
            "Este PDF não tem assinatura eletrônica. Assine com conta gov.br prata ou ouro, ou com certificado "
            "digital, e envie o arquivo como saiu do assinador, sem imprimir."
        )
    return receber(enviado, municipio=municipio, usuario=usuario)
