"""What the tests of sign-in share."""

from __future__ import annotations

import re
import time

from django.core import mail
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from act_portal.contas.models import Usuario

SENHA = "senha-de-teste-123"
NOVA = "cavalo-bateria-grampo"
ENTRAR = "/entrar/"
DEFINIR = "/esqueci-a-senha/nova/"


def entrar(cliente: Client, usuario: Usuario, senha: str = SENHA, **campos):
    return cliente.post(ENTRAR, {"email": usuario.email, "senha": senha, **campos})


def mudar_sessao(cliente: Client, **valores) -> None:
    guardada = cliente.session
    guardada.update(valores)
    guardada.save()


def codigo_do_aplicativo(aparelho: TOTPDevice, passos: int = 0) -> str:
    """The six digits that the app shows, `passos` half minutes from now."""
    totp = TOTP(aparelho.bin_key, aparelho.step, aparelho.t0, aparelho.digits, aparelho.drift)
    totp.time = time.time() + passos * 30
    return f"{totp.token():06d}"


def ligar_segundo_fator(usuario: Usuario) -> TOTPDevice:
    return TOTPDevice.objects.create(user=usuario, name="portal", confirmed=True)


def link_do_email() -> str:
    return re.search(r"http://localhost:\d+(/esqueci-a-senha/\S+)", str(mail.outbox[-1].body))[1]
