from __future__ import annotations

import hashlib
import io
import zlib
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageFile

from act_portal.arquivos import tipos
from act_portal.arquivos.folhas import MINIATURA_BYTES, FolhaFeita, fazer_folhas
from act_portal.arquivos.inspecao import ArquivoRecusado
from tests.act_portal.arquivos_fabricados import em_arquivo, em_bytes, foto, pdf, pdf_em_bytes

A4 = (595.276, 841.89)


def folhas_de(tmp_path: Path, dados: bytes, tipo: str = tipos.PDF) -> list[FolhaFeita]:
    return list(fazer_folhas(em_arquivo(tmp_path, dados), tipo))


def uma(tmp_path: Path, dados: bytes, tipo: str = tipos.PDF) -> FolhaFeita:
    (folha,) = folhas_de(tmp_path, dados, tipo)
    return folha


def desenho(folha: FolhaFeita) -> Image.Image:
    with pdfium.PdfDocument(folha.pdf) as documento:
        assert len(documento) == 1
        return documento[0].render(scale=1).to_pil().convert("RGB")


def canto_da_marca(imagem: Image.Image) -> tuple[str, str]:
    """Where the centre of the blue mark lies."""
    pequena = imagem.resize((100, 100))
    azuis = [
        (x, y) for x in range(100) for y in range(100)
        if pequena.getpixel((x, y))[2] > pequena.getpixel((x, y))[0] + 60
    ]  # fmt: skip
    assert azuis
    meio_x, meio_y = (sum(ponto[eixo] for ponto in azuis) / len(azuis) for eixo in (0, 1))
    return "esquerda" if meio_x < 50 else "direita", "alto" if meio_y < 50 else "baixo"


def imagem_da(folha: FolhaFeita) -> Image.Image:
    """The page's one picture, once it is seen to be 24-bit RGB in JPEG."""
    with pikepdf.open(io.BytesIO(folha.pdf)) as documento:
        (imagem,) = documento.pages[0].get_images().values()
        assert (imagem.ColorSpace, imagem.BitsPerComponent, imagem.Filter) == ("/DeviceRGB", 8, "/DCTDecode")
        vista = pikepdf.PdfImage(imagem).as_pil_image()
        assert (vista.width, vista.height, vista.mode) == (imagem.Width, imagem.Height, "RGB")
        return vista


def cores(imagem: Image.Image) -> list[tuple[int, int, int]]:
    pequena = imagem.resize((60, 80))
    return [pequena.getpixel((x, y)) for x in range(60) for y in range(80)]


def medida(folha: FolhaFeita) -> tuple[float, float]:
    with pikepdf.open(io.BytesIO(folha.pdf)) as documento:
        return float(documento.pages[0].mediabox[2]), float(documento.pages[0].mediabox[3])


def test_foto_vira_a4_150_dpi_24_bits(tmp_path):
    folha = uma(tmp_path, em_bytes(foto(3000, 4000)), tipos.JPEG)
    imagem = imagem_da(folha)
    assert medida(folha) == pytest.approx(A4, abs=0.1)
    assert imagem.size == (1240, 1653)
    assert folha.dpi == 150
    assert canto_da_marca(desenho(folha)) == ("esquerda", "alto")


def test_a_letra_miuda_da_foto_continua_nitida(tmp_path):
    imagem = Image.new("L", (3000, 4000), 255)
    imagem.paste(0, (0, 0, 3000, 2000))
    for x in range(0, 3000, 8):
        imagem.paste(255, (x, 0, x + 4, 2000))
    vista = imagem_da(uma(tmp_path, em_bytes(imagem), tipos.JPEG)).convert("L")
    claro_e_escuro = [vista.getpixel((x, 300)) for x in range(200, 300)]
    assert max(claro_e_escuro) - min(claro_e_escuro) > 60


