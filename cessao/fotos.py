"""What a photo of a place must be to serve, and when the camera says that it was taken."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

from act_portal.arquivos.tipos import COMECO_BYTES, EXTENSOES, PDF, reconhecer
from act_portal.erros import ErroDeDominio
from cessao import regras

if TYPE_CHECKING:
    from cessao.models import Pedido

# When the camera says that it took the picture (EXIF 2.32: DateTimeOriginal, in its own block).
BLOCO_EXIF, TIRADA_EM = 0x8769, 0x9003
# Below this nothing of a room can be seen.
MENOR_LADO_PX = 240


def dia_da_foto(enviado: UploadedFile) -> date | None:
    """The day that the camera wrote in the picture; None when it wrote none, or not as it should."""
    enviado.seek(0)
    try:
        with Image.open(enviado) as imagem:
            texto = str(imagem.getexif().get_ifd(BLOCO_EXIF).get(TIRADA_EM, ""))
        return datetime.strptime(texto[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - a camera knows no time zone
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    finally:
        enviado.seek(0)


def exigir_dia(tirada_em: date | None, pedido: Pedido, *, ate: date) -> None:
    """A photo of before the request, or of after what it shows, tells nothing of it. Raises ErroDeDominio."""
    assert pedido.enviado_em  # noqa: S101 - nobody looks at the place of what was not sent
    pedido_em = pedido.enviado_em.astimezone(pedido.municipio.fuso).date()
    if frase := regras.problema_da_foto(tirada_em, pedido_em=pedido_em, dia=ate):
        raise ErroDeDominio(frase)


def exigir_foto(enviado: UploadedFile) -> None:
    """The papers show pictures: a document has none to show. Raises ErroDeDominio."""
    enviado.seek(0)
    tipo = reconhecer(enviado.read(COMECO_BYTES))
    enviado.seek(0)
    if tipo == PDF or tipo not in EXTENSOES:
        raise ErroDeDominio("Isto não é uma foto. Envie a imagem como saiu da câmera, em JPG ou PNG.")
    largura, altura = _tamanho(enviado)
    if 0 < min(largura, altura) < MENOR_LADO_PX:
        raise ErroDeDominio(
            f"A foto tem só {largura} × {altura} pixels, e nela não se vê o lugar. Envie a imagem como saiu da câmera."
        )


def _tamanho(enviado: UploadedFile) -> tuple[int, int]:
    """In pixels; (0, 0) of what does not open, which is refused when it is looked at whole."""
    try:
        with Image.open(enviado) as imagem:
            return imagem.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0, 0
    finally:
        enviado.seek(0)
