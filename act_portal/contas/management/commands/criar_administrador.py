"""`manage.py criar_administrador E-MAIL NOME`: the first one, whom nobody inside the portal could invite."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from act_portal.contas import chaves, servicos
from act_portal.erros import ErroDeDominio


class Command(BaseCommand):
    help = "Cria um administrador do portal e mostra o endereço em que a pessoa define a senha."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="e-mail com que a pessoa vai entrar")
        parser.add_argument("nome", help="nome completo, entre aspas")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        try:
            validate_email(opcoes["email"])
            vinculo = servicos.criar_administrador(opcoes["email"], opcoes["nome"].strip())
        except ValidationError as erro:
            raise CommandError("Confira o e-mail: ele precisa de uma arroba e de um domínio.") from erro
        except ErroDeDominio as erro:
            raise CommandError(str(erro)) from erro
        usuario = vinculo.usuario
        if usuario.has_usable_password():
            self.stdout.write(
                f"{usuario.email} já tem conta: agora também é administradora. Entra com a senha de sempre."
            )
            return
        endereco = f"{settings.ENDERECO_PUBLICO}{chaves.endereco(usuario, chaves.CONVITE)}"
        dias = chaves.VALIDADE[chaves.CONVITE].days
        self.stdout.write(f"Abra este endereço para definir a senha. Ele vale {dias} dias e serve uma vez:\n{endereco}")
