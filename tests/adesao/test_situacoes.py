"""The table of moves: who has the adhesion in each state, who moves it, and what is left after an end."""

from __future__ import annotations

import pytest

from adesao.situacoes import (
    ABERTAS,
    COM_QUEM,
    DEPOIS_DO_FIM,
    NO_MUNICIPIO,
    PASSOS_DA_ADESAO,
    POR_VERBO,
    Parte,
    Quem,
    Situacao,
)

S = Situacao


def test_cada_verbo_aparece_uma_vez():
    assert len(POR_VERBO) == len(PASSOS_DA_ADESAO)


def test_todo_fim_diz_o_que_fazer_depois():
    assert set(DEPOIS_DO_FIM) == {s for s in Situacao if s.final}


@pytest.mark.parametrize("situacao", [s for s in Situacao if not s.final])
def test_de_todo_estado_aberto_alguem_pode_sair(situacao):
    saidas = [p for p in PASSOS_DA_ADESAO if situacao in p.de]

    assert saidas
    quem = {q for p in saidas for q in p.quem}
    if situacao.com_quem == Parte.MUNICIPIO or situacao in NO_MUNICIPIO:
        assert Quem.GESTOR in quem, "o município teria de esperar pelo INSS com o pedido nas mãos"
    if situacao.com_quem == Parte.INSS:
        assert quem - {Quem.GESTOR}, "o INSS teria de esperar pelo município com o pedido nas mãos"


def test_enquanto_corre_o_relogio_o_pedido_esta_com_alguem():
    assert set(COM_QUEM) == ABERTAS - {S.RASCUNHO}


def test_so_a_autoridade_aprova_nega_retoma_e_reconsidera():
    for verbo in ("aprovar", "indeferir", "retomar", "reconsiderar"):
        assert POR_VERBO[verbo].quem == (Quem.AUTORIDADE,)


def test_parado_com_o_municipio_o_pedido_pode_ser_arquivado_e_voltar():
    for situacao in (S.DEVOLVIDO, S.ASSINATURA):
        assert situacao.pode_ir_para(S.ARQUIVADO)
    assert not S.ARQUIVADO.final


def test_aprovado_ou_negado_so_depois_do_parecer():
    assert [s for s in Situacao if s.pode_ir_para(S.ASSINATURA)] == [S.INSTRUIDO, S.CONFERENCIA]
    assert [s for s in Situacao if s.pode_ir_para(S.INDEFERIDO)] == [S.INSTRUIDO]
