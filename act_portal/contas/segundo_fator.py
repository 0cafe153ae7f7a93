"""Second factor: one authenticator app (TOTP) and ten recovery codes."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode

import segno
from django.conf import settings
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from act_portal.contas.models import Usuario

NOME = "portal"
CODIGOS = 10
# No letter that is mistaken for another when copied from paper.
ALFABETO = "23456789abcdefghjkmnpqrstuvwxyz"


def aparelho(usuario: Usuario) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=usuario, confirmed=True).first()


def codigos_restantes(usuario: Usuario) -> int:
    return StaticToken.objects.filter(device__user=usuario, device__confirmed=True).count()


@transaction.atomic
def preparar(usuario: Usuario) -> TOTPDevice:
    """The app that waits for its first code; the same one until then, so that a reload keeps the QR valid."""
    # Two tabs opened together would make two apps, and only one of them is on the phone.
    _um_por_vez(usuario)
    por_confirmar = TOTPDevice.objects.filter(user=usuario, confirmed=False).order_by("pk").first()
    return por_confirmar or TOTPDevice.objects.create(user=usuario, confirmed=False, name=NOME)


def qr(dispositivo: TOTPDevice) -> str:
    """`data:` address of the SVG, so that the secret never travels in an address of its own."""
    return segno.make(dispositivo.config_url, error="m").svg_data_uri(scale=5, border=2, dark="#071d41", light="#fff")


def chave_legivel(dispositivo: TOTPDevice) -> str:
    """The secret in groups of four, for who cannot read the QR."""
    chave = b32encode(dispositivo.bin_key).decode().rstrip("=")
    return " ".join(chave[i : i + 4] for i in range(0, len(chave), 4))


def conferir(usuario: Usuario, codigo: str) -> Device | None:
    """The device that accepts `codigo` (six digits of the app, or a recovery code, which is then spent)."""
    limpo = "".join(codigo.split()).replace("-", "").lower()
    with transaction.atomic():
        if limpo.isdigit() and len(limpo) == 6:
            dispositivo: Device | None = (
                TOTPDevice.objects.select_for_update().filter(user=usuario, confirmed=True).first()
            )
            ficha = limpo
        else:
            dispositivo = StaticDevice.objects.select_for_update().filter(user=usuario, confirmed=True).first()
            ficha = _resumo(limpo)
        return dispositivo if dispositivo and dispositivo.verify_token(ficha) else None


@transaction.atomic
def novos_codigos(usuario: Usuario) -> list[str]:
    """Ten fresh recovery codes; the database keeps only their keyed digests."""
    # A double click would leave two lists, and the one on the screen might not be the one that opens.
    _um_por_vez(usuario)
    StaticDevice.objects.filter(user=usuario).delete()
    dispositivo = StaticDevice.objects.create(user=usuario, name=NOME)
    codigos = ["".join(secrets.choice(ALFABETO) for _ in range(10)) for _ in range(CODIGOS)]
    StaticToken.objects.bulk_create([StaticToken(device=dispositivo, token=_resumo(c)) for c in codigos])
    return [f"{c[:5]}-{c[5:]}" for c in codigos]


def apagar(usuario: Usuario) -> int:
    """Forget the app and the codes; says how many apps there were."""
    apps, _ = TOTPDevice.objects.filter(user=usuario).delete()
    StaticDevice.objects.filter(user=usuario).delete()
    return apps


def _um_por_vez(usuario: Usuario) -> None:
    Usuario.objects.select_for_update().get(pk=usuario.pk)


def _resumo(codigo: str) -> str:
    resumo = hmac.new(settings.SECRET_KEY.encode(), f"contas.codigo|{codigo}".encode(), "sha256")
    return resumo.hexdigest()[:16]
