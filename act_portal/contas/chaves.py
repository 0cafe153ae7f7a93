"""Links sent by e-mail: signed, dated, and dead after their first use."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlencode

from act_portal.contas.models import Usuario

SENHA = "senha"
CONVITE = "convite"
VALIDADE = {SENHA: timedelta(hours=2), CONVITE: timedelta(days=7)}
_SAL = "contas.chave"


def nova(usuario: Usuario, finalidade: str) -> str:
    return signing.dumps([usuario.pk, finalidade, _marca(usuario)], salt=_SAL)


def endereco(usuario: Usuario, finalidade: str) -> str:
    """The page that `nova` opens. The key is in the query and not in the path, which access logs keep."""
    return f"{reverse('contas:definir_senha')}?{urlencode({'chave': nova(usuario, finalidade)})}"


def conferir(chave: str) -> Usuario | None:
    """The active user whom `chave` opens, or None when it is forged, late or already used."""
    try:
        usuario_id, finalidade, marca = signing.loads(chave, salt=_SAL)
        signing.loads(chave, salt=_SAL, max_age=VALIDADE[finalidade])
    except (signing.BadSignature, ValueError, KeyError):
        return None
    usuario = Usuario.objects.filter(pk=usuario_id, is_active=True).first()
    return usuario if usuario and constant_time_compare(marca, _marca(usuario)) else None


def _marca(usuario: Usuario) -> str:
    """Changes with the password, the address and each sign-in, so that one use, or a sign-in, kills the link."""
    return salted_hmac(
        _SAL, f"{usuario.pk}|{usuario.password}|{usuario.email}|{usuario.last_login}", algorithm="sha256"
    ).hexdigest()[:32]
