"""Whose certificates a signed PDF brings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from act_portal.emissao import certificados
from act_portal.emissao.certificados import ASSINATURAS, quem_assinou

CHAVE = ec.generate_private_key(ec.SECP256R1())


def nome(texto: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, texto)] if texto else [])


def certificado(emissor: str, dono: str) -> x509.Certificate:
    agora = datetime.now(UTC)
    feito = x509.CertificateBuilder(nome(emissor), nome(dono), CHAVE.public_key(), x509.random_serial_number())
    return feito.not_valid_before(agora).not_valid_after(agora + timedelta(days=1)).sign(CHAVE, SHA256())


@cache
def assinatura(*cadeia: tuple[str, str]) -> bytes:
    return pkcs7.serialize_certificates([certificado(*par) for par in cadeia], Encoding.DER)


def assinado(*assinaturas: bytes, enchimento: str = "0000") -> bytes:
    conteudo = b"%PDF-1.4\n"
    for uma in assinaturas:
        inicio = len(conteudo)
        conteudo += b"<" + uma.hex().encode() + enchimento.encode() + b">"
        conteudo += f"\n/ByteRange [0 {inicio} {len(conteudo)} 9]\n".encode()
    return conteudo


PESSOA = ("AC Fictícia v5", "ANSELMO TORRES FICTÍCIO:11144477735")
AC = ("AC Raiz Fictícia", "AC Fictícia v5")
RAIZ = ("AC Raiz Fictícia", "AC Raiz Fictícia")


@pytest.mark.parametrize("cadeia", [(PESSOA,), (PESSOA, AC), (AC, PESSOA), (AC, PESSOA, RAIZ)])
@pytest.mark.parametrize("enchimento", ["", "0000", "00" * 5000])
def test_o_nome_e_o_da_pessoa_e_nao_o_de_quem_emitiu_sem_o_cpf(cadeia, enchimento):
    assert quem_assinou(assinado(assinatura(*cadeia), enchimento=enchimento)) == ["ANSELMO TORRES FICTÍCIO"]


def test_quem_emitiu_o_proprio_certificado_tem_nome():
    assert quem_assinou(assinado(assinatura(("Débora Luz", "Débora Luz")))) == ["Débora Luz"]


def test_uma_vez_cada_na_ordem_do_arquivo():
    pessoa, outra = assinatura(PESSOA), assinatura(("AC Fictícia v5", "Débora Luz"))

    assert quem_assinou(assinado(pessoa, outra, pessoa)) == ["ANSELMO TORRES FICTÍCIO", "Débora Luz"]


@pytest.mark.parametrize(
    "conteudo",
    [
        b"%PDF-1.4",
        b"/ByteRange [0 1 1 9]",
        b"/ByteRange [0 99 5 9]",
        b"/ByteRange [0 0 99999999999999999999 9]",
        assinado(b"\x30\x03abc"),
        assinado(b"\x30\x80\x00"),
        assinado(b"\x30"),
        assinado(assinatura(PESSOA)[:-9]),
        assinado(assinatura(("AC Fictícia v5", ""))),
    ],
)
def test_o_que_nao_diz_nao_tem_nome(conteudo):
    assert quem_assinou(conteudo) == []


def test_quem_manda_assinaturas_demais_nao_prende_o_portal(monkeypatch):
    abertas = []
    monkeypatch.setattr(certificados.pkcs7, "load_der_pkcs7_certificates", lambda dados: abertas.append(dados) or [])

    quem_assinou(b"%PDF-<" + b"00" * 9 + b">" + b"/ByteRange [0 5 25 9]\n" * 500)

    assert len(abertas) == ASSINATURAS
