"""Ask for a paper, take its value away, replace it, print several as one. The only writer of a paper's status."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos import deposito
from act_portal.auditoria.servicos import registrar
from act_portal.emissao import conteudo, modelos
from act_portal.emissao.models import Documento, DocumentoQuerySet, Impressao
from act_portal.emissao.situacoes import Situacao
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.servicos import TRATADORES, prometer

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Municipio


@transaction.atomic
def pedir(
    modelo: str,
    dados: Mapping[str, Any],
    *,
    municipio: Municipio,
    autor: Usuario | None,
    depois: str = "",
) -> Documento:
    """Freeze the content of a paper and promise its PDF.

    `dados` is what the template shows (dates may be dates; they are stored as ISO text). When the PDF is ready the
    outbox handler `depois` gets `documento=<pk>`. Raises LookupError when no version of `modelo` is in force.
    """
    if depois and depois not in TRATADORES:
        raise LookupError(f"Sem tratador para {depois!r}.")
    momento = now()
    versao = modelos.vigente(modelo, momento.astimezone(municipio.fuso).date())
    documento = Documento(
        codigo=conteudo.novo_codigo(),
        modelo=versao.codigo,
        versao=versao.versao,
        modelo_sha256=versao.sha256(),
        municipio=municipio,
        dados=conteudo.congelar(dados),
        autor=autor,
        depois=depois,
        pedido_em=momento,
    )
    documento.hash_conteudo = conteudo.hash_do_documento(documento)
    documento.save()
    registrar(
        "emissao.pedir", municipio=municipio, autor=autor, alvo=documento, modelo=versao.codigo, versao=versao.versao
    )
    prometer("emissao.renderizar", chave=f"emissao.renderizar:{documento.pk}", documento=documento.pk)
    return documento


@transaction.atomic
def revogar(documento_id: int, *, motivo: str, autor: Usuario | None) -> Documento:
    """Take the value of a paper away for good. A paper still being made will not be made."""
    documento = _travar(documento_id)
    _encerrar(documento, Situacao.REVOGADO, motivo=motivo, autor=autor)
    return documento


@transaction.atomic
def revogar_varios(documento_ids: Iterable[int], *, motivo: str, autor: Usuario | None) -> None:
    """Take the value of those that still have one.

    Every row is locked before the first event. The other way round, the worker that holds the second paper and waits
    for the trail would meet us holding the trail and waiting for the second paper.
    """
    documentos = list(_para_travar().filter(pk__in=documento_ids).order_by("pk"))
    for documento in documentos:
        if Situacao(documento.situacao).pode_ir_para(Situacao.REVOGADO):
            _encerrar(documento, Situacao.REVOGADO, motivo=motivo, autor=autor)


@transaction.atomic
def substituir(
    documento_id: int,
    dados: Mapping[str, Any],
    *,
    motivo: str,
    autor: Usuario | None,
    depois: str | None = None,
) -> Documento:
    """Issue the corrected paper and take the value of the old one away. Returns the new one.

    `depois=None` keeps the next work of the old paper.
    """
    antigo = _travar(documento_id)
    novo = pedir(
        antigo.modelo,
        dados,
        municipio=antigo.municipio,
        autor=autor,
        depois=antigo.depois if depois is None else depois,
    )
    _encerrar(antigo, Situacao.SUBSTITUIDO, motivo=motivo, autor=autor, substituido_por=novo)
    return novo


@transaction.atomic
def emitir(documento_id: int, *, pdf: str, sha256: str, paginas: int, modelo_sha256: str) -> bool:
    """Record the PDF stored under the name `pdf`. False when the paper is no longer waited for (keep nothing then).

    `modelo_sha256` is the template that was really drawn: a release between asking and drawing may have changed it, and
    the content hash must speak of the paper in the citizen's hand.
    """
    documento = _travar(documento_id)
    if not Situacao(documento.situacao).pode_ir_para(Situacao.EMITIDO):
        return False
    documento.situacao = Situacao.EMITIDO
    documento.pdf.name = pdf
    documento.sha256, documento.paginas, documento.emitido_em = sha256, paginas, now()
    documento.modelo_sha256 = modelo_sha256
    documento.hash_conteudo = conteudo.hash_do_documento(documento)
    documento.save(
        update_fields=["situacao", "pdf", "sha256", "paginas", "emitido_em", "modelo_sha256", "hash_conteudo"]
    )
    registrar(
        "emissao.emitir",
        municipio=documento.municipio,
        autor=documento.autor,
        alvo=documento,
        sha256=sha256,
        hash_conteudo=documento.hash_conteudo,
        paginas=paginas,
    )
    if documento.depois:
        prometer(documento.depois, chave=f"{documento.depois}:{documento.pk}", documento=documento.pk)
    return True


def juntar(documentos: Sequence[Documento]) -> bytes:
    """One print for a set: the PDFs of `documentos`, in that order, as one tagged PDF, whose fingerprint is kept.

    Raises ErroDeDominio when one of them is not ready, has lost its value or cannot be read.
    """
    for documento in documentos:
        if documento.situacao == Situacao.PEDIDO:
            raise ErroDeDominio("Os papéis ainda estão sendo feitos. Espere alguns segundos.")
        if documento.situacao != Situacao.EMITIDO:
            raise ErroDeDominio("Um dos papéis perdeu o valor. Faça os papéis de novo antes de imprimir.")
    pdfs = []
    try:
        for documento in documentos:
            with documento.pdf.open("rb") as arquivo:
                pdfs.append(arquivo.read())
    except deposito.falhas() as erro:
        raise ErroDeDominio("Não deu para ler os papéis guardados. Espere um minuto e tente de novo.") from erro
    from act_portal.emissao.juncao import juntar_pdfs  # pikepdf: only who prints pays for it

    pdf = juntar_pdfs(pdfs)
    _lembrar_impressao(pdf, documentos)
    return pdf


@transaction.atomic
def _lembrar_impressao(pdf: bytes, documentos: Sequence[Documento]) -> None:
    impressao, nova = Impressao.objects.get_or_create(sha256=hashlib.sha256(pdf).hexdigest())
    if nova:
        impressao.documentos.set(documentos)


def _travar(documento_id: int) -> Documento:
    return _para_travar().get(pk=documento_id)


def _para_travar() -> DocumentoQuerySet:
    return Documento.objects.select_for_update(of=("self",)).select_related("municipio")


def _encerrar(
    documento: Documento,
    destino: Situacao,
    *,
    motivo: str,
    autor: Usuario | None,
    substituido_por: Documento | None = None,
) -> None:
    origem = Situacao(documento.situacao)
    if not origem.pode_ir_para(destino):
        raise TransicaoInvalida(f"Este papel já está como “{origem.label}”. Não dá para mudar de novo.")
    documento.situacao, documento.encerrado_em = destino, now()
    documento.motivo, documento.substituido_por = motivo, substituido_por
    documento.save(update_fields=["situacao", "encerrado_em", "motivo", "substituido_por"])
    registrar(
        f"emissao.{destino}",
        municipio=documento.municipio,
        autor=autor,
        alvo=documento,
        por=substituido_por.pk if substituido_por else None,
    )
