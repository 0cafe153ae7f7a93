"""Photographs on paper: the pages that the data of a paper names, drawn small."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

import pikepdf
from PIL import Image

from act_portal.arquivos.models import Folha

# 85 mm at 150 DPI; four of them weigh less than one page of text that was scanned.
LADO_PIXELS = 500
QUALIDADE = 70


def fotos_do_papel(dados: Mapping[str, Any]) -> dict[str, Any]:
    """The pictures that `dados["fotos"]` names, as `data:` addresses. Their pages were drawn by the portal itself."""
    pedidas = list(dados.get("fotos", []))
    folhas = {str(f.codigo): f for f in Folha.objects.filter(codigo__in=[foto["codigo"] for foto in pedidas])}
    return {"fotos": [{**foto, "imagem": _imagem(folhas[foto["codigo"]])} for foto in pedidas]}


def _imagem(folha: Folha) -> str:
    with folha.pdf.open("rb") as aberto, pikepdf.open(io.BytesIO(aberto.read())) as pdf:
        imagens = list(pdf.pages[0].get_images().values())
        # A page that came as text has no picture of its own.
        if not imagens:
            return ""
        foto = pikepdf.PdfImage(imagens[0]).as_pil_image()  # type: ignore[arg-type] # images are streams
    foto.thumbnail((LADO_PIXELS, LADO_PIXELS), Image.Resampling.LANCZOS)
    saida = io.BytesIO()
    foto.convert("RGB").save(saida, "JPEG", quality=QUALIDADE)
    return f"data:image/jpeg;base64,{base64.b64encode(saida.getvalue()).decode()}"
