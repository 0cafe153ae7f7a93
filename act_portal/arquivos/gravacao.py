"""Write a PDF so that the same content is the same file."""

from __future__ import annotations

import io

import pikepdf


def gravar(pdf: pikepdf.Pdf) -> bytes:
    """Bytes that depend on nothing but the content: no date, no random id, no metadata."""
    for chave in ("/Info", "/ID"):
        if chave in pdf.trailer:
            del pdf.trailer[chave]
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    saida = io.BytesIO()
    pdf.save(saida, deterministic_id=True, fix_metadata_version=False)
    return saida.getvalue()