def test_16_bits_escuro_continua_escuro(tmp_path):
    cinza = Image.new("I;16", (1000, 1400), 20_000)
    cinza.paste(0, (0, 0, 300, 300))
    vista = imagem_da(uma(tmp_path, em_bytes(cinza, "PNG"), tipos.PNG))
    assert vista.getpixel((900, 900))[0] == pytest.approx(78, abs=3)


def test_imagem_pequena_nao_e_aumentada_e_avisa(tmp_path):
    folha = uma(tmp_path, em_bytes(foto(300, 400)), tipos.JPEG)
    assert imagem_da(folha).width == 300
    assert "poucos pontos (300 × 400)" in folha.avisos[0]


@pytest.mark.parametrize("orientacao", range(1, 9))
def test_fica_de_pe_em_toda_orientacao_do_exif(tmp_path, orientacao):
    desfazer = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180], 4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90], 7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }  # fmt: skip
    imagem = foto(1500, 2000)
    for passo in desfazer.get(orientacao, []):
        imagem = imagem.transpose(passo)
    exif = Image.Exif()
    exif[0x0112] = orientacao
    folha = uma(tmp_path, em_bytes(imagem, exif=exif), tipos.JPEG)
    assert medida(folha) == pytest.approx(A4, abs=0.1)
    assert canto_da_marca(desenho(folha)) == ("esquerda", "alto")
    assert canto_da_marca(Image.open(io.BytesIO(folha.miniatura))) == ("esquerda", "alto")


def test_imagem_deitada_fica_em_folha_deitada(tmp_path):
    folha = uma(tmp_path, em_bytes(foto(2000, 1200)), tipos.JPEG)
    assert medida(folha) == pytest.approx(A4[::-1], abs=0.1)
    assert canto_da_marca(desenho(folha)) == ("esquerda", "alto")


@pytest.mark.parametrize(
    ("dados", "tipo"),
    [
        (em_bytes(foto(modo="CMYK")), tipos.JPEG),
        (em_bytes(foto(modo="CMYK"), "TIFF"), tipos.TIFF),
        (em_bytes(foto(modo="L")), tipos.JPEG),
        (em_bytes(foto(modo="1"), "PNG"), tipos.PNG),
        (em_bytes(foto(modo="P"), "PNG"), tipos.PNG),
        (em_bytes(foto(modo="P"), "GIF"), tipos.GIF),
        (em_bytes(foto(modo="RGBA"), "WEBP"), tipos.WEBP),
        (em_bytes(foto(), "BMP"), tipos.BMP),
        (em_bytes(foto(modo="L").convert("I;16").point(lambda v: v * 257), "PNG"), tipos.PNG),
        (em_bytes(foto(modo="L").convert("I;16").point(lambda v: v * 257), "TIFF"), tipos.TIFF),
        (em_bytes(foto(modo="F"), "TIFF"), tipos.TIFF),
        (em_bytes(foto(modo="LAB"), "TIFF"), tipos.TIFF),
    ],
    ids=["cmyk", "cmyk-tiff", "cinza", "1-bit", "paleta", "gif", "alfa-webp", "bmp", "16-bit", "16-bit-tiff",
         "32-bit", "lab"],
)  # fmt: skip
def test_toda_cor_vira_rgb_e_o_papel_continua_branco(tmp_path, dados, tipo):
    folha = uma(tmp_path, dados, tipo)
    vista = imagem_da(folha)
    assert min(vista.getpixel((vista.width - 5, 5))) > 235, "paper"
    assert min(vista.getpixel((20, 20))) < 60, "mark"


@pytest.mark.parametrize("modo", ["RGBA", "LA"])
def test_transparente_vira_branco_e_nao_preto(tmp_path, modo):
    imagem = Image.new("RGBA", (1000, 1400), (0, 0, 0, 0))
    imagem.paste((0, 0, 0, 255), (100, 100, 400, 300))
    folha = uma(tmp_path, em_bytes(imagem.convert(modo), "PNG"), tipos.PNG)
    vista = imagem_da(folha)
    assert min(vista.getpixel((vista.width - 5, 5))) > 250
    assert max(vista.getpixel((200, 200))) < 10


