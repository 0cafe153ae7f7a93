"""`manage.py diagramas`: draw the tables of states again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from act_portal.diagramas import PASTA, paginas


class Command(BaseCommand):
    help = "Desenha em docs/estados/ os estados e os caminhos de cada parte do portal."

    def handle(self, *args: Any, **opcoes: Any) -> None:
        PASTA.mkdir(exist_ok=True)
        for arquivo, texto in paginas().items():
            arquivo.write_text(texto, encoding="utf-8")
            self.stdout.write(str(arquivo))
