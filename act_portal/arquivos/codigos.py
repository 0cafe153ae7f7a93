"""Read what is written on pages: QR codes of a scan, words of a PDF. It decodes: only in `caixa_processo`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2 as pdfium
import zxingcpp

from act_portal.arquivos.inspecao import ArquivoRecusado

# The smallest module of our papers (0.56 mm) is four pixels then; a picture of 150 DPI gains nothing from more.
DPI = 200
TEXTO_MAXIMO = 300
CODIGOS_MAXIMOS = 8
# No paper to sign has so many; what has is not worth the memory.
PAGINAS_MAXIMAS = 200
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


def ler_palavras(pdf: bytes) -> list[str]:
    """The text that each page shows, as it is drawn. Raises ArquivoRecusado for a file that does not open."""
    try:
        with pdfium.PdfDocument(pdf) as documento:
            if len(documento) > PAGINAS_MAXIMAS:
                raise ArquivoRecusado("paginas", "O arquivo tem páginas demais.")
            return [pagina.get_textpage().get_text_bounded() for pagina in documento]
    except pdfium.PdfiumError as erro:
        raise ArquivoRecusado("ilegivel", "O arquivo não pôde ser aberto.") from erro


def _ler(vista: np.ndarray, limiar: zxingcpp.Binarizer) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(np.ascontiguousarray(vista.reshape(vista.shape[:2])), formats=QR, binarizer=limiar)
