"""Daily clean-up of what only serves for minutes or hours."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from django_otp.plugins.otp_totp.models import TOTPDevice

from act_portal.cotas.models import Cota

COTAS_GUARDADAS = timedelta(days=2)


def apagar_vencidos() -> dict[str, int]:
    """Delete expired sessions, old attempts and counters, apps never confirmed; says how many of each."""
    agora = now()
    return {
        "sessoes": Session.objects.filter(expire_date__lt=agora).delete()[0],
        "tentativas": AccessAttempt.objects.filter(attempt_time__lt=agora - settings.AXES_COOLOFF_TIME).delete()[0],
        "cotas": Cota.objects.filter(janela__lt=agora - COTAS_GUARDADAS).delete()[0],
        "aplicativos": TOTPDevice.objects.filter(confirmed=False, created_at__lt=agora - timedelta(days=1)).delete()[0],
    }


@shared_task(name="contas.limpar", ignore_result=True)
def limpar() -> None:
    apagar_vencidos()
