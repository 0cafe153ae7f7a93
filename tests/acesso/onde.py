"""Where to be served: anybody, for any município."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, get, publico

TABELA: TABELA_DE_CASOS = {
    "onde:inicio": [get(publico(200))],
    "onde:cidade": [
        get(publico(200), args=lambda c: {"codigo_ibge": c.municipio.pk}),
        get(publico(404), args=lambda c: {"codigo_ibge": "0000000"}),
    ],
}
