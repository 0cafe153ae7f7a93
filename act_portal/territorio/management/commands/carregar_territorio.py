"""`manage.py carregar_territorio`: municípios and INSS units from the files that ship with the portal."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from act_portal.territorio.carga import carregar


class Command(BaseCommand):
    help = "Carrega municípios e unidades do INSS. Pode repetir: só grava o que mudou."

    def handle(self, *args: Any, **opcoes: Any) -> None:
        m = carregar()
        if not m.houve:
            self.stdout.write(f"Território {m.versao}: nada mudou.")
            return
        self.stdout.write(
            f"Território {m.versao}: municípios {m.municipios_novos} novos e {m.municipios_alterados} alterados; "
            f"unidades do INSS {m.unidades_novas} novas e {m.unidades_alteradas} alteradas; "
            f"{m.contatos_novos} contatos novos; {m.ligacoes} municípios ligados a uma unidade."
        )
