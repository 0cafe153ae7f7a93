"""How a notice leaves. Each channel is a function of (contact, subject, text, key); a provider is one more function."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from requerimentos.models import Pessoa

logger = logging.getLogger(__name__)


class SemEntrega(Exception):
    """This contact will never get it; the text says why, in plain words."""


Canal = Callable[[str, str, str, str], None]


def email(destino: str, assunto: str, texto: str, chave: str) -> None:
    """By the configured mail backend: files under `var/` by default, SMTP by setting.

    The Message-ID comes from the key: the same notice sent twice is one message for the reader's program.
    """
    dominio = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "portal-act.invalid"
    mensagem = EmailMessage(
        subject=assunto, body=texto, to=[destino], headers={"Message-ID": f"<{chave.replace(':', '.')}@{dominio}>"}
    )
    try:
        mensagem.send()
    except smtplib.SMTPRecipientsRefused as erro:
        raise SemEntrega("O e-mail da pessoa não aceita mensagens. Confira o endereço.") from erro


def so_registro(destino: str, assunto: str, texto: str, chave: str) -> None:
    """SMS and WhatsApp until a provider is hired: the log keeps that a notice was due, and the desk hears that it
    did not leave, because a notice called sent that nobody gets costs the person a deadline.
    """
    logger.info("aviso_registrado chave=%s", chave)
    raise SemEntrega("O município ainda não tem serviço de SMS e WhatsApp. Avise a pessoa de outro jeito.")


CANAIS: dict[str, Canal] = {
    Pessoa.Canal.EMAIL: email,
    Pessoa.Canal.SMS: so_registro,
    Pessoa.Canal.WHATSAPP: so_registro,
}
