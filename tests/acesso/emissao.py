"""Checking a paper: anybody, knowing only its code."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, get, publico

TABELA: TABELA_DE_CASOS = {
    "emissao:conferir": [get(publico(200)), get(publico(404), dados=lambda c: {"c": "AAAA-AAAA-AAAA"})],
}
