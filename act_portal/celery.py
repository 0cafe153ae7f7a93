"""The Celery application: only the doorbell of the outbox (see `saidas`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "act_portal.settings")

app = Celery("act_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="tarefas")
