"""A PDF that came back signed: the paper that the portal made, or a person's word that it is."""

from __future__ import annotations

import io
import uuid

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from act_portal.arquivos import deposito
from act_portal.demonstracao.assinaturas import assinar_bytes
from act_portal.emissao import assinados
from act_portal.emissao.assinados import contar_assinaturas, e_o_papel, receber_assinado
from act_portal.emissao.models import Documento
from act_portal.emissao.render import renderizar
from act_portal.erros import ErroDeDominio
from tests.act_portal.arquivos_fabricados import pdf, pdf_em_bytes
from tests.fabricas import MunicipioFabrica, com_papel

PAPEL = pdf_em_bytes(pdf(2, texto="Termo numero 1 ABCD-EFGH-JKLM"), deterministic_id=True)
OUTRO = pdf_em_bytes(pdf(2, texto="Outro texto"), deterministic_id=True)


def _com(papel: bytes, *textos: str) -> bytes:
    """Written anew by another program, with more text drawn on each page."""
    saida = io.BytesIO()
    with pikepdf.open(io.BytesIO(papel)) as aberto:
        for pagina in aberto.pages:
            for n, texto in enumerate(textos):
                escrito = f"BT /F1 9 Tf 40 {40 + n * 12} Td ({texto}) Tj ET".encode()
                pagina.contents_add(aberto.make_stream(escrito))
        aberto.save(saida)
    return saida.getvalue()


def test_o_papel_e_reconhecido_assinado_carimbado_ou_regravado():
    assert e_o_papel(PAPEL + b"\n% mais", PAPEL)
    assert e_o_papel(_com(PAPEL, "Assinado por Fulana"), PAPEL)


@pytest.mark.parametrize("conteudo", [OUTRO, b"%PDF-1.4\nlixo", pdf_em_bytes(pdf(1, texto="Termo numero 1"))])
def test_outro_texto_nao_e_o_papel(conteudo):
    assert not e_o_papel(conteudo, PAPEL)


def test_uma_palavra_trocada_nao_passa():
    trocado = pdf_em_bytes(pdf(2, texto="Termo numero 9 ABCD-EFGH-JKLM"))

    assert not e_o_papel(trocado, PAPEL)


def test_o_papel_de_verdade_se_reconhece_regravado():
    papel = renderizar("<html lang='pt-BR'><title>T</title><p>Cessão de 30,00 m², até 31/12/2027.</p></html>")
    saida = io.BytesIO()
    with pikepdf.open(io.BytesIO(papel)) as aberto:
        aberto.save(saida)

    assert e_o_papel(saida.getvalue(), papel)


def test_a_mesma_assinatura_conta_uma_vez():
    conteudo = assinar_bytes(PAPEL, 2).read()

    assert contar_assinaturas(conteudo) == 2
    assert contar_assinaturas(conteudo + b"\n% /ByteRange [0 1 2 3] /ByteRange [0 1 2 3]") == 3


# --- Taking it in -------------------------------------------------------------------------------------------------


@pytest.fixture
def receber(db):
    municipio = MunicipioFabrica()
    documento = Documento.objects.create(
        codigo="ABCD-EFGH-JKLM", modelo="x", versao="1", municipio=municipio, dados={}, situacao="emitido",
        pdf=deposito.guardar(ContentFile(PAPEL)), sha256="0" * 64, emitido_em=now(),
    )  # fmt: skip

    def um(conteudo: SimpleUploadedFile, **mais):
        mais = {"usuario": com_papel("gestor", municipio), **mais}
        papel = Documento.objects.get(pk=documento.pk)
        return receber_assinado(conteudo, documento=papel, municipio=municipio, **mais)

    return um


def test_o_papel_assinado_entra_sem_declaracao_e_a_que_veio_nao_se_guarda(receber):
    assert receber(assinar_bytes(PAPEL)).declaracao == ""
    assert receber(assinar_bytes(PAPEL), declaracao="Não precisava.").declaracao == ""


def test_de_quem_e_o_certificado_fica_com_o_arquivo_uma_vez_so(receber, monkeypatch):
    monkeypatch.setattr(assinados, "quem_assinou", lambda conteudo: ["Débora Luz"])
    codigo, autor = uuid.uuid4(), com_papel("gestor", MunicipioFabrica())

    for _ in range(2):
        arquivo = receber(assinar_bytes(PAPEL), codigo=codigo, usuario=autor).arquivo

    arquivo.refresh_from_db()
    assert arquivo.avisos.count("Pelo certificado, assinou: Débora Luz.") == 1


def test_outro_pdf_assinado_so_entra_com_a_palavra_de_alguem(receber):
    with pytest.raises(ErroDeDominio, match="não reconheceu neste PDF o papel que fez, de código ABCD-EFGH-JKLM"):
        receber(assinar_bytes(OUTRO))

    assert receber(assinar_bytes(OUTRO), declaracao=" O SEI  regravou. ").declaracao == "O SEI regravou."


def test_o_arquivo_final_tem_uma_assinatura_a_mais_do_mesmo_arquivo(receber):
    primeiro = receber(assinar_bytes(PAPEL)).arquivo

    with pytest.raises(ErroDeDominio, match="assinaturas das duas partes"):
        receber(assinar_bytes(PAPEL), antes=primeiro, declaracao="Assim mesmo.")
    with pytest.raises(ErroDeDominio, match="não é o mesmo arquivo que a outra parte assinou"):
        receber(assinar_bytes(_com(PAPEL, "Carimbo"), 2), antes=primeiro)
    assert receber(assinar_bytes(PAPEL, 2), antes=primeiro).declaracao == ""


def test_papel_que_ainda_se_faz_espera(receber):
    Documento.objects.update(situacao="pedido", pdf="", sha256="", emitido_em=None)

    with pytest.raises(ErroDeDominio, match="ainda está sendo feito"):
        receber(assinar_bytes(PAPEL))
