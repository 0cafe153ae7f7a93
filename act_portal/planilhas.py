"""Tables for spreadsheets: CSV as those of here open it, and XLSX in its smallest form. Pure, nothing on disk."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

CSV, XLSX = "csv", "xlsx"
TIPOS = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Celula = str | int | Decimal | date | None
_PARTES = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Planilha" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_CABECA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML cannot hold at all.
_PROIBIDOS = dict.fromkeys([n for n in range(32) if n not in (9, 10, 13)])


def em_csv(cabecalho: Sequence[str], linhas: Iterable[Sequence[Celula]]) -> str:
    """Semicolons, comma for decimals, and the mark that says UTF-8."""
    saida = io.StringIO()
    escritor = csv.writer(saida, delimiter=";", lineterminator="\r\n")
    escritor.writerow(cabecalho)
    escritor.writerows([_em_texto(celula) for celula in linha] for linha in linhas)
    return f"\ufeff{saida.getvalue()}"


def em_xlsx(cabecalho: Sequence[str], linhas: Iterable[Sequence[Celula]]) -> bytes:
    """One sheet; numbers as numbers, all else as text, which no spreadsheet runs as a formula."""
    saida = io.BytesIO()
    with zipfile.ZipFile(saida, "w", zipfile.ZIP_DEFLATED) as pacote:
        for nome, conteudo in _PARTES.items():
            pacote.writestr(nome, _CABECA + conteudo)
        filas = "".join(f"<row>{''.join(map(_em_xml, linha))}</row>" for linha in [cabecalho, *linhas])
        folha = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{filas}'
        pacote.writestr("xl/worksheets/sheet1.xml", f"{_CABECA}{folha}</sheetData></worksheet>")
    return saida.getvalue()


def exportar(formato: str, cabecalho: Sequence[str], linhas: Iterable[Sequence[Celula]]) -> bytes:
    """`formato`: one of `TIPOS`."""
    return em_xlsx(cabecalho, linhas) if formato == XLSX else em_csv(cabecalho, linhas).encode()


def _em_texto(celula: Celula) -> str:
    if celula is None:
        return ""
    if isinstance(celula, date):
        return f"{celula:%d/%m/%Y}"
    if isinstance(celula, Decimal):
        return str(celula).replace(".", ",")
    texto = str(celula)
    # A cell that begins like a formula would be run by the spreadsheet.
    return f"'{texto}" if isinstance(celula, str) and texto.startswith(("=", "+", "-", "@", "\t", "\r")) else texto


def _em_xml(celula: Celula) -> str:
    if isinstance(celula, int | Decimal) and not isinstance(celula, bool):
        return f"<c><v>{celula}</v></c>"
    texto = f"{celula:%d/%m/%Y}" if isinstance(celula, date) else str(celula if celula is not None else "")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(texto.translate(_PROIBIDOS))}</t></is></c>'
