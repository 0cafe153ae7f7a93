"""Adhesion of towns: the public asks, the town's managers fill in, INSS of the region reviews and decides."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, Cenario, Esperado, get, papeis, post, publico
from tests.adesao.fabricas import SolicitacaoFabrica

INSS = ("analista_da_regiao", "analista_de_outra_regiao", "autoridade_da_regiao")


def _solicitacao(c: Cenario) -> dict:
    return {"codigo": SolicitacaoFabrica(municipio=c.municipio).codigo}


def do_inss(situacao: int, **exceto: int) -> Esperado:
    """A page about `cenario.municipio` for INSS: of another region it does not exist; the town is no reader of it."""
    de_fora = {"analista_de_outra_regiao": 404, "autoridade_de_outra_regiao": 404, "gestor_de_outra_cidade": 403}
    return papeis(situacao, "analista_da_regiao", "autoridade_da_regiao", **de_fora) | exceto


TABELA: TABELA_DE_CASOS = {
    "adesao:inicio": [get(publico(200))],
    "adesao:pedir-acesso": [get(publico(200)), post(publico(422))],
    "adesao:confirmar-acesso": [
        get(publico(410)),
        get(publico(410), dados=lambda c: {"chave": "forjada"}),
        post(publico(410)),
    ],
    "adesao:acessos": [get(papeis(200, *INSS, autoridade_de_outra_regiao=200))],
    "adesao:acesso": [get(do_inss(200), args=_solicitacao)],
    "adesao:aprovar-acesso": [post(do_inss(302), args=_solicitacao)],
    "adesao:recusar-acesso": [
        post(do_inss(302), args=_solicitacao, dados=lambda c: {"motivo": "Falta a portaria."}),
        post(do_inss(422), args=_solicitacao),
    ],
    "adesao:prova-do-acesso": [get(do_inss(200), args=_solicitacao)],
}
