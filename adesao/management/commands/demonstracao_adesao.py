"""`manage.py demonstracao_adesao`: invented town halls in every stage of joining."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from act_portal.erros import ErroDeDominio
from adesao.demonstracao import montar


class Command(BaseCommand):
    help = "Cria a demonstração da adesão (dados fictícios), uma vez só."

    def handle(self, *args: Any, **opcoes: Any) -> None:
        if montar.existe():
            return
        self.stdout.write("Criando a demonstração da adesão (dados fictícios)...")
        try:
            montar.criar()
        except ErroDeDominio as erro:
            raise CommandError(str(erro)) from erro
