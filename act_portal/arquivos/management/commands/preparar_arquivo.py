"""manage.py preparar_arquivo FILE... --saida DIR: the pipeline of the portal from the shell, one JSON line a file."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from act_portal.arquivos.preparo import preparar


class Command(BaseCommand):
    help = (
        "Prepara arquivos para o INSS: confere, põe em folhas A4 de 150 DPI e divide no limite. "
        "Escreve uma linha JSON por arquivo; recusa também é resultado, e a saída é 0."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("arquivos", nargs="+", type=Path, metavar="ARQUIVO")
        parser.add_argument(
            "--reparar", action="store_true", help="endireita, desentorta, põe em pé e clareia cada página que precisa"
        )
        parser.add_argument("--json", action="store_true", help="uma linha JSON por arquivo (é sempre assim)")
        parser.add_argument("--saida", required=True, type=Path, metavar="PASTA", help="onde ficam as partes prontas")

    def handle(self, *args, arquivos: list[Path], saida: Path, reparar: bool, **options) -> None:
        usados: set[str] = set()
        for caminho in arquivos:
            resultado = preparar(caminho, saida, hoje=localdate(), usados=usados, reparar=reparar)
            # A name that is not UTF-8 comes as lone surrogates, which no stream accepts.
            linha = json.dumps(resultado, ensure_ascii=False).encode("utf-8", "replace")
            self.stdout.write(linha.decode("utf-8"))
