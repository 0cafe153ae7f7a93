"""Housekeeping of the storage."""

from __future__ import annotations

import logging

from celery import shared_task

from act_portal.arquivos import deposito, orfaos, remessas

logger = logging.getLogger(__name__)


@shared_task(name="arquivos.apagar_orfaos")
def apagar_orfaos() -> None:
    try:
        apagados = orfaos.apagar_orfaos()
    except deposito.falhas():
        # The storage is away: /saude/ says so, and tomorrow is another night.
        logger.warning("faxina_sem_deposito")
        return
    if apagados:
        logger.info("orfaos_apagados quantos=%s", apagados)


@shared_task(name="arquivos.limpar_remessas")
def limpar_remessas() -> None:
    if apagadas := remessas.limpar_paradas():
        logger.info("remessas_apagadas quantas=%s", apagadas)
