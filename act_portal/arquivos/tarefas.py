"""Housekeeping of the storage."""

from __future__ import annotations

import logging

from celery import shared_task

from act_portal.arquivos import servicos

logger = logging.getLogger(__name__)


@shared_task(name="arquivos.apagar_orfaos")
def apagar_orfaos() -> None:
    apagados = servicos.apagar_orfaos()
    if apagados:
        logger.info("orfaos_apagados quantos=%s", apagados)
