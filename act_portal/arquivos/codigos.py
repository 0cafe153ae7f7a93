"""Read the QR codes on a scanned page. Runs only in the process that may die (`caixa_processo`): it decodes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2 as pdfium
import zxingcpp

# The smallest module of our papers (0.56 mm) is four pixels then; a picture of 150 DPI gains nothing from more.
DPI = 200
TEXTO_MAXIMO = 300
CODIGOS_MAXIMOS = 8
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def ler_codigos(pdf: bytes) -> list[dict[str, Any]]:
    """Each QR code of a one-page PDF: `texto`, and the `giro` that puts it upright, in degrees clockwise (0 to 270)."""
    with pdfium.PdfDocument(pdf) as documento:
        vista = documento[0].render(scale=DPI / 72, grayscale=True).to_numpy()
    achados = _ler(vista, zxingcpp.Binarizer.LocalAverage) or _ler(vista, zxingcpp.Binarizer.GlobalHistogram)
    return [
        {"texto": codigo.text, "giro": round(-codigo.orientation / 90) * 90 % 360}
        for codigo in achados[:CODIGOS_MAXIMOS]
        if len(codigo.text) <= TEXTO_MAXIMO
    ]


def _ler(vista: np.ndarray, limiar: zxingcpp.Binarizer) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(np.ascontiguousarray(vista.reshape(vista.shape[:2])), formats=QR, binarizer=limiar)
