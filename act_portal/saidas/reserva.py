"""Keeps the lease of a running row alive, so that it may be short and a dead worker is noticed soon."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from django.conf import settings
from django.db import Error, connection
from django.utils.timezone import now

from act_portal.saidas.models import Batimento, Saida

logger = logging.getLogger(__name__)


@contextmanager
def reserva_mantida(saida: Saida) -> Iterator[None]:
    fim = threading.Event()
    linha = threading.Thread(target=_manter, args=(saida, fim), name=f"reserva-{saida.pk}", daemon=True)
    linha.start()
    try:
        yield
    finally:
        fim.set()
        linha.join()


def _manter(saida: Saida, fim: threading.Event) -> None:
    # No longer than the task's hard limit: whoever hangs beyond it is as good as dead.
    limite = monotonic() + settings.CELERY_TASK_TIME_LIMIT
    try:
        while not fim.wait(settings.SAIDAS_RESERVA.total_seconds() / 3) and monotonic() < limite:
            try:
                if not renovar(saida):
                    return
            except Error:
                logger.warning("reserva_nao_renovada id=%s", saida.pk)
    finally:
        connection.close()


def renovar(saida: Saida) -> bool:
    """Extend the lease, if it is still ours. A worker with long work in hand is alive too, so it says so."""
    agora = now()
    Batimento.objects.filter(quem=Batimento.Quem.TRABALHADOR).update(em=agora)
    return bool(
        Saida.objects.filter(pk=saida.pk, estado=Saida.Estado.EXECUTANDO, tentativas=saida.tentativas).update(
            reservada_ate=agora + settings.SAIDAS_RESERVA
        )
    )
