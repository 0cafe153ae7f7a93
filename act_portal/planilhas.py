"""Tables for spreadsheets: CSV as those of here open it, and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpResponse

CSV, XLSX = "csv", "xlsx"
TIPOS = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Celula = str | int | Decimal | date | None


def em_csv(cabecalho: Sequence[str], linhas: Iterable[Sequence[Celula]]) -> str:
    """Semicolons, comma for decimals, and the mark that says UTF-8."""
    saida = io.StringIO()
    escritor = csv.writer(saida, delimiter=";", lineterminator="\r\n")
    escritor.writerow(cabecalho)
    escritor.writerows([_em_texto(celula) for celula in linha] for linha in linhas)
    return f"\ufeff{saida.getvalue()}"


def em_xlsx(cabecalho: Sequence[str], linhas: Iterable[Sequence[Celula]]) -> bytes:
    """One sheet, written row by row; numbers and days as such, all else as text, which no spreadsheet runs."""
    import xlsxwriter  # only who downloads pays for it

    saida = io.BytesIO()
    opcoes = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(saida, opcoes) as livro:
        folha = livro.add_worksheet("Dados")
        folha.set_column(0, len(cabecalho) - 1, 20)
        dia = livro.add_format({"num_format": "dd/mm/yyyy"})
        for n, linha in enumerate([cabecalho, *linhas]):
            for coluna, celula in enumerate(linha):
                if isinstance(celula, int | Decimal):
                    folha.write_number(n, coluna, celula)
                elif isinstance(celula, date):
                    folha.write_datetime(n, coluna, celula, dia)
                else:
                    folha.write_string(n, coluna, str(celula or ""))
    return saida.getvalue()


def exportar(formato: str, cabecalho: Sequence[str], linhas: Iterable[Sequence[Celula]]) -> bytes:
    """`formato`: one of `TIPOS`."""
    return em_xlsx(cabecalho, linhas) if formato == XLSX else em_csv(cabecalho, linhas).encode()


def baixar(nome: str, formato: str, cabecalho: Sequence[str], linhas: Iterable[Sequence[Celula]]) -> HttpResponse:
    """The answer of a view: the table as a file that nobody keeps on the way. Raises Http404 for another format."""
    if formato not in TIPOS:
        raise Http404
    resposta = HttpResponse(exportar(formato, cabecalho, linhas), content_type=TIPOS[formato])
    resposta["Content-Disposition"] = f'attachment; filename="{nome}.{formato}"'
    resposta["Cache-Control"] = "private, no-store"
    return resposta


def _em_texto(celula: Celula) -> str:
    if celula is None:
        return ""
    if isinstance(celula, date):
        return f"{celula:%d/%m/%Y}"
    if isinstance(celula, Decimal):
        return str(celula).replace(".", ",")
    texto = str(celula)
    return f"'{texto}" if isinstance(celula, str) and _parece_formula(texto) else texto


def _parece_formula(texto: str) -> bool:
    """A cell that begins so would be run by the spreadsheet. One that has the mark already gets another: what goes out
    comes back as it was.
    """
    return texto.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r"))


def sem_marca(texto: str) -> str:
    """The cell of a list that came back, without the mark of `em_csv`."""
    return texto[1:] if texto.startswith("'") and _parece_formula(texto) else texto
