"""Give text that was typed over a page of a PDF its picture, so that flattening draws it. Runs only in the box.

Most programs store that picture (/AP); some store the words alone and leave the drawing to whoever opens the file.
"""

from __future__ import annotations

import re

import pikepdf

CORPO, CORPO_MINIMO, ENTRELINHA, LARGURA_MEDIA = 12.0, 4.0, 1.2, 0.55
RETRATO = re.compile(r"(?P<corpo>\d*\.?\d+)\s+Tf")
COR = re.compile(r"(?:\d*\.?\d+\s+){1,4}(?:rg|g|k)\b")
ESCONDIDA = 0x02 | 0x20
# What programs draw over a page; a note behind an icon, a link or an attachment is not part of the sheet.
DESENHADAS = {
    "/Caret", "/Circle", "/FreeText", "/Highlight", "/Ink", "/Line", "/PolyLine", "/Polygon", "/Square", "/Squiggly",
    "/Stamp", "/StrikeOut", "/Underline",
}  # fmt: skip


def desenhar_textos(pdf: pikepdf.Pdf) -> set[int]:
    """Draw what is written over the pages. Returns the pages (from 0) with a mark whose look the file does not tell."""
    sem_desenho = set()
    for indice, pagina in enumerate(pdf.pages):
        for anotacao in _sem_aparencia(pagina):
            try:
                aparencia = _aparencia(pdf, anotacao)
            except (ArithmeticError, TypeError, ValueError, AttributeError, KeyError):
                aparencia = None
            if aparencia is None:
                sem_desenho.add(indice)
            else:
                anotacao["/AP"] = pikepdf.Dictionary(N=aparencia)
    return sem_desenho


def _sem_aparencia(pagina: pikepdf.Page) -> list[pikepdf.Object]:
    todas = pagina.obj.get("/Annots")
    if not isinstance(todas, pikepdf.Array):
        return []
    return [um for um in todas if isinstance(um, pikepdf.Dictionary) and _se_ve(um) and not _tem_desenho(um)]


def _se_ve(anotacao: pikepdf.Object) -> bool:
    marcas = anotacao.get("/F")
    return anotacao.get("/Subtype") in DESENHADAS and not (isinstance(marcas, int) and marcas & ESCONDIDA)


def _tem_desenho(anotacao: pikepdf.Object) -> bool:
    aparencia = anotacao.get("/AP")
    return isinstance(aparencia, pikepdf.Dictionary) and "/N" in aparencia


def _aparencia(pdf: pikepdf.Pdf, anotacao: pikepdf.Object) -> pikepdf.Stream | None:
    """The words in their rectangle, in the size and colour that the file names; None for what is no text."""
    texto = str(anotacao.get("/Contents", "")).strip()
    if anotacao.Subtype != "/FreeText" or not texto:
        return None
    x0, y0, x1, y1 = (float(parte) for parte in anotacao.Rect)
    largura, altura = abs(x1 - x0), abs(y1 - y0)
    if min(largura, altura) < CORPO_MINIMO:
        return None
    modelo = str(anotacao.get("/DA", ""))
    achado, cor = RETRATO.search(modelo), COR.search(modelo)
    corpo = float(achado["corpo"]) if achado and float(achado["corpo"]) else CORPO
    while (
        (linhas := _em_linhas(texto, largura, corpo))
        and corpo > CORPO_MINIMO
        and (len(linhas) * corpo * ENTRELINHA > altura)
    ):
        corpo *= 0.9
    # Words that still do not fit are pressed together rather than cut off.
    altura = max(altura, len(linhas) * corpo * ENTRELINHA)
    mostrar = " T* ".join(f"<{linha.encode('cp1252', 'replace').hex()}> Tj" for linha in linhas)
    fonte = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    return pdf.make_stream(
        f"{cor[0] if cor else '0 g'} BT /F0 {corpo:.2f} Tf {corpo * ENTRELINHA:.2f} TL "
        f"1 {altura - corpo:.2f} Td {mostrar} ET".encode(),
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, largura, altura],
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=fonte)),
    )  # fmt: skip


def _em_linhas(texto: str, largura: float, corpo: float) -> list[str]:
    """Broken at the words, by the average width of a letter."""
    cabem = max(1, int(largura / (corpo * LARGURA_MEDIA)))
    linhas = []
    for paragrafo in texto.splitlines():
        linha = ""
        for palavra in paragrafo.split():
            if linha and len(linha) + 1 + len(palavra) > cabem:
                linhas.append(linha)
                linha = palavra
            else:
                linha = f"{linha} {palavra}".strip()
        linhas.append(linha)
    return linhas
