"""Adhesion of municipalities. The public part asks for no account."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, get, post, publico

TABELA: TABELA_DE_CASOS = {
    "adesao:inicio": [get(publico(200))],
    "adesao:posso_aderir": [get(publico(200))],
    "adesao:lista": [get(publico(422))],
    "adesao:lista_pdf": [get(publico(302))],
    "adesao:comecar": [post(publico(404))],
    "adesao:contatos": [get(publico(200))],
}
