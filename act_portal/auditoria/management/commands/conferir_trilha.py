from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from act_portal.auditoria.conferencia import Resultado, conferir
from act_portal.auditoria.models import PORTAL


class Command(BaseCommand):
    help = "Confere a trilha de auditoria e diz onde foi mexida. Sai com 1 quando acha uma quebra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipio", metavar="IBGE", help="só esta corrente (ou 'portal')")
        parser.add_argument("--json", action="store_true", help="uma linha de JSON, com as pontas para guardar")
        parser.add_argument(
            "--anterior",
            metavar="ARQUIVO",
            type=Path,
            help="resultado em JSON de uma conferência passada, guardado fora deste banco: acha a volta no tempo",
        )

    def handle(self, *args: Any, **opcoes: Any) -> None:
        resultado = conferir(opcoes["municipio"], anteriores=self._anteriores(opcoes["anterior"]))
        if opcoes["json"]:
            self.stdout.write(json.dumps(resultado.como_dicionario(), ensure_ascii=False))
        else:
            self._contar(resultado)
        if not resultado.integra:
            sys.exit(1)

    def _anteriores(self, arquivo: Path | None) -> dict[str, list]:
        if arquivo is None:
            return {}
        try:
            return {nome: ponta for nome, ponta in json.loads(arquivo.read_text())["pontas"].items() if ponta[0]}
        except (OSError, ValueError, KeyError, TypeError) as erro:
            raise CommandError(f"{arquivo} não é o resultado de uma conferência em JSON.") from erro

    def _contar(self, resultado: Resultado) -> None:
        for quebra in resultado.quebras:
            onde = "Portal" if quebra.corrente == PORTAL else f"Município {quebra.corrente}"
            self.stdout.write(f"{onde}: {quebra.frase}")
        lidos = f"{resultado.eventos} eventos em {len(resultado.pontas)} correntes"
        if resultado.integra:
            self.stdout.write(f"A trilha está íntegra: {lidos}.")
        else:
            lugares = "1 lugar" if len(resultado.quebras) == 1 else f"{len(resultado.quebras)} lugares"
            self.stdout.write(f"A trilha foi mexida em {lugares}: {lidos}.")
