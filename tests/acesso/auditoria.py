"""The trail: managers see their town's, administrators the portal's; who opened whose data is the manager's."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, Cenario, get, papeis, post
from tests.fabricas import MunicipioFabrica
from tests.requerimentos.fabricas import PessoaFabrica


def _daqui(c: Cenario) -> dict:
    return {"titular_id": PessoaFabrica(municipio=c.municipio).pk}


def _de_fora(c: Cenario) -> dict:
    return {"titular_id": PessoaFabrica(municipio=MunicipioFabrica()).pk}


DO_TITULAR = [get(papeis(200, "gestor"), args=_daqui), get(papeis(404, "gestor"), args=_de_fora)]
TABELA: TABELA_DE_CASOS = {
    "auditoria:eventos": [get(papeis(200, "gestor", "administrador"))],
    "auditoria:acessos": [get(papeis(200, "gestor")), post(papeis(302, "gestor"), dados=lambda c: {"q": "Ana"})],
    "auditoria:acessos_do_titular": DO_TITULAR,
    "auditoria:lista_do_titular": DO_TITULAR,
}
