from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from act_portal.contas.tarefas import apagar_vencidos


class Command(BaseCommand):
    help = "Apaga sessões, tentativas de entrada e contadores vencidos."

    def handle(self, *args: Any, **opcoes: Any) -> None:
        for nome, quantos in apagar_vencidos().items():
            self.stdout.write(f"{nome}: {quantos}")
