"""`python -m tests.jornadas.preparar [--demonstracao | --adesao]`: tables, territory, two desks and their accounts.

Cases are made by the journeys, or are those of the demonstration."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils.timezone import localdate, now  # noqa: E402

from act_portal.demonstracao.contas import criar_contas  # noqa: E402
from act_portal.demonstracao.lugares import criar_balcoes  # noqa: E402
from act_portal.demonstracao.relogio import relogio_em  # noqa: E402
from tests.jornadas import cessao  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("carregar_territorio", verbosity=0)
    call_command("catalogo", guardar=True)
    if "--demonstracao" in sys.argv:
        call_command("demonstracao")
        call_command("demonstracao_adesao")
    elif "--adesao" in sys.argv:
        call_command("demonstracao_adesao")
        cessao.preparar()
    else:
        inicio = now() - timedelta(days=60)
        with relogio_em(inicio), transaction.atomic():
            criar_balcoes(localdate(inicio))
            criar_contas(localdate(inicio))