def test_cor_transparente_da_paleta_vira_branco(tmp_path):
    imagem = Image.new("P", (1000, 1400), 0)
    imagem.putpalette([0, 0, 0, 200, 0, 0])
    imagem.paste(1, (100, 100, 400, 300))
    folha = uma(tmp_path, em_bytes(imagem, "PNG", transparency=0), tipos.PNG)
    vista = imagem_da(folha)
    assert min(vista.getpixel((vista.width - 5, 5))) > 250


def test_tiff_de_varias_paginas_da_uma_folha_por_pagina_na_ordem(tmp_path):
    paginas = [foto(), foto(1200, 800, "RGB"), foto(modo="RGB").rotate(180)]
    folhas = folhas_de(tmp_path, em_bytes(paginas[0], "TIFF", save_all=True, append_images=paginas[1:]), tipos.TIFF)
    assert [medida(folha)[0] > medida(folha)[1] for folha in folhas] == [False, True, False]
    assert [canto_da_marca(desenho(folha))[1] for folha in folhas] == ["alto", "alto", "baixo"]


@pytest.mark.parametrize("formato", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_imagem_cortada_e_recusada_e_nao_completada_com_cinza(tmp_path, monkeypatch, formato):
    # What loading WeasyPrint does to the whole process.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    dados = em_bytes(foto(), formato)
    with pytest.raises(ArquivoRecusado) as recusado:
        folhas_de(tmp_path, dados[: len(dados) * 2 // 3], f"image/{formato.lower()}")
    assert recusado.value.codigo == "corrompido"


def test_miniatura_cabe_em_20_kb_e_mede_240_de_largura(tmp_path):
    for dados, tipo in (
        (em_bytes(Image.effect_noise((1240, 1754), 100), "JPEG"), tipos.JPEG),
        (pdf_em_bytes(pdf(1)), tipos.PDF),
    ):
        folha = uma(tmp_path, dados, tipo)
        assert len(folha.miniatura) <= MINIATURA_BYTES
        assert Image.open(io.BytesIO(folha.miniatura)).width == 240


def test_pagina_em_branco_avisa_e_pagina_escrita_nao(tmp_path):
    branca = em_bytes(Image.new("RGB", (1240, 1754), (253, 253, 253)))
    assert any("em branco" in aviso for aviso in uma(tmp_path, branca, tipos.JPEG).avisos)
    assert uma(tmp_path, em_bytes(foto(1240, 1754)), tipos.JPEG).avisos == []
    vazia = pikepdf.new()
    vazia.add_blank_page()
    assert any("em branco" in aviso for aviso in uma(tmp_path, pdf_em_bytes(vazia)).avisos)


@pytest.mark.parametrize("tipo", [tipos.JPEG, tipos.PDF])
def test_a_mesma_entrada_da_os_mesmos_bytes(tmp_path, tipo):
    dados = em_bytes(foto()) if tipo == tipos.JPEG else pdf_em_bytes(pdf(2))
    um, outro = (
        [hashlib.sha256(folha.pdf + folha.miniatura).hexdigest() for folha in folhas_de(tmp_path, dados, tipo)]
        for _ in range(2)
    )
    assert um == outro


def test_nenhum_dado_do_aparelho_fica_na_folha(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "FabricanteSecreto"
    folha = uma(tmp_path, em_bytes(foto(), exif=exif, comment=b"comentario secreto"), tipos.JPEG)
    for proibido in (b"FabricanteSecreto", b"comentario", b"Exif", b"CreationDate", b"/Info"):
        assert proibido not in folha.pdf + folha.miniatura


# --- PDF ----------------------------------------------------------------------------------------------------------


def texto(folha: FolhaFeita) -> str:
    with pdfium.PdfDocument(folha.pdf) as documento:
        return documento[0].get_textpage().get_text_range()


def test_pdf_continua_vetor_uma_pagina_por_folha(tmp_path):
    folhas = folhas_de(tmp_path, pdf_em_bytes(pdf(3)))
    assert [texto(folha).strip() for folha in folhas] == ["Folha 1", "Folha 2", "Folha 3"]
    assert all(medida(folha) == pytest.approx(A4, abs=0.1) for folha in folhas)


@pytest.mark.parametrize("giro", [0, 90, 180, 270])
def test_a_bandeira_de_giro_e_aplicada(tmp_path, giro):
    documento = pdf(1)
    pagina = documento.pages[0]
    pagina.obj["/Contents"] = documento.make_stream(b"0 0 1 rg 0 700 200 141 re f")
    # The mark lies top left; turned clockwise it goes right, then down, then left.
    pagina.obj["/Rotate"] = giro
    folha = uma(tmp_path, pdf_em_bytes(documento))
    esperado = {0: ("esquerda", "alto"), 90: ("direita", "alto"), 180: ("direita", "baixo"), 270: ("esquerda", "baixo")}
    assert canto_da_marca(desenho(folha)) == esperado[giro]
    assert medida(folha) == pytest.approx(A4[::-1] if giro % 180 else A4, abs=0.1)
    with pikepdf.open(io.BytesIO(folha.pdf)) as feito:
        assert "/Rotate" not in feito.pages[0].obj


def test_a_parte_cortada_da_pagina_nao_aparece(tmp_path):
    documento = pdf(1)
    pagina = documento.pages[0]
    pagina.obj["/Contents"] = documento.make_stream(b"0 0 1 rg 0 0 100 841 re f 1 0 0 rg 300 400 50 50 re f")
    pagina.obj["/CropBox"] = pikepdf.Array([200, 100, 500, 800])
    vista = desenho(uma(tmp_path, pdf_em_bytes(documento)))
    assert not any(b > 200 and r < 60 for r, g, b in cores(vista))


@pytest.mark.parametrize("caixa", [[595.276, 841.89, 0, 0], [-100, -100, 495.276, 741.89], [0, 0, 2160, 2160]])
def test_caixas_estranhas_viram_a4(tmp_path, caixa):
    documento = pdf(1)
    documento.pages[0].obj["/MediaBox"] = pikepdf.Array(caixa)
    assert medida(uma(tmp_path, pdf_em_bytes(documento))) == pytest.approx(A4, abs=0.1)


def perigoso() -> bytes:
    documento = pdf(1)
    pagina = documento.pages[0]
    acao = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('PERIGO')")
    documento.Root.OpenAction = acao
    documento.Root.AA = pikepdf.Dictionary(WC=acao)
    documento.attachments["PERIGO.exe"] = pikepdf.AttachedFileSpec(documento, b"MZ PERIGO", filename="PERIGO.exe")
    documento.docinfo["/Author"] = "PERIGO autor"
    with documento.open_metadata() as metadados:
        metadados["dc:title"] = "PERIGO titulo"
    pagina.obj["/AA"] = pikepdf.Dictionary(O=acao)
    pagina.obj["/Annots"] = documento.make_indirect(
        pikepdf.Array([
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 50, 50],
                A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://perigo.invalid/PERIGO"),
            ),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 50, 50],
                A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="PERIGO.exe"),
            ),
        ])
    )  # fmt: skip
    imagem = documento.make_stream(
        bytes(3), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB, Metadata=documento.make_stream(b"PERIGO metadados"),
        PieceInfo=pikepdf.Dictionary(X=pikepdf.String("PERIGO")),
    )  # fmt: skip
    pagina.obj.Resources.XObject = pikepdf.Dictionary(I=imagem)
    pagina.obj["/Contents"] = documento.make_stream(pagina.obj.Contents.read_bytes() + b" q 9 0 0 9 0 0 cm /I Do Q")
    return pdf_em_bytes(documento)


