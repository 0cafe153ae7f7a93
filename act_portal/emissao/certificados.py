"""Whose certificates a signed PDF brings, as it says itself. This only names them: the validator judges."""

from __future__ import annotations

import re
from itertools import islice

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs7

# The gap between what each signature covers holds the signature, in hexadecimal.
FAIXAS = re.compile(rb"/ByteRange\s*\[\s*0+\s+(\d{1,10})\s+(\d{1,10})\s+\d+\s*\]")
# More than any paper has; whoever sends it pays for no more.
ASSINATURAS = 10
ASSINATURA_BYTES = 200_000


def quem_assinou(conteudo: bytes) -> list[str]:
    """The name of the owner of each certificate that signed and tells it, once each, in the order of the file."""
    achados: dict[str, None] = {}
    for faixa in islice(FAIXAS.finditer(conteudo), ASSINATURAS):
        if dono := _dono(conteudo[int(faixa[1]) : int(faixa[2])][: 2 * ASSINATURA_BYTES]):
            achados.setdefault(dono)
    return list(achados)


def _dono(parte: bytes) -> str:
    """The owner who issued none of the certificates beside it; "" when nothing there can be read."""
    try:
        assinatura = bytes.fromhex(parte.strip(b"<> \r\n\t").decode("ascii"))
        certificados = pkcs7.load_der_pkcs7_certificates(_sem_enchimento(assinatura))
        # What a certificate says is read only when it is asked for.
        emissores = {c.issuer for c in certificados if c.issuer != c.subject}
        donos = [_nome(c.subject) for c in certificados if c.subject not in emissores]
    except (ValueError, UnsupportedAlgorithm):
        return ""
    return next(filter(None, donos), "")


def _sem_enchimento(assinatura: bytes) -> bytes:
    """Without the zeros that fill the room kept for it: what is DER says how long it is."""
    if assinatura[1:2] < b"\x80":
        return assinatura
    tamanho = 2 + (assinatura[1] & 0x7F)
    return assinatura[: tamanho + int.from_bytes(assinatura[2:tamanho])]


def _nome(dono: x509.Name) -> str:
    """ICP-Brasil writes the CPF after the name: it is not shown."""
    ditos = dono.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return " ".join(str(ditos[0].value).partition(":")[0].split()) if ditos else ""
