"""Words that OCR still reads after a request was compressed and split to fit INSS's limits: loss of 2 points at most.

Needs the program `tesseract` (Debian: tesseract-ocr, tesseract-ocr-por), or its path in TESSERACT; without it nothing
is measured, and one line says so. The portal itself never uses it.

    python bench/palavras.py [PAGES_PER_KIND] [SEED]
"""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image

from act_portal.arquivos.folhas import folha_pronta
from act_portal.arquivos.montagem import montar
from bench.legibilidade import BONS, documento

META_PONTOS = 2.0
# Tight enough that every page is compressed and the set is split.
APERTO = 0.55


def ler(programa: str, imagem: Image.Image) -> Counter[str]:
    saida = io.BytesIO()
    imagem.save(saida, "PNG", dpi=(150, 150))
    comando = [programa, "-", "-", "-l", os.environ.get("TESSERACT_LINGUA", "por"), "--psm", "6"]
    ambiente = os.environ | {"OMP_THREAD_LIMIT": "1"}
    feito = subprocess.run(comando, input=saida.getvalue(), capture_output=True, check=True, env=ambiente)
    return Counter(feito.stdout.decode("utf-8", "replace").split())


def desenhar(pdf: bytes) -> list[Image.Image]:
    with pdfium.PdfDocument(pdf) as aberto:
        return [pagina.render(scale=150 / 72, rev_byteorder=True).to_pil().convert("RGB") for pagina in aberto]


def medir(programa: str, por_tipo: int, semente: int) -> Iterator[tuple[str, float, float, int]]:
    """Each kind of good page, its recall in percent before and after, and the number of parts."""
    for tipo, jeito in BONS.items():
        ditas, folhas = [], []
        for vez in range(por_tipo):
            sorte = random.Random(f"{semente}/{tipo}/{vez}")  # noqa: S311 - pictures, not secrets
            linhas: list[str] = []
            folhas.append(folha_pronta(jeito(documento(sorte, linhas=linhas), sorte)).pdf)
            ditas.append(Counter(" ".join(linhas).split()))
        limite = max(max(map(len, folhas)), int(sum(map(len, folhas)) * APERTO))
        partes = montar([(pdf, 0) for pdf in folhas], nome_base="x", limite_bytes=limite)
        antes = [imagem for pdf in folhas for imagem in desenhar(pdf)]
        depois = [imagem for parte in partes for imagem in desenhar(parte.conteudo)]
        total = sum(dita.total() for dita in ditas)
        lidas = [
            sum((dita & ler(programa, imagem)).total() for dita, imagem in zip(ditas, imagens, strict=True))
            for imagens in (antes, depois)
        ]
        yield tipo, 100 * lidas[0] / total, 100 * lidas[1] / total, len(partes)


def principal() -> None:
    programa = os.environ.get("TESSERACT") or shutil.which("tesseract")
    if not programa:
        print("skipped: word recall needs the program tesseract (Debian: tesseract-ocr tesseract-ocr-por)")
        return
    por_tipo = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    semente = int(sys.argv[2]) if len(sys.argv) > 2 else 2026
    print(f"seed {semente}: {por_tipo} pages a kind")
    print(f"{'pages':<24} {'before':>8} {'after':>8} {'loss':>6} {'parts':>6}   goal <= {META_PONTOS:.0f} points")
    for tipo, antes, depois, partes in medir(programa, por_tipo, semente):
        veredito = "ok" if antes - depois <= META_PONTOS else "ACIMA DA META"
        print(f"{tipo:<24} {antes:7.1f}% {depois:7.1f}% {antes - depois:6.1f} {partes:6d}   {veredito}", flush=True)


if __name__ == "__main__":
    principal()
