from __future__ import annotations

import io
import tracemalloc
import zlib

import pikepdf
import pytest
from PIL import Image

from act_portal.arquivos import tipos
from act_portal.arquivos.conteudo_pdf import DesenhoDemais, medir
from act_portal.arquivos.inspecao import ArquivoRecusado, inspecionar
from act_portal.arquivos.limites import tecnicos
from tests.act_portal.arquivos_fabricados import em_bytes, foto, pdf, pdf_em_bytes, zip_com

NADA = pikepdf.StreamDecodeLevel.none


def recusa(dados: bytes, nome: str = "documento.pdf") -> ArquivoRecusado:
    with pytest.raises(ArquivoRecusado) as recusado:
        inspecionar(io.BytesIO(dados), nome)
    mensagem = str(recusado.value)
    assert mensagem.endswith(".")
    assert len(mensagem) <= 300, "the reason must fit in the column"
    return recusado.value


@pytest.mark.parametrize(
    ("formato", "tipo"),
    [("JPEG", tipos.JPEG), ("PNG", tipos.PNG), ("BMP", tipos.BMP), ("TIFF", tipos.TIFF), ("GIF", tipos.GIF),
     ("WEBP", tipos.WEBP)],
)  # fmt: skip
def test_o_conteudo_decide_e_nao_a_extensao(formato, tipo):
    achado = inspecionar(io.BytesIO(em_bytes(foto(), formato)), "mentira.pdf")
    assert (achado.tipo, achado.paginas, achado.avisos) == (tipo, 1, [])


def test_pdf_e_tiff_contam_as_paginas():
    assert inspecionar(io.BytesIO(pdf_em_bytes(pdf(7)))).paginas == 7
    varias = em_bytes(foto(), "TIFF", save_all=True, append_images=[foto(), foto()])
    assert inspecionar(io.BytesIO(varias)).paginas == 3


def test_pdf_com_uma_linha_da_impressora_antes_do_cabecalho_serve():
    assert inspecionar(io.BytesIO(b"@PJL JOB\r\n" + pdf_em_bytes(pdf(1)))).tipo == tipos.PDF


def test_vazio():
    assert recusa(b"").codigo == "vazio"


def test_grande_demais_diz_o_tamanho_e_o_maximo():
    class Enorme(io.BytesIO):
        def seek(self, posicao, de_onde=0):
            return 41_500_000 if de_onde == 2 else super().seek(posicao, de_onde)

    with pytest.raises(ArquivoRecusado, match="tem 41,5 MB e o máximo é 40 MB") as recusado:
        inspecionar(Enorme(b"%PDF-1.4"))
    assert recusado.value.codigo == "grande"


@pytest.mark.parametrize(
    ("dados", "que"),
    [
        (b"#!/bin/sh\nrm -rf ~\n%PDF-1.4", "script"),
        (b"MZ\x90\x00" + bytes(80), "um programa"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "um programa"),
        (zip_com("[Content_Types].xml", "word/document.xml"), "Word"),
        (zip_com("[Content_Types].xml", "xl/workbook.xml"), "planilha"),
        (zip_com("leia-me.txt"), "compactado"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "Office"),
        (b"\n<!DOCTYPE html><html><script>alert(1)</script>%PDF-", "página da internet"),
        (b"<?xml version='1.0'?><svg onload='x()'/>", "SVG"),
        (b"<?php system($_GET[0]);", "script"),
        (b"{\\rtf1 texto}", "Word"),
        (b"alert('oi')\n", "texto"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "vídeo"),
    ],
)
def test_disfarcado_de_pdf_diz_o_que_e(dados, que):
    recusado = recusa(dados)
    assert recusado.codigo == "disfarcado"
    assert que in str(recusado)


def test_desconhecido_diz_o_que_serve():
    recusado = recusa(b"\x00\x01\x02\x03" * 50, "coisa.bin")
    assert recusado.codigo == "desconhecido"
    assert "PDF, JPG, PNG" in str(recusado)


