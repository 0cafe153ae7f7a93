"""`manage.py demonstracao_cessao`: invented properties of INSS, and who asked for them and uses them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from act_portal.erros import ErroDeDominio
from cessao import demonstracao


class Command(BaseCommand):
    help = "Cria a demonstração da cessão (dados fictícios), uma vez só."

    def handle(self, *args: Any, **opcoes: Any) -> None:
        if demonstracao.existe() or not demonstracao.ha_quem_faca():
            return
        self.stdout.write("Criando a demonstração da cessão (dados fictícios)...")
        try:
            demonstracao.criar()
        except ErroDeDominio as erro:
            raise CommandError(str(erro)) from erro
