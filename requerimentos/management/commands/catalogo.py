"""`manage.py catalogo`: check the catalogue and print it as it stood on a day, or keep its versions."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from requerimentos.demanda.catalogo import Catalogo, ErroDoCatalogo, carregar
from requerimentos.demanda.servico import Servico
from requerimentos.demanda.servicos import guardar_catalogo
from requerimentos.demanda.valores import preencher


class Command(BaseCommand):
    help = "Confere o catálogo de serviços e mostra como ele era num dia."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="uma lista JSON, com a versão de cada serviço")
        parser.add_argument("--guardar", action="store_true", help="guarda as versões novas no banco; pode repetir")
        parser.add_argument("--em", type=_dia, default=None, metavar="AAAA-MM-DD", help="o dia (padrão: hoje)")

    def handle(self, *args: Any, **opcoes: Any) -> None:
        try:
            self._fazer(opcoes)
            self.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has seen enough (`| head`); Python must find nothing left to write when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _fazer(self, opcoes: dict[str, Any]) -> None:
        dia = opcoes["em"] or localdate()
        try:
            catalogo = carregar()
        except ErroDoCatalogo as erro:
            raise CommandError(str(erro)) from erro
        if opcoes["guardar"]:
            novas = guardar_catalogo()
            mudou = f"{len(novas)} com versão nova ({', '.join(novas[:3])}...)" if novas else "nada mudou"
            self.stdout.write(f"Catálogo de {len(catalogo)} serviços: {mudou}.")
        elif opcoes["json"]:
            # The version is that of the whole file: filtering by day must not give another one.
            linhas = [
                {**s.como_dados(), "versao": catalogo.servico(s.codigo).versao, "a_conferir": s.a_conferir()}
                for s in catalogo.em(dia)
            ]
            self.stdout.write(json.dumps(linhas, ensure_ascii=False, indent=2))
        else:
            self._mostrar(catalogo, dia)

    def _mostrar(self, catalogo: Catalogo, dia: date) -> None:
        servicos = catalogo.em(dia)
        for servico in servicos:
            versao = catalogo.servico(servico.codigo).versao
            self.stdout.write(f"{servico.nome} [{servico.codigo}, versão {versao}]{_vigencia(servico)}")
            for condicao in servico.condicoes:
                self.stdout.write(f"  - {preencher(condicao.texto, dia)} ({condicao.base})")
            for vaga in servico.vagas:
                quando = {"sempre": "obrigatório", "opcional": "opcional"}.get(vaga.quando, f"se {vaga.se_texto}")
                self.stdout.write(f"  * {vaga.nome}: {quando} ({vaga.base})")
        self.stdout.write(f"{len(servicos)} serviços em {dia:%d/%m/%Y}.")
        for servico in catalogo.vencidos(dia):
            self.stdout.write(f"Sem conferência há mais de um ano: {servico.nome} ({servico.conferido_em:%d/%m/%Y}).")


def _vigencia(servico: Servico) -> str:
    de = f"desde {servico.vigente_de:%d/%m/%Y}" if servico.vigente_de else ""
    ate = f"até {servico.vigente_ate:%d/%m/%Y}" if servico.vigente_ate else ""
    return f", {' '.join(filter(None, [de, ate]))}" if de or ate else ""


def _dia(texto: str) -> date:
    try:
        return date.fromisoformat(texto)
    except ValueError as erro:
        raise ArgumentTypeError(f"“{texto}” não é um dia: escreva AAAA-MM-DD.") from erro