def test_programas_anexos_links_e_metadados_ficam_para_tras(tmp_path):
    folha = uma(tmp_path, perigoso())
    aberto = pikepdf.open(io.BytesIO(folha.pdf))
    tudo = b"".join(
        objeto.unparse(resolved=True) + (objeto.read_bytes() if isinstance(objeto, pikepdf.Stream) else b"")
        for objeto in aberto.objects
    )
    for proibido in (b"PERIGO", b"JavaScript", b"/URI", b"/Launch", b"/AA", b"/Annots", b"EmbeddedFile", b"/Metadata"):
        assert proibido not in tudo, proibido
    assert "Folha 1" in texto(folha)


def test_o_preenchido_no_formulario_fica_desenhado_na_pagina(tmp_path):
    documento = pdf(1)
    aparencia = documento.make_stream(
        b"0 0 1 rg 0 0 200 100 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 100]
    )
    campo = documento.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="nome", V="Maria", F=4,
            Rect=[20, 700, 220, 800], AP=pikepdf.Dictionary(N=aparencia),
        )
    )  # fmt: skip
    documento.pages[0].obj["/Annots"] = pikepdf.Array([campo])
    documento.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([campo]))
    folha = uma(tmp_path, pdf_em_bytes(documento))
    assert canto_da_marca(desenho(folha)) == ("esquerda", "alto")


