"""The catalogue of services: read and check every file, against only parsing the same files; then what a page pays.

Cold is what a process pays once; cached, what each page pays for its service, its list and its search.
"""

from __future__ import annotations

import os
import tempfile
import time
import tomllib
from collections.abc import Callable
from decimal import Decimal

from bench.medir import CABECALHO, comparar

META_FRIO = 2.0
# Of a bare parse of all files.
META_GUARDADO = 0.05
VEZES = 200


def principal() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-catalogo-") as pasta:
        os.environ["VAR"] = pasta
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
        import django

        django.setup()
        medir()


def medir() -> None:
    from requerimentos.demanda import valores
    from requerimentos.demanda.catalogo import PASTA, carregar

    arquivos = [*sorted(PASTA.glob("*.toml")), valores.ARQUIVO]

    def so_ler() -> None:
        for arquivo in arquivos:
            tomllib.loads(arquivo.read_text(encoding="utf-8"), parse_float=Decimal)

    def ler_e_conferir() -> None:
        carregar.cache_clear()
        valores.ler.cache_clear()
        carregar()

    linhas = sum(len(arquivo.read_text(encoding="utf-8").splitlines()) for arquivo in arquivos)
    print(f"{len(arquivos)} files, {linhas:,} lines, {len(carregar())} services")
    print(CABECALHO)
    frio = comparar(so_ler, ler_e_conferir)
    print(frio.linha("cold: read, checked and joined", META_FRIO))
    print(f"\n{'cached, per call':<44} {'us':>9} {'of a bare parse':>16}   goal <= {META_GUARDADO:.0%}")
    hoje = carregar().servicos[0].conferido_em
    for nome, funcao in (
        ("one service by code", lambda: carregar().servico("bpc-pcd")),
        ("the list by group", lambda: carregar().por_grupo(carregar().vigentes(hoje))),
        ("search, one word", lambda: carregar().buscar("roça")),
        ("search, a whole sentence", lambda: carregar().buscar("minha mãe não consegue mais trabalhar na roça")),
        ("search, one slip", lambda: carregar().buscar("apozentadoria")),
    ):
        _linha(nome, funcao, frio.mediana_nu)


def _linha(nome: str, funcao: Callable[[], object], nu: float) -> None:
    funcao()
    inicio = time.perf_counter()
    for _ in range(VEZES):
        funcao()
    cada = (time.perf_counter() - inicio) / VEZES
    veredito = "ok" if cada / nu <= META_GUARDADO else "ABOVE THE GOAL"
    print(f"{nome:<44} {cada * 1e6:9.1f} {cada / nu:16.4%}   {veredito}")


if __name__ == "__main__":
    principal()
