"""A 12-megapixel photo to a finished A4 page (limited process, PDF, thumbnail) against bare decode + encode.

Two bare ways, both in this process and with no safety at all: the literal one (decode everything, encode everything)
and the fastest that gives the same picture (libjpeg's scaled decode, one resize, encode).
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from act_portal.arquivos import caixa, tipos
from bench.medir import CABECALHO, comparar


def fotografia(girada: bool) -> bytes:
    """A sheet of text photographed: gradient, noise, 3000 x 4000."""
    papel = Image.linear_gradient("L").resize((3000, 4000)).point(lambda v: 170 + v // 4).convert("RGB")
    desenho = ImageDraw.Draw(papel)
    for linha in range(200, 3800, 60):
        desenho.text((200, linha), "REQUERIMENTO DE SERVICO 0123456789 " * 6, fill=(30, 30, 40), font_size=36)
    grao = Image.effect_noise(papel.size, 30).convert("RGB")
    foto = Image.blend(papel, grao, 0.12).filter(ImageFilter.GaussianBlur(0.6))
    exif = Image.Exif()
    if girada:
        foto, exif[0x0112] = foto.transpose(Image.Transpose.ROTATE_90), 6
    saida = io.BytesIO()
    foto.save(saida, "JPEG", quality=92, exif=exif)
    return saida.getvalue()


def literal(caminho: Path) -> bytes:
    with Image.open(caminho) as imagem:
        saida = io.BytesIO()
        imagem.convert("RGB").save(saida, "JPEG", quality=80)
        return saida.getvalue()


def rapido(caminho: Path) -> bytes:
    with Image.open(caminho) as imagem:
        medida = (1240, 1653) if imagem.width < imagem.height else (1653, 1240)
        imagem.draft("RGB", medida)
        saida = io.BytesIO()
        imagem.resize(medida, Image.Resampling.LANCZOS).save(saida, "JPEG", quality=80)
        return saida.getvalue()


def nosso(caminho: Path) -> bytes:
    tipo = caixa.inspecionar(caminho, caminho.name).tipo
    (folha,) = caixa.normalizar(caminho, tipo)
    return folha.pdf


def principal() -> None:
    print(CABECALHO)
    with tempfile.TemporaryDirectory() as pasta:
        for nome, girada in (("upright", False), ("turned by EXIF", True)):
            caminho = Path(pasta) / f"{girada}.jpg"
            caminho.write_bytes(fotografia(girada))
            assert caixa.inspecionar(caminho).tipo == tipos.JPEG  # noqa: S101 - also warms the box
            for jeito, nu in (("decode + encode", literal), ("scaled decode + encode", rapido)):
                par = comparar(lambda: nu(caminho), lambda: nosso(caminho))  # noqa: B023 - called at once
                print(par.linha(f"12 Mpx photo, {nome}, vs {jeito}", 1.5))


if __name__ == "__main__":
    principal()
