"""PDFs that were signed outside the portal, received as they came, and whether they are the paper that it made."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from act_portal.arquivos import caixa
from act_portal.arquivos.inspecao import ArquivoRecusado, conferir_tamanho
from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import receber
from act_portal.emissao.certificados import quem_assinou
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao
from act_portal.erros import ErroDeDominio, TransicaoInvalida

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Municipio

# What every PDF signed electronically has, out of its compressed parts: the bytes that each signature covers.
ASSINATURA = re.compile(rb"/ByteRange\s*\[\s*\d+\s+\d+\s+\d+\s+\d+\s*\]")
PALAVRA = re.compile(r"\w+")
DECLARACAO_MAXIMA = 600
PELO_CERTIFICADO = "Pelo certificado, assinou:"


@dataclass(frozen=True)
class Assinado:
    """`declaracao`: why it is the paper, from a person, when the portal did not recognise it; "" when it did."""

    arquivo: Arquivo
    declaracao: str


def receber_assinado(
    enviado: UploadedFile,
    *,
    documento: Documento,
    municipio: Municipio,
    usuario: Usuario,
    declaracao: str = "",
    antes: Arquivo | None = None,
    depois: str = "",
    codigo: UUID | None = None,
) -> Assinado:
    """Take in `documento` with an electronic signature. Whether the signature is good, the validator tells a person.

    `antes`: the file that the other party signed; this one must hold one signature more. A file that is not the paper
    that the portal made, or does not go on from `antes`, enters only with a person's word for it (`declaracao`).
    `depois` and `codigo` as in `receber`. Call it outside `atomic()`. Raises ErroDeDominio, with what to do, for
    anything else.
    """
    conferir_tamanho(enviado.size or 0)
    conteudo = enviado.read()
    enviado.seek(0)
    if not conteudo.startswith(b"%PDF"):
        raise ErroDeDominio("Envie o PDF assinado, como saiu do assinador. Foto ou digitalização não serve.")
    quantas = contar_assinaturas(conteudo)
    if not quantas:
        raise ErroDeDominio(
            "Este PDF não tem assinatura eletrônica. Assine com conta gov.br prata ou ouro, ou com certificado "
            "digital, e envie o arquivo como saiu do assinador, sem imprimir."
        )
    if documento.situacao != Situacao.EMITIDO:
        raise ErroDeDominio("O papel ainda está sendo feito. Espere alguns segundos, baixe e assine esse arquivo.")
    anterior = _bytes(antes.original) if antes else b""
    if antes and quantas <= contar_assinaturas(anterior):
        raise ErroDeDominio(
            "O arquivo final precisa das assinaturas das duas partes. Baixe o PDF que a outra parte assinou, assine "
            "esse mesmo arquivo e envie."
        )
    duvida = ""
    if not e_o_papel(conteudo, _bytes(documento.pdf)):
        duvida = f"O portal não reconheceu neste PDF o papel que fez, de código {documento.codigo}."
    elif not conteudo.startswith(anterior):
        duvida = "Este PDF não é o mesmo arquivo que a outra parte assinou."
    declaracao = " ".join(declaracao.split())[:DECLARACAO_MAXIMA] if duvida else ""
    if duvida and not declaracao:
        raise ErroDeDominio(
            f"{duvida} Baixe o arquivo do portal e assine esse. Se o assinador o regravou, escreva em “Se o portal não "
            "reconhecer o arquivo” por que ele é o mesmo papel: o texto fica guardado com o seu nome."
        )
    avisos = dito_pelo_certificado(conteudo)
    arquivo = receber(enviado, municipio=municipio, usuario=usuario, depois=depois, codigo=codigo, avisos=avisos)
    return Assinado(arquivo, declaracao)


def dito_pelo_certificado(conteudo: bytes) -> list[str]:
    """One sentence that names the owners of the certificates that signed a PDF; empty when it tells none."""
    donos = quem_assinou(conteudo)
    return [f"{PELO_CERTIFICADO} {', '.join(donos)}."] if donos else []


def anotar_certificado(arquivo: Arquivo) -> bool:
    """Read the certificates of a file that came before the portal read them. False when there is nothing to add."""
    if any(texto.startswith(PELO_CERTIFICADO) for texto in arquivo.avisos):
        return False
    ditos = dito_pelo_certificado(_bytes(arquivo.original))
    if ditos:
        arquivo.avisos = [*arquivo.avisos, *ditos]
        arquivo.save(update_fields=["avisos"])
    return bool(ditos)


def exigir_o_mesmo(agora: Documento, assinado: Documento) -> None:
    """While the bytes were stored, the paper may have been made again. Ask under the lock of what it belongs to."""
    if agora.pk != assinado.pk:
        raise TransicaoInvalida("O papel mudou enquanto o arquivo chegava. Baixe o novo e assine esse.")


def contar_assinaturas(conteudo: bytes) -> int:
    return len(set(ASSINATURA.findall(conteudo)))


def e_o_papel(conteudo: bytes, papel: bytes) -> bool:
    """Every page of `papel` shows in `conteudo`, in the same place and with all its words, its code among them.

    A stamp of the signature may add words. The bytes alone would not do: what is appended to a file may hide its pages.
    """
    try:
        tem, devido = caixa.ler_palavras(conteudo), caixa.ler_palavras(papel)
    except ArquivoRecusado:
        return False
    if len(tem) < len(devido) or not any(devido):
        return False
    return all(not _contar(este) - _contar(aquele) for este, aquele in zip(devido, tem, strict=False))


def _contar(texto: str) -> Counter[str]:
    return Counter(PALAVRA.findall(texto))


def _bytes(campo: object) -> bytes:
    with campo.open("rb") as aberto:  # type: ignore[attr-defined] # a FieldFile
        return aberto.read()
