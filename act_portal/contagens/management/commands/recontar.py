from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from act_portal.contagens import servicos


class Command(BaseCommand):
    help = "Refaz as contagens diárias a partir dos fatos. Com --conferir só compara, e sai com 1 quando diferem."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--conferir", action="store_true", help="compara e não muda nada")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        diferencas = servicos.conferir() if opcoes["conferir"] else servicos.recontar()
        for d in diferencas:
            chave = f" [{d.lugar.chave}]" if d.lugar.chave else ""
            self.stdout.write(
                f"{d.lugar.dia:%d/%m/%Y} · município {d.lugar.municipio_id} · balcão {d.lugar.balcao_id} · "
                f"{d.lugar.fato}{chave}: estava {d.guardado[0]} (soma {d.guardado[1]}), "
                f"os fatos dão {d.certo[0]} (soma {d.certo[1]})."
            )
        orfaos = servicos.sem_recontagem()
        for fato in orfaos:
            self.stdout.write(f"{fato}: ninguém sabe recontar este fato.")
        if not diferencas and not orfaos:
            self.stdout.write("As contagens são iguais aos fatos.")
        elif not opcoes["conferir"]:
            self.stdout.write(f"{len(diferencas)} contagens acertadas.")
        if orfaos or (diferencas and opcoes["conferir"]):
            sys.exit(1)
