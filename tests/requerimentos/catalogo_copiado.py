"""A copy of the catalogue that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

from requerimentos.demanda.catalogo import PASTA


def copiar(pasta: Path) -> Path:
    return shutil.copytree(PASTA, pasta / "catalogo")


def estragar(pasta: Path, arquivo: str, antes: str, depois: str) -> int:
    """Put `depois` in the place of the first `antes`; the line where that is."""
    caminho = pasta / arquivo
    texto = caminho.read_text(encoding="utf-8")
    assert antes in texto
    caminho.write_text(texto.replace(antes, depois, 1), encoding="utf-8")
    return texto[: texto.index(antes)].count("\n") + 1
