"""The outbox: health for machines, the page of failures for administrators."""

from __future__ import annotations

from act_portal.saidas.models import Saida
from tests.acesso.base import TABELA_DE_CASOS, Cenario, get, papeis, post, publico


def _parada(c: Cenario) -> dict:
    return {"pk": Saida.objects.create(tipo="contas.enviar_convite", chave="prova", estado=Saida.Estado.MORTA).pk}


TABELA: TABELA_DE_CASOS = {
    # 503: in a test no worker has given a sign of life.
    "saidas:saude": [get(publico(503))],
    "saidas:painel": [get(papeis(200, "administrador"))],
    "saidas:tentar": [post(papeis(302, "administrador"), args=_parada)],
    "saidas:tentar_todas": [post(papeis(302, "administrador"))],
}
