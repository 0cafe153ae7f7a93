"""For towns that think of joining: anybody, with no account."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, get, post, publico

TABELA: TABELA_DE_CASOS = {
    "adesao:posso-aderir": [get(publico(200))],
    "adesao:posso-aderir-lista": [get(publico(422))],
    "adesao:posso-aderir-pdf": [get(publico(302))],
    "adesao:posso-aderir-comecar": [post(publico(302))],
    "adesao:contatos": [get(publico(200))],
}
