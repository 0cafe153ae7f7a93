"""Good and bad files made on the spot; nobody's document."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def foto(largura: int = 900, altura: int = 1200, modo: str = "RGB") -> Image.Image:
    """A white sheet with a dark mark in its upper left corner, so that up and left can be told."""
    imagem = Image.new("RGB", (largura, altura), "white")
    desenho = ImageDraw.Draw(imagem)
    desenho.rectangle((0, 0, largura // 3, altura // 6), fill=(20, 20, 120))
    for y in range(altura // 3, altura - altura // 10, max(1, altura // 30)):
        desenho.line((largura // 10, y, largura - largura // 10, y), fill="black", width=max(1, altura // 300))
    return imagem if modo == "RGB" else imagem.convert(modo)


def em_bytes(imagem: Image.Image, formato: str = "JPEG", **opcoes) -> bytes:
    saida = io.BytesIO()
    imagem.save(saida, formato, **opcoes)
    return saida.getvalue()


def pdf(paginas: int = 1, medida: tuple[float, float] = (595.276, 841.89), texto: str = "Folha") -> pikepdf.Pdf:
    """Vector pages with one line of text each."""
    documento = pikepdf.new()
    fonte = documento.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for numero in range(1, paginas + 1):
        pagina = documento.add_blank_page(page_size=medida)
        pagina.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=fonte))
        pagina.obj["/Contents"] = documento.make_stream(
            f"BT /F1 24 Tf 40 {medida[1] * 0.8:.0f} Td ({texto} {numero}) Tj ET 40 40 120 60 re f".encode()
        )
    return documento


def pdf_em_bytes(documento: pikepdf.Pdf, **opcoes) -> bytes:
    saida = io.BytesIO()
    documento.save(saida, **opcoes)
    return saida.getvalue()


def zip_com(*nomes: str) -> bytes:
    saida = io.BytesIO()
    with zipfile.ZipFile(saida, "w") as pacote:
        for nome in nomes:
            pacote.writestr(nome, "conteudo")
    return saida.getvalue()


def enviado(dados: bytes, nome: str = "documento.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, dados)


def em_arquivo(pasta: Path, dados: bytes, nome: str = "arquivo") -> Path:
    caminho = pasta / nome
    caminho.write_bytes(dados)
    return caminho
