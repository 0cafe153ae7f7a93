"""The Celery application: only the doorbell of the outbox (see `saidas`)."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")
TRANSPORT_ALIASES["filesystem"] = "act_portal.saidas.fila_em_disco:Transport"

app = Celery("act_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tarefas")
