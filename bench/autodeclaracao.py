"""The self-declaration of the special insured, with 12 periods and 6 plots, against bare WeasyPrint on the same HTML.

The same two paths, and the same taking of turns, as `bench.papeis`. Goal: at most 1.15 times.

    python -m bench.autodeclaracao [rounds]
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import papeis

PERIODOS, TERRAS = 12, 6


def conteudos() -> dict:
    """Content by template code, as `bench.papeis` asks for it."""
    from tests.requerimentos.papeis_da_ficha import autodeclaracao

    return {"autodeclaracao-rural": autodeclaracao(PERIODOS, TERRAS)}


if __name__ == "__main__":
    papeis.main(int(sys.argv[1]) if len(sys.argv) > 1 else 15, f"{PERIODOS} periods, {TERRAS} plots", conteudos)
