"""Pages a minute on two cores, and the most memory that one process of the pipeline took, with 12-megapixel photos.

python bench/vazao.py [PHOTOS_PER_CORE]
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

from act_portal.arquivos import caixa, tipos
from bench.fotos import fotografia

NUCLEOS = 2


def fazer(caminho: str, quantas: int) -> tuple[int, int]:
    """(pages made, peak of the caller in kB); the boxes are its children."""
    paginas = sum(len(list(caixa.normalizar(Path(caminho), tipos.JPEG, reparar="foto"))) for _ in range(quantas))
    return paginas, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _um(caminho: str, quantas: int, resposta: multiprocessing.SimpleQueue[tuple[int, int, int]]) -> None:
    paginas, proprio = fazer(caminho, quantas)
    caixa.ESTOQUE.encerrar()
    resposta.put((paginas, proprio, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))


def principal() -> None:
    quantas = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as pasta:
        caminho = Path(pasta) / "foto.jpg"
        caminho.write_bytes(fotografia(False))
        contexto = multiprocessing.get_context("spawn")
        resposta = contexto.SimpleQueue()
        inicio = time.perf_counter()
        processos = [contexto.Process(target=_um, args=(str(caminho), quantas, resposta)) for _ in range(NUCLEOS)]
        for processo in processos:
            processo.start()
        respostas = [resposta.get() for _ in processos]
        gasto = time.perf_counter() - inicio
        for processo in processos:
            processo.join()
    paginas = sum(r[0] for r in respostas)
    print(f"{paginas} photos of 12 MP on {NUCLEOS} cores: {60 * paginas / gasto:.0f} pages a minute")
    print(f"peak memory: {max(r[1] for r in respostas) / 1024:.0f} MB the caller, "
          f"{max(r[2] for r in respostas) / 1024:.0f} MB a box")  # fmt: skip


if __name__ == "__main__":
    principal()
