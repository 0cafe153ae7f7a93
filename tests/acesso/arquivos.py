"""The queue of files: who has signed in begins uploads; one that is under way is of the person who began it alone."""

from __future__ import annotations

import hashlib
import uuid

from act_portal.arquivos import remessas
from tests.acesso.base import TABELA_DE_CASOS, Cenario, equipe, get, papeis, post


def _remessa(c: Cenario) -> dict:
    codigo, quem = uuid.uuid4(), c.pessoas["atendente"]
    remessas.abrir(codigo, usuario=quem, nome="a.jpg", tamanho=9, sha256=hashlib.sha256().hexdigest())
    return {"codigo": codigo}


def _de_quem_comecou(situacao: int) -> dict:
    return papeis(situacao, "atendente", outros=404)


TABELA: TABELA_DE_CASOS = {
    "arquivos:chave-da-fila": [get(equipe(200))],
    "arquivos:abrir-remessa": [post(equipe(422))],
    "arquivos:pedaco": [get(_de_quem_comecou(200), args=_remessa), post(_de_quem_comecou(422), args=_remessa)],
    "arquivos:desistir-da-remessa": [post(_de_quem_comecou(200), args=_remessa)],
}
