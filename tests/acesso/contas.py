"""Accounts: own pages for everybody, the team for managers and administrators."""

from __future__ import annotations

from act_portal.contas import chaves
from tests.acesso.base import TABELA_DE_CASOS, Cenario, equipe, get, papeis, post, publico


def _colega(c: Cenario) -> dict:
    return {"usuario_id": c.colega.pk}


def _vinculo_do_colega(c: Cenario) -> dict:
    return {"vinculo_id": c.colega.vinculos.get().pk}


def _gente_do_inss(c: Cenario) -> dict:
    return {"usuario_id": c.pessoas["analista_da_regiao"].pk}


def _administrador(c: Cenario) -> dict:
    return {"usuario_id": c.pessoas["administrador"].pk}


def _gente_de_fora(c: Cenario) -> dict:
    return {"usuario_id": c.pessoas["atendente_de_outra_cidade"].pk}


def _vinculo_de_fora(c: Cenario) -> dict:
    return {"vinculo_id": c.pessoas["atendente_de_outra_cidade"].vinculos.get().pk}


def _vinculo_do_inss(c: Cenario) -> dict:
    return {"vinculo_id": c.pessoas["analista_da_regiao"].vinculos.get().pk}


def _meu_vinculo(c: Cenario) -> dict:
    return {"vinculo": c.eu.vinculos.get().pk if c.eu else 0}


QUEM_CUIDA = papeis(200, "gestor", "administrador")
QUEM_CUIDA_ENVIA = papeis(302, "gestor", "administrador")
# Of another town, of INSS or of the portal: for the manager it does not exist.
ALHEIO = papeis(200, "administrador", gestor=404)
ALHEIO_ENVIA = papeis(302, "administrador", gestor=404)


def _acoes(*argumentos_alheios) -> list:
    return [post(ALHEIO_ENVIA, args=args) for args in argumentos_alheios]


TABELA: TABELA_DE_CASOS = {
    "contas:entrar": [get(equipe(302, anonimo=200)), post(publico(422))],
    "contas:segundo_fator": [get(publico(302)), post(publico(302))],
    "contas:sair": [post(equipe(302))],
    "contas:papel": [get(equipe(200)), post(equipe(422)), post(equipe(302), dados=_meu_vinculo)],
    "contas:retomar": [get(equipe(302)), post(equipe(302))],
    "contas:minha_conta": [get(equipe(200)), post(equipe(422))],
    "contas:trocar_senha": [get(equipe(200)), post(equipe(422))],
    "contas:ativar_segundo_fator": [get(equipe(200)), post(equipe(422))],
    # Without a second factor there is nothing to renew or remove.
    "contas:codigos": [get(equipe(302)), post(equipe(302))],
    "contas:retirar_segundo_fator": [get(equipe(302)), post(equipe(302))],
    "contas:esqueci_a_senha": [get(publico(200)), post(publico(302), dados=lambda c: {"email": "a@exemplo.invalid"})],
    "contas:definir_senha": [
        get(publico(410)),
        get(publico(410), dados=lambda c: {"chave": "forjada"}),
        get(publico(302), dados=lambda c: {"chave": chaves.nova(c.colega, chaves.SENHA)}),
        post(publico(410)),
    ],
    "contas:equipe": [get(QUEM_CUIDA), post(QUEM_CUIDA_ENVIA, dados=lambda c: {"q": "Ana"})],
    "contas:convidar": [get(QUEM_CUIDA), post(papeis(422, "gestor", "administrador"))],
    "contas:pessoa": [
        get(QUEM_CUIDA, args=_colega),
        get(ALHEIO, args=_gente_de_fora),
        get(ALHEIO, args=_gente_do_inss),
        get(ALHEIO, args=_administrador),
    ],
    "contas:trabalho": [
        get(QUEM_CUIDA, args=_colega),
        post(QUEM_CUIDA_ENVIA, args=_colega),
        get(ALHEIO, args=_gente_de_fora),
        *_acoes(_gente_de_fora, _gente_do_inss),
    ],
    "contas:desativar": [post(QUEM_CUIDA_ENVIA, args=_colega), *_acoes(_gente_de_fora, _gente_do_inss, _administrador)],
    "contas:reativar": [post(QUEM_CUIDA_ENVIA, args=_colega), *_acoes(_gente_de_fora, _gente_do_inss)],
    "contas:tirar_segundo_fator": [post(QUEM_CUIDA_ENVIA, args=_colega), *_acoes(_gente_de_fora, _gente_do_inss)],
    "contas:encerrar_vinculo": [
        post(QUEM_CUIDA_ENVIA, args=_vinculo_do_colega),
        *_acoes(_vinculo_de_fora, _vinculo_do_inss),
    ],
    "contas:reenviar_convite": [
        post(QUEM_CUIDA_ENVIA, args=_vinculo_do_colega),
        *_acoes(_vinculo_de_fora, _vinculo_do_inss),
    ],
}
