"""The frame of the portal: public pages, the panel and the idle warning."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, equipe, get, post, publico

TABELA: TABELA_DE_CASOS = {
    "telas:inicio": [get(publico(200))],
    "telas:icone": [get(publico(302))],
    "telas:painel": [get(equipe(200))],
    "telas:ajuda": [get(publico(200))],
    "telas:ajuda_pagina": [
        get(publico(200), args=lambda c: {"slug": "entrar"}),
        get(publico(404), args=lambda c: {"slug": "nao-existe"}),
    ],
    "telas:continuar": [post(equipe(204))],
}
