"""The periodic tasks of the desk (Celery looks for this module in each installed app)."""

from __future__ import annotations

from celery import shared_task

from requerimentos.acompanhamento import ronda, servicos
from requerimentos.agenda import servicos as agenda


@shared_task(name="acompanhamento.consultar_inss")
def consultar_inss() -> None:
    ronda.consultar_vencidos()


@shared_task(name="acompanhamento.consultar_um")
def consultar_um(requerimento_id: int) -> None:
    """The doorbell of “Consultar agora”."""
    ronda.consultar(requerimento_id)


@shared_task(name="acompanhamento.prazos")
def prazos() -> None:
    """Each day: what ended first, so that nobody is reminded of a deadline that is over."""
    servicos.vencer_exigencias()
    servicos.lembrar_prazos()
    agenda.lembrar()