@pytest.mark.parametrize(
    ("tipo", "marcas", "desenhada", "avisada"),
    [
        ("FreeText", 4, True, False),
        # Hidden, it was never part of the sheet; nor is a note behind an icon.
        ("FreeText", 4 | 2, False, False),
        ("Stamp", 4, False, True),
        ("Text", 4, False, False),
    ],
)
def test_o_escrito_por_cima_sem_desenho_no_arquivo_nao_some_calado(tmp_path, tipo, marcas, desenhada, avisada):
    documento = pdf(1)
    anotacao = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{tipo}"), Rect=[50, 500, 250, 560], F=marcas,
        Contents="Confere com o original. João Conceição", DA="0 0 1 rg /Helv 14 Tf",
    )  # fmt: skip
    documento.pages[0].obj["/Annots"] = pikepdf.Array([documento.make_indirect(anotacao)])
    folha = uma(tmp_path, pdf_em_bytes(documento))
    assert ("João Conceição" in texto(folha)) is desenhada
    assert any(b > r + 60 for r, g, b in cores(desenho(folha))) is desenhada
    assert any("marca feita por cima" in aviso for aviso in folha.avisos) is avisada


@pytest.mark.parametrize("estrago", [{"Rect": [1, 2]}, {"Rect": "x"}, {"DA": 7}, {"Contents": 3}, {"DA": "0 Tf"}])
def test_anotacao_estranha_nao_derruba_a_pagina(tmp_path, estrago):
    documento = pdf(1)
    anotacao = {"Subtype": pikepdf.Name.FreeText, "Rect": [9, 9, 99, 99], "Contents": "x" * 500, "F": "?"} | estrago
    documento.pages[0].obj["/Annots"] = pikepdf.Array([documento.make_indirect(pikepdf.Dictionary(**anotacao))])
    assert "Folha 1" in texto(uma(tmp_path, pdf_em_bytes(documento)))


def test_camada_apagada_continua_apagada(tmp_path):
    documento = pdf(1)
    camada = documento.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="rascunho"))
    documento.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([camada]), D=pikepdf.Dictionary(OFF=pikepdf.Array([camada]))
    )
    pagina = documento.pages[0]
    pagina.obj.Resources.Properties = pikepdf.Dictionary(L0=camada)
    pagina.obj["/Contents"] = documento.make_stream(
        b"/OC /L0 BDC 0 0 1 rg 0 0 595 841 re f EMC 0 g 100 100 100 100 re f"
    )
    vista = desenho(uma(tmp_path, pdf_em_bytes(documento)))
    assert not any(b > r + 60 for r, g, b in cores(vista))


