"""Cession of property: so far one public page."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, get, publico

TABELA: TABELA_DE_CASOS = {
    "cessao:inicio": [get(publico(200))],
}
