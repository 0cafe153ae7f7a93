from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requerimentos.recepcao.regras import (
    CLASSE,
    MOTIVO,
    POR_IDADE,
    espera_em_segundos,
    letra_da_senha,
    ordenar,
    prioridade_final,
    prioridade_por_idade,
)
from requerimentos.situacoes import Prioridade

HOJE = date(2026, 11, 23)
NOVE_HORAS = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Espera:
    pk: int
    prioridade: str
    chegada_em: datetime


esperas = st.lists(
    st.builds(
        Espera,
        pk=st.integers(1, 10_000),
        prioridade=st.sampled_from(Prioridade.values),
        # Few moments, so that many people "arrive together".
        chegada_em=st.integers(0, 3).map(lambda minutos: NOVE_HORAS + timedelta(minutes=minutos)),
    ),
    unique_by=lambda e: e.pk,
    max_size=12,
)


@given(esperas, st.randoms())
def test_a_fila_tem_uma_so_ordem_seja_como_for_que_o_banco_a_entregue(fila, acaso):
    embaralhada = list(fila)
    acaso.shuffle(embaralhada)

    assert ordenar(embaralhada) == ordenar(fila)


@given(esperas)
def test_ninguem_some_da_fila_e_os_lugares_vao_de_um_em_um(fila):
    em_ordem = ordenar(fila)

    assert sorted(e.pk for e, _ in em_ordem) == sorted(e.pk for e in fila)
    assert [lugar.posicao for _, lugar in em_ordem] == list(range(1, len(fila) + 1))


@given(esperas)
def test_antes_vem_a_classe_da_lei_e_dentro_dela_a_chegada(fila):
    chaves = [(CLASSE[Prioridade(e.prioridade)], e.chegada_em) for e, _ in ordenar(fila)]

    assert chaves == sorted(chaves)


@given(esperas)
def test_cada_lugar_diz_o_motivo_da_sua_classe(fila):
    assert all(lugar.motivo == MOTIVO[CLASSE[Prioridade(e.prioridade)]] for e, lugar in ordenar(fila))


@pytest.mark.parametrize(
    ("nascimento", "esperada"),
    [
        (date(1966, 11, 24), Prioridade.NENHUMA),  # 60 tomorrow
        (date(1966, 11, 23), Prioridade.SESSENTA),  # 60 today
        (date(1946, 11, 24), Prioridade.SESSENTA),
        (date(1946, 11, 23), Prioridade.OITENTA),
    ],
)
def test_a_idade_conta_no_dia_do_aniversario(nascimento, esperada):
    assert prioridade_por_idade(nascimento, HOJE) == esperada


@given(st.sampled_from(Prioridade), st.dates(date(1900, 1, 1), HOJE))
def test_marcar_outra_prioridade_nunca_tira_a_da_idade(declarada, nascimento):
    final = prioridade_final(declarada, nascimento, HOJE)

    pela_idade = prioridade_por_idade(nascimento, HOJE)
    if declarada in POR_IDADE:
        assert final == pela_idade
    else:
        assert CLASSE[final] == min(CLASSE[declarada], CLASSE[pela_idade])


def test_a_senha_so_mostra_se_ha_prioridade():
    assert {letra_da_senha(p) for p in Prioridade if p != Prioridade.NENHUMA} == {"P"}
    assert letra_da_senha(Prioridade.NENHUMA) == "N"


def test_relogio_atrasado_nao_da_espera_negativa():
    assert espera_em_segundos(NOVE_HORAS, NOVE_HORAS - timedelta(minutes=5)) == 0
    assert espera_em_segundos(NOVE_HORAS, NOVE_HORAS + timedelta(seconds=90, microseconds=999)) == 90
