"""Broken files through the whole pipeline: each is accepted with its parts or refused with one sentence.

make fuzz [QUANTOS=20000] [SEMENTE=1]
"""

from __future__ import annotations

import io
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from act_portal.arquivos.caixa import ESTOQUE
from act_portal.arquivos.preparo import preparar

SEGUNDOS = 30
HOJE = date(2026, 11, 2)


def moldes() -> dict[str, bytes]:
    """A small good file of each kind, and the start of a HEIC."""
    imagem = Image.new("RGB", (300, 420), "white")
    ImageDraw.Draw(imagem).text((20, 40), "Requerimento", fill="black", font_size=30)
    achados = {}
    for formato in ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "PDF"):
        saida = io.BytesIO()
        imagem.save(saida, formato)
        achados[formato] = saida.getvalue()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        por_cima = pikepdf.Dictionary(
            Subtype=pikepdf.Name.FreeText, Rect=[50, 500, 250, 560], Contents="Confere", DA="0 g /Helv 12 Tf"
        )
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([por_cima])
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        saida = io.BytesIO()
        pdf.save(saida)
        achados["PDF com programa"] = saida.getvalue()
    achados["HEIC"] = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400)
    return achados


def estragar(dados: bytes, sorte: random.Random) -> bytes:
    """Flip, drop, repeat or cut some bytes."""
    estragado = bytearray(dados)
    for _ in range(sorte.choice([1, 1, 2, 8, 40])):
        if not estragado:
            break
        onde, quanto = sorte.randrange(len(estragado)), sorte.choice([1, 2, 4, 16, 64])
        jeito = sorte.randrange(5)
        if jeito == 0:
            estragado[onde] = sorte.randrange(256)
        elif jeito == 1:
            del estragado[onde : onde + quanto]
        elif jeito == 2:
            estragado[onde:onde] = estragado[onde : onde + quanto]
        elif jeito == 3:
            estragado[onde : onde + quanto] = sorte.choice([b"\xff", b"\x00", b"\x7f"]) * quanto
        elif sorte.random() < 0.3:
            del estragado[onde:]
    return bytes(estragado)


def passar(quantos: int, semente: int, pasta: Path) -> tuple[Counter[str], float]:
    """Answers by kind, and the slowest file in seconds. Raises AssertionError at the first wrong answer.

    Every other file goes through page repair too. A busy machine may keep one waiting: slow twice is slow.
    """
    sorte = random.Random(semente)  # noqa: S311 - broken files, not secrets
    bons = moldes()
    contagem: Counter[str] = Counter()
    pior = 0.0
    for numero in range(quantos):
        tipo = sorte.choice([*bons, "acaso"])
        dados = sorte.randbytes(sorte.randrange(3000)) if tipo == "acaso" else estragar(bons[tipo], sorte)
        caminho, saida = pasta / f"{numero}.bin", pasta / f"partes-{numero}"
        caminho.write_bytes(dados)
        resultado, demora = _cronometrar(caminho, saida, reparar=numero % 2 == 1)
        if demora > SEGUNDOS:
            resultado, demora = _cronometrar(caminho, saida, reparar=numero % 2 == 1)
        pior = max(pior, demora)
        certo = bool(resultado["partes"]) if resultado["aceito"] else resultado["motivo"].endswith(".")
        if not certo or demora > SEGUNDOS:
            raise AssertionError(f"semente {semente}, arquivo {numero} ({tipo}): {demora:.1f} s, {resultado}")
        contagem[f"{tipo}: {'aceito' if resultado['aceito'] else 'recusado'}"] += 1
        caminho.unlink()
        for parte in resultado["partes"]:
            (saida / parte["nome"]).unlink()
        if saida.exists():
            saida.rmdir()
    return contagem, pior


def _cronometrar(caminho: Path, saida: Path, *, reparar: bool) -> tuple[dict[str, Any], float]:
    inicio = time.perf_counter()
    resultado = preparar(caminho, saida, hoje=HOJE, usados=set(), reparar=reparar)
    return resultado, time.perf_counter() - inicio


def principal() -> None:
    quantos = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    semente = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as pasta:
        contagem, pior = passar(quantos, semente, Path(pasta))
    for nome, vezes in sorted(contagem.items()):
        print(f"{nome:<30} {vezes:6}")
    ESTOQUE.encerrar()
    memoria = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{quantos} files, none wrong; the slowest took {pior:.1f} s; the largest box held {memoria} MB")


if __name__ == "__main__":
    principal()
