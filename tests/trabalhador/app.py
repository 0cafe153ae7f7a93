"""The portal's Celery application with one more handler, for the tests that start a real worker.

`python -m tests.trabalhador.app N` makes the database and promises N pieces of work.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from act_portal.celery import app  # noqa: E402
from act_portal.saidas.models import Saida  # noqa: E402
from act_portal.saidas.servicos import prometer, tratador  # noqa: E402

__all__ = ["app"]
PASTA = Path(os.environ["TESTE_PASTA"])


def anotar(nome: str, chave: str) -> None:
    with (PASTA / nome).open("a") as arquivo:
        arquivo.write(f"{chave}\n")


@tratador("teste.demorar")
def demorar(saida: Saida) -> None:
    """Starts, waits to be let go, ends."""
    anotar("inicios", saida.chave)
    while not (PASTA / "soltar").exists():
        time.sleep(0.05)
    anotar("fins", saida.chave)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        for n in range(int(sys.argv[1])):
            prometer("teste.demorar", chave=str(n))
