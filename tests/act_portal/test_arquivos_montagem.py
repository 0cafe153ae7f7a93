from __future__ import annotations

import io
from functools import cache
from hashlib import shake_128
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from act_portal.arquivos import folhas_pdf
from act_portal.arquivos.folhas import em_jpeg
from act_portal.arquivos.montagem import NaoCabe, montar
from act_portal.arquivos.pdf_minimo import pagina_com_jpeg
from tests.act_portal.arquivos_fabricados import foto, pdf, pdf_em_bytes
from tests.act_portal.test_arquivos_folhas import canto_da_marca


@cache
def folha_de_foto(numero: int, ruido: int = 40, qualidade: int = 80) -> bytes:
    """A noisy page whose grey level tells its number."""
    imagem = Image.effect_noise((620, 877), ruido).point(lambda v: v // 4 + 12 * (numero % 16)).convert("RGB")
    return pagina_com_jpeg(em_jpeg(imagem, qualidade), *imagem.size)


@cache
def folha_de_texto(numero: int) -> bytes:
    return pdf_em_bytes(pdf(1, texto=f"Pagina {numero} de texto"))


def textos(partes) -> list[str]:
    achados = []
    for parte in partes:
        with pdfium.PdfDocument(parte.conteudo) as documento:
            achados += [pagina.get_textpage().get_text_range().strip() for pagina in documento]
    return achados


def test_o_que_cabe_e_um_arquivo_so_na_ordem():
    folhas = [(folha_de_texto(n), 0) for n in (3, 1, 2)]
    (parte,) = montar(folhas, nome_base="rg", limite_bytes=5_000_000)
    assert (parte.nome, parte.paginas, parte.dpi) == ("rg.pdf", 3, 150)
    assert textos([parte]) == [f"Pagina {n} de texto 1" for n in (3, 1, 2)]


def test_o_que_cabe_e_comprimido_quando_o_pedido_inteiro_nao_cabe():
    folhas = [(folha_de_foto(n, qualidade=95), 0) for n in range(2)]
    [solta], [apertada] = (
        montar(folhas, nome_base="rg", limite_bytes=5_000_000, apertar=apertar) for apertar in (False, True)
    )
    assert apertada.paginas == solta.paginas == 2
    assert apertada.bytes < 0.8 * solta.bytes


def test_nada_da_nada():
    assert montar([], nome_base="x", limite_bytes=1000) == []


def test_aceita_caminho_e_documento_de_varias_paginas(tmp_path: Path):
    caminho = tmp_path / "papel.pdf"
    caminho.write_bytes(pdf_em_bytes(pdf(3)))
    (parte,) = montar([(caminho, 0), (folha_de_texto(1), 0)], nome_base="x", limite_bytes=5_000_000)
    assert parte.paginas == 4


@pytest.mark.parametrize(
    ("giro", "canto"),
    [(0, ("esquerda", "alto")), (90, ("direita", "alto")), (180, ("direita", "baixo")), (270, ("esquerda", "baixo"))],
)
def test_gira_no_sentido_do_relogio_e_a_folha_acompanha(giro, canto):
    imagem = foto(1240, 1754)
    folha = pagina_com_jpeg(em_jpeg(imagem), *imagem.size)
    (parte,) = montar([(folha, giro)], nome_base="x", limite_bytes=5_000_000)
    with pdfium.PdfDocument(parte.conteudo) as documento:
        vista = documento[0].render(scale=1).to_pil()
    assert canto_da_marca(vista) == canto
    assert (vista.width > vista.height) == (giro in (90, 270))


def test_acima_do_limite_comprime_antes_de_dividir():
    folhas = [(folha_de_foto(n, qualidade=95), 0) for n in range(4)]
    inteiro = sum(len(pdf_) for pdf_, _ in folhas)
    partes = montar(folhas, nome_base="x", limite_bytes=int(inteiro * 0.6))
    assert [parte.nome for parte in partes] == ["x.pdf"]
    assert partes[0].paginas == 4


def test_divide_em_partes_numeradas_e_avisa_o_dpi_menor():
    folhas = [(folha_de_foto(n), 0) for n in range(9)]
    partes = montar(folhas, nome_base="laudo", limite_bytes=2 * len(folha_de_foto(0)))
    assert len(partes) > 1
    assert [parte.nome for parte in partes] == [f"laudo_{n}.pdf" for n in range(1, len(partes) + 1)]
    assert sum(parte.paginas for parte in partes) == 9


def test_folha_sozinha_acima_do_limite_vira_imagem_e_cabe():
    documento = pdf(1)
    # A picture that the compressor leaves alone, because of its mask of colours.
    imagem = Image.effect_noise((1500, 2000), 100)
    documento.pages[0].obj["/Resources"] = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(
            I=documento.make_stream(
                imagem.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1500, Height=2000,
                BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceGray, Decode=pikepdf.Array([1, 0]),
            )
        )
    )  # fmt: skip
    documento.pages[0].obj["/Contents"] = documento.make_stream(b"q 595 0 0 841 0 0 cm /I Do Q")
    folha = pdf_em_bytes(documento)
    assert len(folha) > 1_500_000
    (parte,) = montar([(folha, 0)], nome_base="x", limite_bytes=1_200_000)
    assert parte.bytes <= 1_200_000
    assert parte.paginas == 1


