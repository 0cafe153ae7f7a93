"""`manage.py demonstracao`: invented towns, people and months of work to look at."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from act_portal.demonstracao import contas
from act_portal.erros import ErroDeDominio
from requerimentos.demonstracao import inss, montar


class Command(BaseCommand):
    help = "Cria a demonstração (dados fictícios), uma vez só."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contas", action="store_true", help="mostra as contas da demonstração")
        parser.add_argument("--inss", action="store_true", help="conta ao INSS de treino os pedidos da demonstração")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        try:
            if opcoes["contas"]:
                self.stdout.write("\n".join(contas.tabela()))
            elif opcoes["inss"]:
                inss.plantar()
            elif not montar.existe():
                self.stdout.write("Criando a demonstração (dados fictícios)...")
                montar.criar()
        except ErroDeDominio as erro:
            raise CommandError(str(erro)) from erro
