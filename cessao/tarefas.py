"""The periodic task of the cession (Celery looks for this module in each installed app)."""

from __future__ import annotations

from celery import shared_task

from cessao.ocupacao.servicos import desocupacao, saida


@shared_task(name="cessao.vigiar")
def vigiar() -> None:
    saida.vigiar()
    desocupacao.vigiar()
