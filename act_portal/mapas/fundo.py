"""The country as a light cloud of all its municípios: `python -m act_portal.mapas.fundo` writes it to `static/`.

A file, because it changes only with the territory's data and every page with a map shares it.
"""

from __future__ import annotations

from pathlib import Path

from act_portal.mapas import municipios
from act_portal.mapas.desenho import svg_da_nuvem
from act_portal.mapas.geometria import BRASIL

ARQUIVO = Path(__file__).resolve().parents[2] / "static" / "img" / "mapa-brasil.svg"
HALO, GRAO = ("#dde7f6", 16.0), ("#92b0de", 2.6)


def desenhar() -> str:
    return svg_da_nuvem(BRASIL, map(BRASIL.por, municipios.todos()), halo=HALO, grao=GRAO)


if __name__ == "__main__":
    ARQUIVO.write_text(desenhar(), encoding="utf-8")