def test_heic_ensina_a_mudar_o_iphone():
    recusado = recusa(b"\x00\x00\x00\x18ftypheic" + bytes(40), "IMG_0001.HEIC")
    assert recusado.codigo == "heic"
    assert "Mais compatível" in str(recusado)


@pytest.mark.parametrize("formato", ["GIF", "WEBP", "PNG"])
def test_animada(formato):
    quadros = [foto(60, 80), foto(60, 80).rotate(180)]
    assert recusa(em_bytes(quadros[0], formato, save_all=True, append_images=quadros[1:])).codigo == "animada"


@pytest.mark.parametrize("formato", ["PNG", "TIFF"])
def test_bomba_de_pontos_e_vista_antes_de_abrir(formato):
    opcoes = {"compression": "group4"} if formato == "TIFF" else {}
    assert recusa(em_bytes(Image.new("1", (20_000, 20_000)), formato, **opcoes)).codigo == "pontos"


def test_bomba_na_segunda_pagina_de_um_tiff():
    grande = Image.new("1", (20_000, 20_000))
    dados = em_bytes(foto().convert("1"), "TIFF", save_all=True, append_images=[grande], compression="group4")
    assert recusa(dados).codigo == "pontos"


def test_bomba_de_pontos_dentro_do_pdf():
    documento = pdf(1)
    imagem = documento.make_stream(
        zlib.compress(bytes(1000)), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60_000, Height=60_000,
        BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.FlateDecode,
    )  # fmt: skip
    documento.pages[0].obj.Resources.XObject = pikepdf.Dictionary(I=imagem)
    assert recusa(pdf_em_bytes(documento, stream_decode_level=NADA)).codigo == "pontos"


@pytest.mark.parametrize("dados", [b"%PDF-1.4\nlixo", b"%PDF-", b"%PDF-1.7\n" + bytes(5000)])
def test_pdf_corrompido(dados):
    assert recusa(dados).codigo == "corrompido"


@pytest.mark.parametrize(
    "marca", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\x00", b"RIFF\x00\x00\x00\x00WEBP"]
)
def test_imagem_corrompida(marca):
    assert recusa(marca + b"lixo" * 30, "foto.jpg").codigo == "corrompido"


def test_pdf_cortado_ao_meio_e_recuperado_com_aviso_ou_recusado():
    inteiro = pdf_em_bytes(pdf(5))
    achado = inspecionar(io.BytesIO(inteiro[: len(inteiro) - 200]))
    assert any("recuperado" in aviso for aviso in achado.avisos)


def test_senha_que_nao_abre():
    dados = pdf_em_bytes(pdf(1), encryption=pikepdf.Encryption(user="segredo", owner="dono"))
    assert recusa(dados).codigo == "senha"


def test_so_a_senha_do_dono_passa_com_aviso():
    dados = pdf_em_bytes(pdf(2), encryption=pikepdf.Encryption(user="", owner="dono"))
    achado = inspecionar(io.BytesIO(dados))
    assert achado.paginas == 2
    assert any("proteção" in aviso for aviso in achado.avisos)


def test_pagina_de_200_polegadas():
    recusado = recusa(pdf_em_bytes(pdf(1, (14_400, 14_400))))
    assert recusado.codigo == "medida"
    assert "508 cm" in str(recusado)


def test_a_unidade_da_pagina_conta_na_medida():
    documento = pdf(2)
    documento.pages[1].obj["/UserUnit"] = 10
    assert "A página 2 mede 297 cm" in str(recusa(pdf_em_bytes(documento)))


def test_a_medida_herdada_da_arvore_tambem_conta():
    documento = pdf(1)
    documento.Root.Pages.MediaBox = pikepdf.Array([0, 0, 14_400, 14_400])
    del documento.pages[0].obj["/MediaBox"]
    assert recusa(pdf_em_bytes(documento)).codigo == "medida"


