from __future__ import annotations

from celery import shared_task

from act_portal.auditoria import servicos


@shared_task(name="auditoria.marcar")
def marcar() -> None:
    servicos.marcar()
