"""What a file is, by its first bytes. The name and the browser's word count for nothing."""

from __future__ import annotations

from dataclasses import dataclass

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
BMP = "image/bmp"
TIFF = "image/tiff"
GIF = "image/gif"
WEBP = "image/webp"

EXTENSOES = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", BMP: ".bmp", TIFF: ".tif", GIF: ".gif", WEBP: ".webp"}
ACEITOS = "PDF, JPG, PNG, BMP, TIFF, GIF ou WEBP"

# How much of the file the functions below need.
COMECO_BYTES = 65_536


@dataclass(frozen=True)
class Estranho:
    """A kind that we know and do not take: what it is, and what the person can do."""

    que: str
    conselho: str


SALVAR_COMO_PDF = "Abra-o, escolha “Salvar como PDF” e envie o PDF."
DIGITALIZAR = f"Envie {ACEITOS}."
HEIC = Estranho(
    "uma foto HEIC do iPhone",
    "No iPhone, abra Ajustes > Câmera > Formatos, escolha “Mais compatível” e fotografe de novo.",
)
AVIF = Estranho("uma imagem AVIF", "Abra-a, salve como JPG e envie o JPG.")
WORD = Estranho("um documento do Word", SALVAR_COMO_PDF)
PLANILHA = Estranho("uma planilha", SALVAR_COMO_PDF)
APRESENTACAO = Estranho("uma apresentação", SALVAR_COMO_PDF)
LIBREOFFICE = Estranho("um documento do LibreOffice", SALVAR_COMO_PDF)
OFFICE_ANTIGO = Estranho("um documento antigo do Office", SALVAR_COMO_PDF)
COMPACTADO = Estranho("um arquivo compactado", "Abra-o e envie cada documento de dentro dele.")
PROGRAMA = Estranho("um programa", DIGITALIZAR)
SCRIPT = Estranho("um programa em texto (script)", DIGITALIZAR)
PAGINA_WEB = Estranho("uma página da internet", "Abra-a no navegador, escolha imprimir e “Salvar como PDF”.")
SVG = Estranho("um desenho SVG", "Abra-o no navegador, escolha imprimir e “Salvar como PDF”.")
XML = Estranho("um arquivo XML", DIGITALIZAR)
VIDEO = Estranho("um vídeo", "Envie fotos das páginas ou o documento digitalizado.")
AUDIO = Estranho("uma gravação de áudio", DIGITALIZAR)
TEXTO = Estranho("um arquivo de texto", SALVAR_COMO_PDF)

_ACEITOS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
)
_ESTRANHOS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE_ANTIGO),
    (b"MZ", PROGRAMA),
    (b"\x7fELF", PROGRAMA),
    (b"\xca\xfe\xba\xbe", PROGRAMA),
    (b"\xcf\xfa\xed\xfe", PROGRAMA),
    (b"dex\n", PROGRAMA),
    (b"#!", SCRIPT),
    (b"Rar!", COMPACTADO),
    (b"7z\xbc\xaf\x27\x1c", COMPACTADO),
    (b"\x1f\x8b", COMPACTADO),
    (b"BZh", COMPACTADO),
    (b"\xfd7zXZ\x00", COMPACTADO),
    (b"{\\rtf", WORD),
    (b"%!PS", Estranho("um arquivo PostScript", SALVAR_COMO_PDF)),
    (b"8BPS", Estranho("uma imagem do Photoshop", "Abra-a, salve como JPG e envie o JPG.")),
    (b"\x00\x00\x00\x0cjP  ", Estranho("uma imagem JPEG 2000", "Abra-a, salve como JPG e envie o JPG.")),
    (b"OggS", AUDIO),
    (b"ID3", AUDIO),
    (b"\x1aE\xdf\xa3", VIDEO),
)
_NO_ZIP = (
    (b"word/", WORD),
    (b"xl/", PLANILHA),
    (b"ppt/", APRESENTACAO),
    (b"application/vnd.oasis.opendocument", LIBREOFFICE),
    (b"META-INF/MANIFEST", PROGRAMA),
)
_RIFF: dict[bytes, str | Estranho] = {b"WEBP": WEBP, b"WAVE": AUDIO, b"AVI ": VIDEO}
_NO_TEXTO = (
    (b"<svg", SVG),
    (b"<!doctype html", PAGINA_WEB),
    (b"<html", PAGINA_WEB),
    (b"<head", PAGINA_WEB),
    (b"<body", PAGINA_WEB),
    (b"<script", PAGINA_WEB),
    (b"<?php", SCRIPT),
    (b"<?xml", XML),
)


def reconhecer(comeco: bytes) -> str | Estranho | None:
    """The media type that we take, or the kind that we do not, or None when nothing is recognised.

    `comeco` is the start of the file, `COMECO_BYTES` long when there is that much.
    """
    for marca, tipo in _ACEITOS:
        if comeco.startswith(marca):
            return tipo
    if comeco[:4] == b"RIFF":
        return _RIFF.get(comeco[8:12])
    if comeco[4:8] == b"ftyp":
        return _iso_bmff(comeco[8:12])
    if comeco.startswith(b"PK\x03\x04"):
        return _zip(comeco)
    for marca, estranho in _ESTRANHOS:
        if comeco.startswith(marca):
            return estranho
    if comeco.startswith(b"BM") and comeco[6:10] == bytes(4):
        return BMP
    return _pdf_ou_texto(comeco)


def _iso_bmff(marca: bytes) -> Estranho:
    if marca in {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}:
        return HEIC
    return AVIF if marca in {b"avif", b"avis"} else VIDEO


def _zip(comeco: bytes) -> Estranho:
    return next((estranho for marca, estranho in _NO_ZIP if marca in comeco), COMPACTADO)


def _pdf_ou_texto(comeco: bytes) -> str | Estranho | None:
    texto = comeco.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048].lower()
    for marca, estranho in _NO_TEXTO:
        if texto.startswith(marca) or (marca == b"<svg" and texto.startswith(b"<?xml") and marca in texto):
            return estranho
    # Some scanners write a line of their own before the header; readers look for it in the first 1,024 bytes.
    if b"%PDF-" in comeco[:1024]:
        return PDF
    return TEXTO if _parece_texto(comeco) else None


def _parece_texto(comeco: bytes) -> bool:
    controles = sum(1 for letra in comeco[:4096] if letra < 32 and letra not in b"\t\n\r\f")
    return bool(comeco) and controles == 0
