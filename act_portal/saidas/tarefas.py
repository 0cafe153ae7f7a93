"""The Celery tasks of the outbox: ring for one row, sweep for what the ring missed, and show that somebody works."""

from __future__ import annotations

from celery import shared_task
from celery.signals import worker_ready
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.timezone import now

from act_portal.saidas import servicos
from act_portal.saidas.models import Batimento, Saida


@shared_task(name="saidas.cumprir")
def cumprir(saida_id: int) -> None:
    # Under a long queue the periodic beat waits its turn; the work itself is a sign of life too.
    if cache.add("saidas.bateu", True, 10):
        servicos.bater(Batimento.Quem.TRABALHADOR)
    servicos.executar(saida_id)


@shared_task(name="saidas.varrer")
def varrer(lote: int = 100) -> None:
    """Ring again for what is due: a lost ring, a wait that is over, a lease that ran out."""
    agora = now()
    Saida.objects.enterrar_assassinas(agora)
    vencidas = Saida.objects.vencidas(agora).order_by("proxima_em")
    for pk in vencidas.values_list("pk", flat=True)[:lote]:
        # The ring dies before the next sweep, so that a full queue does not grow fat.
        cumprir.apply_async([pk], expires=settings.SAIDAS_VARREDURA.total_seconds())


@shared_task(name="saidas.batimento")
def batimento() -> None:
    """Scheduler, broker, worker and database all answered: the whole round was made."""
    servicos.bater(Batimento.Quem.TRABALHADOR, Batimento.Quem.AGENDA)


@shared_task(name="saidas.podar")
def podar() -> None:
    servicos.podar()


@worker_ready.connect
def acordar(**_sinal: object) -> None:
    """A worker that came back says so at once, and looks for what waited; the schedule would take its time."""
    try:
        servicos.bater(Batimento.Quem.TRABALHADOR)
        varrer()
    finally:
        connection.close()
