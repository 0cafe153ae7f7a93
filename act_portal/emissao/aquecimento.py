"""The worker draws its first paper before anybody asks for one."""

from __future__ import annotations

import logging
from typing import Any

from celery.signals import worker_init, worker_process_init

logger = logging.getLogger(__name__)


@worker_init.connect
def importar(**_: Any) -> None:
    """In the parent: every child inherits the import, which is the slow part (a child has 4 s to say it is up)."""
    import weasyprint  # noqa: F401


@worker_process_init.connect
def aquecer(**_: Any) -> None:
    from act_portal.emissao import render

    try:
        render.aquecer()
    except Exception:  # a worker that cannot draw must still send; each paper will say what failed
        logger.exception("aquecimento_falhou")