def test_folhas_de_um_documento_nao_carregam_as_imagens_das_outras(tmp_path):
    documento = pdf(4)
    recursos = pikepdf.Dictionary(XObject=pikepdf.Dictionary())
    for numero, pagina in enumerate(documento.pages):
        ruido = em_bytes(Image.effect_noise((600, 800), 90 + numero))
        recursos.XObject[f"/I{numero}"] = documento.make_stream(
            ruido, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=600, Height=800, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        pagina.obj["/Contents"] = documento.make_stream(f"q 500 0 0 700 40 40 cm /I{numero} Do Q".encode())
    comum = documento.make_indirect(recursos)
    for pagina in documento.pages:
        pagina.obj["/Resources"] = comum
    dados = pdf_em_bytes(documento)
    folhas = folhas_de(tmp_path, dados)
    assert sum(len(folha.pdf) for folha in folhas) < len(dados) * 1.2


def test_digitalizacao_grosseira_avisa_a_resolucao(tmp_path):
    documento = pdf(1)
    imagem = documento.make_stream(
        em_bytes(foto(600, 850)), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=600, Height=850,
        BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    pagina = documento.pages[0]
    pagina.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=imagem))
    pagina.obj["/Contents"] = documento.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    folha = uma(tmp_path, pdf_em_bytes(documento))
    assert folha.dpi == pytest.approx(73, abs=1)
    assert any("73 DPI" in aviso for aviso in folha.avisos)


def test_pdf_so_com_a_senha_do_dono_sai_sem_senha(tmp_path):
    dados = pdf_em_bytes(pdf(1), encryption=pikepdf.Encryption(user="", owner="dono"))
    folha = uma(tmp_path, dados)
    with pikepdf.open(io.BytesIO(folha.pdf)) as aberto:
        assert not aberto.is_encrypted
    assert "Folha 1" in texto(folha)


def test_conteudo_da_pagina_ilegivel_nao_derruba(tmp_path):
    documento = pdf(1)
    documento.pages[0].obj["/Contents"] = documento.make_stream(b"q BT (((((( /Nada Do 1 2 3 zz \x00\xff")
    folha = uma(tmp_path, pdf_em_bytes(documento))
    assert any("em branco" in aviso for aviso in folha.avisos)


def test_fluxo_comprimido_estragado_nao_derruba(tmp_path):
    documento = pdf(1)
    fluxo = documento.make_stream(zlib.compress(b"0 0 100 100 re f")[:8], Filter=pikepdf.Name.FlateDecode)
    documento.pages[0].obj["/Contents"] = fluxo
    dados = pdf_em_bytes(documento, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    try:
        assert len(folhas_de(tmp_path, dados)) == 1
    except ArquivoRecusado as recusado:
        assert recusado.codigo == "corrompido"


@pytest.mark.parametrize("caixa", [[0, 0, 0, 0], [0, 0, 0, 842], [5, 5, 5.2, 5.2]])
def test_pagina_sem_tamanho_vale_como_a4(tmp_path, caixa):
    documento = pdf()
    documento.pages[0].obj["/MediaBox"] = pikepdf.Array(caixa)
    folha = uma(tmp_path, pdf_em_bytes(documento))
    with pikepdf.open(io.BytesIO(folha.pdf)) as feito:
        assert [float(lado) for lado in feito.pages[0].MediaBox] == [0, 0, *A4]
    assert not any("branco" in aviso for aviso in folha.avisos)


@pytest.mark.parametrize("unidade", [pikepdf.String("dois"), 0, -3])
def test_chaves_estranhas_nao_impedem_as_folhas(tmp_path, unidade):
    documento = pdf()
    documento.Root["/Names"] = pikepdf.Array([1])
    documento.Root["/AcroForm"] = pikepdf.Dictionary(SigFlags=pikepdf.String("3"))
    documento.Root["/OCProperties"] = pikepdf.Array([])
    documento.pages[0].obj["/UserUnit"] = unidade
    assert uma(tmp_path, pdf_em_bytes(documento)).avisos == []
