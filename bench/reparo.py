"""Page repair, measured on photographed sheets made here: corners found, lines level, upright.

python bench/reparo.py [PHOTOS] [SEED]
"""

from __future__ import annotations

import random
import sys
import time

import numpy as np
from PIL import Image

from act_portal.arquivos.receita import Receita
from act_portal.arquivos.reparo import consertar, propor
from bench._mesa import fotografar
from bench.legibilidade import BONS, documento


def erro_dos_cantos(receita: Receita, cantos: np.ndarray, foto: Image.Image) -> float:
    """The farthest of the four, in hundredths of the photo's long side; 100 when nothing was found."""
    if not receita.cantos:
        return 100.0
    achados = np.float32(receita.cantos) * np.float32(foto.size)
    return float(np.linalg.norm(achados - cantos, axis=1).max() / max(foto.size) * 100)


def medir(quantas: int, semente: int) -> None:
    erros, tempos, tortas, direcoes = [], [], [], 0
    for vez in range(quantas):
        sorte = random.Random(f"{semente}/foto/{vez}")  # noqa: S311 - pictures, not secrets
        giro = sorte.choice([0, 0, 0, 90, 180, 270])
        folha = documento(sorte, ponto=sorte.uniform(9, 13))
        girada = folha.rotate(-giro, expand=True)
        deitada = giro in {90, 270}
        foto, cantos = fotografar(girada, sorte, largura=2000 if deitada else 1500, altura=1500 if deitada else 2000)
        inicio = time.perf_counter()
        receita = propor(foto)
        consertar(foto, receita)
        tempos.append(time.perf_counter() - inicio)
        erros.append(erro_dos_cantos(receita, cantos, foto))
        direcoes += receita.giro == (360 - giro) % 360
        tortas.append(abs(receita.inclinacao))
    achadas = [erro for erro in erros if erro < 2]
    print(f"seed {semente}: {quantas} photos, {1000 * sum(tempos) / quantas:.0f} ms each (proposal and repair)")
    print(
        f"sheet found within 2 % of the long side: {len(achadas) / quantas:.1%}; "
        f"median error {np.median(achadas):.2f} %"
    )
    print(f"wrong corners taken for sure: {sum(2 <= erro < 100 for erro in erros)}")
    print(f"upright after repair: {direcoes / quantas:.1%}")
    falsas = giradas = 0
    for nome, jeito in BONS.items():
        for vez in range(quantas // 4):
            sorte = random.Random(f"{semente}/{nome}/{vez}")  # noqa: S311
            receita = propor(jeito(documento(sorte), sorte))
            falsas += bool(receita.cantos)
            giradas += bool(receita.giro)
    print(f"scans without a table ({quantas // 4 * len(BONS)}): sheet 'found' in {falsas}, turned {giradas}")
    desvios = []
    for vez in range(quantas // 2):
        sorte = random.Random(f"{semente}/torto/{vez}")  # noqa: S311
        graus = sorte.uniform(-6, 6)
        torta = documento(sorte).rotate(graus, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        desvios.append(abs(propor(torta).inclinacao - graus))
    print(
        f"skew to 6 degrees: error median {np.median(desvios):.2f}, 95 % below {np.percentile(desvios, 95):.2f} degrees"
    )


def principal() -> None:
    medir(int(sys.argv[1]) if len(sys.argv) > 1 else 80, int(sys.argv[2]) if len(sys.argv) > 2 else 2026)


if __name__ == "__main__":
    principal()