def test_o_que_nao_cabe_de_jeito_nenhum_diz_qual_pagina():
    with pytest.raises(NaoCabe, match="página 2"):
        montar([(folha_de_texto(1), 0), (folha_de_foto(1, 200), 0)], nome_base="x", limite_bytes=3_000)


def test_fonte_repetida_em_cada_folha_fica_uma_vez_so():
    def com_fonte(numero: int) -> bytes:
        documento = pdf(1, texto=f"T{numero}")
        fonte = documento.make_stream(shake_128(b"fonte").digest(100_000))
        descritor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontFile2=fonte)
        documento.pages[0].obj.Resources.Font.F1.FontDescriptor = documento.make_indirect(descritor)
        return pdf_em_bytes(documento, compress_streams=False)

    folhas = [(com_fonte(n), 0) for n in range(20)]
    (parte,) = montar(folhas, nome_base="x", limite_bytes=5_000_000)
    assert parte.bytes < 2 * len(folhas[0][0])
    assert textos([parte]) == [f"T{n} 1" for n in range(20)]


def test_um_byte_acima_do_limite_ja_vai_para_a_parte_seguinte():
    def pesada(numero: int) -> bytes:
        documento = pdf(1, texto=f"P{numero}")
        enchimento = shake_128(bytes([numero])).hexdigest(30_000).encode()
        documento.pages[0].obj["/Contents"] = documento.make_stream(b"%" + enchimento + b"\n0 0 9 9 re f")
        return pdf_em_bytes(documento)

    folhas = [(pesada(n), 0) for n in range(8)]
    (quatro,) = montar(folhas[:4], nome_base="x", limite_bytes=5_000_000)
    exato = montar(folhas, nome_base="x", limite_bytes=quatro.bytes)
    apertado = montar(folhas, nome_base="x", limite_bytes=quatro.bytes - 1)
    assert [parte.paginas for parte in exato] == [4, 4]
    assert apertado[0].paginas == 3
    assert all(parte.bytes < quatro.bytes for parte in apertado)
    assert sum(parte.paginas for parte in apertado) == 8


@settings(max_examples=25)
@given(
    folhas=st.lists(
        st.tuples(st.one_of(st.integers(0, 7), st.integers(100, 105)), st.sampled_from([0, 90, 180, 270])),
        min_size=1, max_size=14,
    ),
    limite_bytes=st.integers(120_000, 900_000),
)  # fmt: skip
def test_nunca_passa_do_limite_nunca_perde_folha_sempre_os_mesmos_bytes(folhas, limite_bytes):
    entrada = [(folha_de_texto(n) if n >= 100 else folha_de_foto(n), giro) for n, giro in folhas]

    partes = montar(entrada, nome_base="x", limite_bytes=limite_bytes)

    assert all(parte.bytes == len(parte.conteudo) <= limite_bytes for parte in partes)
    assert sum(parte.paginas for parte in partes) == len(folhas)
    esperado = [(f"Pagina {n} de texto 1" if n >= 100 else "") for n, _ in folhas]
    assert textos(partes) == esperado
    deitadas = []
    for parte in partes:
        with pikepdf.open(io.BytesIO(parte.conteudo)) as documento:
            deitadas += [pagina.mediabox[2] > pagina.mediabox[3] for pagina in documento.pages]
    assert deitadas == [giro % 180 == 90 for _, giro in folhas]
    assert [parte.sha256 for parte in montar(entrada, nome_base="x", limite_bytes=limite_bytes)] == [
        parte.sha256 for parte in partes
    ]


def test_pagina_que_a_compressao_deixaria_dificil_de_ler_fica_como_estava(monkeypatch):
    """The verdict is asked again after compression; here it finds every compressed picture blurred."""
    folha = folha_de_foto(1, 80)
    menor = folhas_pdf.comprimir(folha, 40)
    assert len(menor) < len(folha)
    veio = folhas_pdf.imagem_da_folha(folha)
    monkeypatch.setattr(folhas_pdf, "defeitos_de", lambda vista: [{"codigo": "tremida"}] if vista != veio else [])
    assert folhas_pdf.comprimir(folha, 40) == folha
