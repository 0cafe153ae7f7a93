"""Papers of the portal with what signatures leave in a file; no validator would say that they are good."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida


def assinado(documento: Documento, quantas: int = 1) -> SimpleUploadedFile:
    """The PDF of `documento`, drawn now when it was not yet, signed `quantas` times."""
    if documento.situacao == Situacao.PEDIDO:
        saidas.executar(Saida.objects.get(chave=f"emissao.renderizar:{documento.pk}").pk)
        documento.refresh_from_db()
    with documento.pdf.open("rb") as aberto:
        return assinar_bytes(aberto.read(), quantas)


def assinar_bytes(papel: bytes, quantas: int = 1) -> SimpleUploadedFile:
    """Each signature is appended, as signing programs do, and covers what came before it."""
    conteudo = papel
    for _ in range(quantas):
        conteudo += f"\n% /ByteRange [0 {len(conteudo)} {len(conteudo)} 9]\n".encode()
    return SimpleUploadedFile("assinado.pdf", conteudo, "application/pdf")
