"""The trail: managers see their town's, administrators the portal's; who opened whose data is the manager's."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, get, papeis

TABELA: TABELA_DE_CASOS = {
    "auditoria:eventos": [get(papeis(200, "gestor", "administrador"))],
    "auditoria:acessos": [get(papeis(200, "gestor"))],
}
