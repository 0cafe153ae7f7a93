"""Whose certificates a signed PDF brings."""

from __future__ import annotations

import pytest

from act_portal.emissao.certificados import quem_assinou


def nome(texto: str) -> bytes:
    dito = texto.encode()
    return b"\x06\x03\x55\x04\x03\x0c" + bytes([len(dito)]) + dito


def certificado(emissor: str, dono: str) -> bytes:
    return nome(emissor) + b"0\x1e" + b"\x17\x0d260101000000Z\x17\x0d290101000000Z" + b"0A" + nome(dono)


def assinado(*assinaturas: bytes) -> bytes:
    conteudo = b"%PDF-1.4\n"
    for assinatura in assinaturas:
        inicio = len(conteudo)
        conteudo += b"<" + assinatura.hex().encode() + b"0000>"
        conteudo += f"\n/ByteRange [0 {inicio} {len(conteudo)} 9]\n".encode()
    return conteudo


PESSOA = certificado("AC Fictícia v5", "ANSELMO TORRES FICTÍCIO:11144477735")
AC = certificado("AC Raiz Fictícia", "AC Fictícia v5")


@pytest.mark.parametrize("assinatura", [PESSOA, PESSOA + AC, AC + PESSOA])
def test_o_nome_e_o_da_pessoa_e_nao_o_de_quem_emitiu_sem_o_cpf(assinatura):
    assert quem_assinou(assinado(assinatura)) == ["ANSELMO TORRES FICTÍCIO"]


def test_uma_vez_cada_na_ordem_do_arquivo():
    outra = certificado("AC Fictícia v5", "Débora Luz")

    assert quem_assinou(assinado(PESSOA, outra, PESSOA)) == ["ANSELMO TORRES FICTÍCIO", "Débora Luz"]


@pytest.mark.parametrize(
    "conteudo", [b"%PDF-1.4", b"/ByteRange [0 1 1 9]", assinado(b"\x30\x03abc"), b"/ByteRange [0 99 5 9]"]
)
def test_o_que_nao_diz_nao_tem_nome(conteudo):
    assert quem_assinou(conteudo) == []
