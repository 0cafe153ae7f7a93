"""Hours of a desk, and who waits there now."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from act_portal.territorio.consultas import calendario_de
from act_portal.territorio.models import Municipio
from requerimentos.demonstracao import historias
from requerimentos.demonstracao.historias import Historia, Mesa, Visita
from requerimentos.demonstracao.pessoas import Ficha

PRIORIDADES = ("nenhuma", "gestante", "nenhuma", "deficiencia", "doador", "mobilidade")
ESPERAS_MINUTOS = (58, 47, 39, 26, 14, 5)


class Relogio:
    """Working days, eight to four, and never after now. Nothing of today comes before `desde`."""

    def __init__(
        self, municipio: Municipio, agora: datetime, sorte: random.Random, desde: datetime | None = None
    ) -> None:  # fmt: skip
        self.fuso, self.agora, self.sorte = municipio.fuso, agora, sorte
        self.calendario = calendario_de(municipio)
        self.hoje = agora.astimezone(self.fuso).date()
        meia_noite = datetime.combine(self.hoje, time(0, 0, 1), self.fuso)
        self.desde = max(meia_noite, desde) if desde else meia_noite

    def visita(self, mesa: Mesa, numero: int, ficha: Ficha | None, dias: int, ordem: int) -> Visita:
        autor = mesa.atendentes[ordem % len(mesa.atendentes)]
        conversa = timedelta(minutes=self.sorte.randint(12, 34))
        if dias == 0:
            espera = timedelta(minutes=3)
            return Visita(numero, ficha, self.hoje_ha(90 - 4 * (ordem % 8)), espera, conversa, autor)
        dia = self._dia_util(dias)
        inicio = datetime.combine(dia, time(8), self.fuso) + timedelta(minutes=self.sorte.randint(3, 450))
        return Visita(numero, ficha, inicio, timedelta(minutes=self.sorte.randint(2, 46)), conversa, autor)

    def hoje_ha(self, minutos: int) -> datetime:
        # Just after midnight, or after somebody's work, the whole morning is squeezed into what there is of today.
        passados = (self.agora - self.desde) / 100
        return max(self.agora - timedelta(minutes=minutos), self.desde + passados * (99 - minutos))

    def _dia_util(self, dias: int) -> date:
        dia = self.hoje - timedelta(days=dias)
        while not self.calendario.dia_util(dia):
            dia -= timedelta(days=1)
        return dia


def fila_de_hoje(mesa: Mesa, relogio: Relogio, quem: Mapping[int, Ficha | None]) -> Iterator[Historia]:
    """Up to six people who wait now, each for another reason, the first of them already called."""
    for n, (numero, ficha) in enumerate(quem.items()):
        visita = relogio.visita(mesa, numero, ficha, 0, n)
        visita.chegada = relogio.hoje_ha(ESPERAS_MINUTOS[n])
        visita.espera = timedelta(minutes=min(ESPERAS_MINUTOS[n] - 1, 40))
        visita.prioridade = PRIORIDADES[n]
        yield historias.na_fila(mesa, visita, chamada=n == 0)