def test_600_paginas():
    assert "600 páginas" in str(recusa(pdf_em_bytes(pdf(600))))
    assert inspecionar(io.BytesIO(pdf_em_bytes(pdf(tecnicos().paginas)))).paginas == tecnicos().paginas


def test_pdf_sem_paginas():
    assert recusa(pdf_em_bytes(pikepdf.new())).codigo == "sem_paginas"


def test_arvore_de_paginas_que_anda_em_circulo_nao_prende():
    documento = pdf(1)
    documento.Root.Pages.Kids.append(documento.Root.Pages)
    try:
        inspecionar(io.BytesIO(pdf_em_bytes(documento)))
    except ArquivoRecusado as recusado:
        assert recusado.codigo == "corrompido"


def test_formulario_dinamico_e_portfolio_sao_recusados_com_o_que_fazer():
    dinamico, pasta = pdf(1), pdf(1)
    dinamico.Root.NeedsRendering = True
    pasta.Root.Collection = pikepdf.Dictionary()
    assert recusa(pdf_em_bytes(dinamico)).codigo == "formulario"
    assert recusa(pdf_em_bytes(pasta)).codigo == "portfolio"


def test_avisa_o_que_sera_retirado():
    documento = pdf(1)
    documento.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    documento.attachments["virus.exe"] = pikepdf.AttachedFileSpec(documento, b"MZ", filename="virus.exe")
    documento.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array())
    avisos = " ".join(inspecionar(io.BytesIO(pdf_em_bytes(documento))).avisos)
    assert "programas" in avisos
    assert "anexados" in avisos
    assert "assinatura digital" in avisos


def test_chaves_estranhas_sao_ignoradas():
    documento = pdf()
    documento.Root["/Names"] = pikepdf.Array([1])
    documento.Root["/AcroForm"] = pikepdf.Dictionary(SigFlags=pikepdf.String("3"))
    documento.Root["/OCProperties"] = pikepdf.Array([])
    documento.pages[0].obj["/UserUnit"] = pikepdf.String("dois")
    documento.pages[0].obj["/Annots"] = pikepdf.Array([1, pikepdf.Dictionary(A=pikepdf.Array([]), AA=3)])
    assert inspecionar(io.BytesIO(pdf_em_bytes(documento))).avisos == []


@pytest.mark.parametrize("onde", ["pagina", "anotacao", "acao da anotacao"])
def test_avisa_o_programa_de_uma_pagina_ou_anotacao(onde):
    documento = pdf(2)
    programa = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    pagina = documento.pages[1].obj
    if onde == "pagina":
        pagina["/AA"] = pikepdf.Dictionary(O=programa)
    else:
        anotacao = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
        anotacao[("/AA" if onde == "anotacao" else "/A")] = (
            pikepdf.Dictionary(E=programa) if onde == "anotacao" else programa
        )
        pagina["/Annots"] = pikepdf.Array([documento.make_indirect(anotacao)])
    (aviso,) = inspecionar(io.BytesIO(pdf_em_bytes(documento))).avisos
    assert "programas" in aviso


# Else saving would pack every stream anew, in the usual way.
COMO_ESTA = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def formas_em_cascata(niveis: int) -> bytes:
    """Each form draws the next ten times."""
    documento = pdf()
    dentro = documento.make_stream(
        b"0 0 m 9 9 l S", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )
    for _ in range(niveis):
        recursos = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=dentro))
        dentro = documento.make_stream(
            b"/X Do " * 10, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9], Resources=recursos
        )
    documento.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=dentro))
    documento.pages[0].Contents = documento.make_stream(b"/X Do")
    return pdf_em_bytes(documento)


