"""The borrowed telephone: being signed in opens none of its pages, only its own cookie does (`test_celular.py`)."""

from __future__ import annotations

import uuid

from tests.acesso.base import TABELA_DE_CASOS, Cenario, get, post, publico


def _remessa(c: Cenario) -> dict:
    return {"codigo": uuid.uuid4()}


TABELA: TABELA_DE_CASOS = {
    "celular:abrir": [get(publico(200)), post(publico(403))],
    "celular:fotos": [get(publico(403))],
    "celular:vereditos": [get(publico(403))],
    "celular:juntar": [post(publico(403))],
    "celular:abrir-remessa": [post(publico(403))],
    "celular:pedaco": [get(publico(403), args=_remessa), post(publico(403), args=_remessa)],
    "celular:desistir-da-remessa": [post(publico(403), args=_remessa)],
}
