"""The powers of the town and their end: the town's clerks act, the manager undoes; INSS reads of what it received."""

from __future__ import annotations

from tests.acesso.base import TABELA_DE_CASOS, Cenario, da_cidade, get, so_da_cidade
from tests.acesso.requerimentos import _pessoa, _requerimento, faz, post, ve
from tests.requerimentos.test_mandato import revogado, revogado_em_parte


def _revogado(c: Cenario) -> dict:
    from tests.acesso.requerimentos import _atendimento_daqui

    return {"codigo": revogado(atendimento=_atendimento_daqui(c)).codigo}


def _em_parte(c: Cenario) -> dict:
    from tests.acesso.requerimentos import _atendimento_daqui

    return {"codigo": revogado_em_parte(atendimento=_atendimento_daqui(c)).codigo, "ato": "agenda"}


def _sem_parte(c: Cenario) -> dict:
    return {**_requerimento(c), "ato": "agenda"}


TABELA: TABELA_DE_CASOS = {
    "requerimentos:mandato": [ve(), faz(422)],
    "requerimentos:mandato-rogo": [ve(), faz(422)],
    "requerimentos:mandato-renuncia": [post(so_da_cidade(422, atendente=403), args=_requerimento)],
    # Still to be drawn, so whoever may see it is sent back to its page.
    "requerimentos:mandato-papel": [ve(302, _revogado), get(so_da_cidade(404), args=_requerimento)],
    "requerimentos:mandato-papel-parcial": [
        get(da_cidade(302), args=_em_parte),
        get(so_da_cidade(404), args=_sem_parte),
    ],
    "requerimentos:obito": [get(so_da_cidade(200), args=_pessoa), faz(422, _pessoa)],
    "requerimentos:desfazer-obito": [
        post(so_da_cidade(422, atendente=403), args=_pessoa),
    ],
}