def formas_com_os_nomes_da_pagina(niveis: int) -> bytes:
    """As above, but the forms bring no names of their own: those of the page count."""
    documento = pdf()
    nomes = {}
    for nivel in range(niveis):
        desenho = b"/X%d Do " % (nivel - 1) * 10 if nivel else b"0 0 m 9 9 l S"
        nomes[f"/X{nivel}"] = documento.make_stream(
            desenho, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
        )
    documento.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(nomes))
    # Packed in another way than the usual one, and short.
    em_hexa = (b"/X%d Do" % (niveis - 1)).hex().encode() + b">"
    documento.pages[0].Contents = documento.make_stream(em_hexa, Filter=pikepdf.Name.ASCIIHexDecode)
    return pdf_em_bytes(documento, **COMO_ESTA)


def tracos(quantos: int) -> bytes:
    documento = pdf()
    documento.pages[0].Contents = documento.make_stream(b"0 0 m 500 500 l S\n" * quantos)
    return pdf_em_bytes(documento)


def em_partes(quantas: int, tracos_em_cada: int, **embalagem) -> bytes:
    """One page whose drawing lies in several streams."""
    documento = pdf()
    fluxo = b"0 0 m 500 500 l S\n" * tracos_em_cada
    if embalagem:
        fluxo = zlib.compress(zlib.compress(fluxo))
    partes = [documento.make_stream(fluxo, **embalagem) for _ in range(quantas)]
    documento.pages[0].obj["/Contents"] = pikepdf.Array(partes)
    return pdf_em_bytes(documento, **COMO_ESTA if embalagem else {})


DUAS_VEZES = {"Filter": pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])}


@pytest.mark.parametrize(
    "dados",
    [
        tracos(2_000_000),
        formas_em_cascata(9),
        formas_com_os_nomes_da_pagina(9),
        em_partes(4, 500_000),
        em_partes(1, 2_000_000, **DUAS_VEZES),
    ],
    ids=["tracos", "formas", "nomes da pagina", "partes", "embalada duas vezes"],
)
def test_bomba_de_desenho_e_vista_antes_de_desenhar(dados):
    erro = recusa(dados)

    assert erro.codigo == "complexo"
    assert "A página 1 tem desenho demais" in str(erro)


def test_a_bomba_nao_e_desembalada_ate_o_fim():
    documento = pdf()
    bomba = documento.make_stream(zlib.compress(b" " * 120_000_000, 1), Filter=pikepdf.Name.FlateDecode)
    documento.pages[0].Contents = bomba
    tracemalloc.start()
    try:
        with pytest.raises(DesenhoDemais):
            medir(documento.pages[0])
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_desenho_grande_de_verdade_passa():
    for dados in (tracos(500_000), formas_em_cascata(3)):
        assert inspecionar(io.BytesIO(dados)).paginas == 1


def test_forma_que_se_desenha_a_si_mesma_nao_prende():
    documento = pdf()
    forma = documento.make_stream(b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    forma = documento.make_indirect(forma)
    forma.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=forma))
    documento.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=forma))
    documento.pages[0].Contents = documento.make_stream(b"/X Do")

    assert inspecionar(io.BytesIO(pdf_em_bytes(documento))).paginas == 1


# --- A scanner's picture ------------------------------------------------------------------------------------------


def com_exif(**marcas) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x829A: 0.01, **marcas})
    return exif


@pytest.mark.parametrize(
    ("medida", "opcoes", "digitalizada"),
    [
        ((1240, 1754), {"dpi": (150, 150)}, True),
        ((1011, 638), {"dpi": (300, 300)}, True),
        ((1240, 1754), {}, False),
        ((1240, 1754), {"dpi": (72, 72)}, False),
        ((4032, 3024), {"dpi": (300, 300)}, False),
        ((1240, 1754), {"dpi": (150, 150), "exif": com_exif()}, False),
    ],
)
def test_imagem_diz_que_veio_de_um_digitalizador(medida, opcoes, digitalizada):
    dados = em_bytes(foto(*medida), **opcoes)

    assert inspecionar(io.BytesIO(dados)).digitalizado is digitalizada
