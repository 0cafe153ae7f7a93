"""Photos of rooms that do not exist, drawn here and dated as a camera would."""

from __future__ import annotations

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from act_portal.demonstracao.imagens import escrever

LARGURA, ALTURA = 1600, 1200
# EXIF 2.32: DateTimeOriginal, in its own block.
BLOCO_EXIF, TIRADA_EM = 0x8769, 0x9003
PAREDES = ((226, 220, 205), (205, 218, 224), (222, 210, 214), (212, 222, 206))


def do_ambiente(nome: str, dia: date, *, manchada: bool = False) -> SimpleUploadedFile:
    """A wall, a window, a table; `manchada`: with the damp that the return finds."""
    imagem = Image.new("RGB", (LARGURA, ALTURA), PAREDES[len(nome) % len(PAREDES)])
    lapis = ImageDraw.Draw(imagem)
    lapis.polygon([(0, 1200), (1600, 1200), (1320, 860), (280, 860)], fill=(150, 122, 92))
    lapis.line([(280, 0), (280, 860), (0, 1200)], fill=(120, 116, 108), width=6)
    lapis.line([(1320, 0), (1320, 860), (1600, 1200)], fill=(120, 116, 108), width=6)
    lapis.rectangle((520, 160, 1080, 560), fill=(190, 222, 240), outline=(90, 90, 90), width=12)
    lapis.line([(800, 160), (800, 560)], fill=(90, 90, 90), width=10)
    lapis.rectangle((420, 780, 1180, 830), fill=(110, 78, 52))
    for x in (450, 1130):
        lapis.rectangle((x, 830, x + 26, 1040), fill=(110, 78, 52))
    if manchada:
        lapis.ellipse((1090, 560, 1290, 760), fill=(168, 158, 128))
    escrever(lapis, (320, 30), nome, 64, (40, 40, 40))
    escrever(lapis, (320, 104), "FOTO FICTÍCIA", 44, (160, 30, 30))
    exif = Image.Exif()
    exif.get_ifd(BLOCO_EXIF)[TIRADA_EM] = f"{dia:%Y:%m:%d} 10:30:00"
    saida = io.BytesIO()
    imagem.save(saida, "JPEG", quality=82, exif=exif)
    return SimpleUploadedFile(f"{nome}.jpg", saida.getvalue(), "image/jpeg")
