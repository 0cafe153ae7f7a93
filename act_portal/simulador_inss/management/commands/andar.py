from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from act_portal.simulador_inss import servicos


class Command(BaseCommand):
    help = "Moves along the tasks whose automatic step fell due."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        while passos := servicos.andar():
            total += passos
        self.stdout.write(f"{total} passo(s).")
