"""The code on every page: drawn where the foot leaves room, read back from the page, and nobody's data in it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from act_portal.arquivos import caixa
from act_portal.emissao import folhas, render
from act_portal.emissao.folhas import CodigoDaFolha

CODIGO = "K7PM-2XQA-9TBD"
PAPEL = (
    '<html lang="pt-BR"><title>Ensaio</title><body class="papel"><div class="rodape"><div class="texto"><p>Pé</p></div>'
    '<span class="codigo-da-folha" id="codigo-da-folha"></span></div><h1>Ensaio</h1>'
    '<p class="outra-pagina">Segunda folha</p>'
)


def paginas(pdf: bytes) -> list[bytes]:
    partes = []
    with pikepdf.open(io.BytesIO(pdf)) as inteiro:
        for pagina in inteiro.pages:
            with pikepdf.new() as so_uma:
                so_uma.pages.append(pagina)
                saida = io.BytesIO()
                so_uma.save(saida)
                partes.append(saida.getvalue())
    return partes


def test_cada_folha_traz_o_seu_codigo_e_o_papel_continua_marcado_e_igual():
    pdf, quantas = render.desenhar(PAPEL, CODIGO)

    lidos = [caixa.ler_codigos(pagina) for pagina in paginas(pdf)]

    assert quantas == 2
    assert lidos == [[{"texto": f"K7PM2XQA9TBD.{n}.2", "giro": 0}] for n in (1, 2)]
    assert [folhas.ler(codigo["texto"]) for [codigo] in lidos] == [CodigoDaFolha(CODIGO, n, 2) for n in (1, 2)]
    with pikepdf.open(io.BytesIO(pdf)) as aberto:
        # Decoration for a screen reader: it adds nothing to the structure.
        assert all(b"/Artifact BMC" in pagina.Contents[0].read_bytes() for pagina in aberto.pages)
    assert render.desenhar(PAPEL, CODIGO)[0] == pdf


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("K7PM2XQA9TBD.3.12", CodigoDaFolha(CODIGO, 3, 12)),
        # Papers printed before the page was in the code, and the code in the head of the first page.
        ("K7PM-2XQA-9TBD", CodigoDaFolha(CODIGO)),
        ("https://portal.exemplo/conferir/?c=K7PM-2XQA-9TBD", CodigoDaFolha(CODIGO, 1)),
        ("K7PM2XQA9TBD.4.3", None),
        ("K7PM2XQA9TBD.0.3", None),
        ("K7PM2XQA9TB0.1.1", None),
        ("https://outro.exemplo/pix?c=K7PM-2XQA-9TBD", None),
        ("http://[conferir/?c=K7PM-2XQA-9TBD", None),
        ("12345678901", None),
        ("", None),
    ],
)
def test_so_se_le_o_que_e_nosso(texto, esperado):
    assert folhas.ler(texto) == esperado


def test_o_codigo_cabe_no_menor_qr_ate_novecentas_folhas():
    import segno

    assert segno.make(folhas.escrever(CODIGO, 900, 999), error="m", micro=False).version == 1
