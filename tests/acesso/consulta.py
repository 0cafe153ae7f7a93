"""The citizen's look-up: anybody, knowing protocol and key. Without them everybody gets the same."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, get, post, publico

TABELA: TABELA_DE_CASOS = {"consulta:inicio": [get(publico(200)), post(publico(404))]}
