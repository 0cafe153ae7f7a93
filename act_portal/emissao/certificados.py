"""Whose certificates a signed PDF brings, as it says itself. This only names them: the validator judges."""

from __future__ import annotations

import re

# The gap between what each signature covers holds the signature, in hexadecimal.
FAIXAS = re.compile(rb"/ByteRange\s*\[\s*0+\s+(\d+)\s+(\d+)\s+\d+\s*\]")
# Inside each certificate the names of who issued it come before its two days, and those of its owner after them.
DIAS = re.compile(rb"(?:\x17\x0d\d{12}Z|\x18\x0f\d{14}Z){2}")
NOME = re.compile(rb"\x06\x03\x55\x04\x03[\x0c\x13\x14\x16](.)", re.DOTALL)
MAIOR_ASSINATURA_BYTES = 200_000


def quem_assinou(conteudo: bytes) -> list[str]:
    """The name of the owner of each certificate that signed and tells it, once each, in the order of the file."""
    achados: dict[str, None] = {}
    for inicio, fim in FAIXAS.findall(conteudo):
        if dono := _dono(_assinatura(conteudo[int(inicio) : int(fim)])):
            achados.setdefault(dono)
    return list(achados)


def _assinatura(parte: bytes) -> bytes:
    try:
        return bytes.fromhex(parte[: 2 * MAIOR_ASSINATURA_BYTES].strip(b"<> \r\n\t").decode("ascii"))
    except ValueError:
        return b""


def _dono(assinatura: bytes) -> str:
    """The owner who issued none of the certificates beside it."""
    emissores, donos = set(), []
    for dias in DIAS.finditer(assinatura):
        antes = list(NOME.finditer(assinatura, 0, dias.start()))
        depois = NOME.search(assinatura, dias.end())
        if antes and depois:
            emissores.add(_texto(assinatura, antes[-1]))
            donos.append(_texto(assinatura, depois))
    return next((dono for dono in donos if dono not in emissores), "")


def _texto(assinatura: bytes, nome: re.Match[bytes]) -> str:
    """ICP-Brasil writes the CPF after the name: it is not shown."""
    lido = assinatura[nome.end() : nome.end() + nome[1][0]].decode(errors="replace")
    return " ".join(lido.partition(":")[0].split())
