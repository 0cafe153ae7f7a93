"""Ages and contribution time: whole months first, then days, and never a step back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requerimentos.demanda.tempo import (
    ANO,
    com_pedagio,
    data_da_idade,
    decorrido,
    em_dias,
    idade,
    ler,
    por_extenso,
    primeiro_dia,
)

DATAS = st.dates(date(1900, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("nascimento", "anos", "meses", "esperada"),
    [
        (date(1964, 3, 10), 62, 0, date(2026, 3, 10)),
        (date(2000, 2, 29), 18, 0, date(2018, 3, 1)),
        (date(2000, 2, 29), 20, 0, date(2020, 2, 29)),
        (date(1960, 8, 31), 60, 6, date(2021, 3, 1)),
        (date(1961, 12, 31), 62, 0, date(2023, 12, 31)),
        (date(2000, 10, 31), 0, 1, date(2000, 12, 1)),
    ],
)
def test_dia_em_que_se_completa_a_idade(nascimento, anos, meses, esperada):
    assert data_da_idade(nascimento, anos, meses) == esperada


@given(DATAS, st.integers(0, 110))
def test_a_idade_muda_exatamente_no_dia_em_que_se_completa(nascimento, anos):
    dia = data_da_idade(nascimento, anos)

    assert idade(nascimento, dia) == anos
    assert idade(nascimento, dia - timedelta(days=1)) == max(anos - 1, 0)


@pytest.mark.parametrize(
    ("de", "ate", "anos", "meses", "dias"),
    [
        (date(1990, 5, 10), date(1990, 5, 10), 0, 0, 0),
        (date(1990, 5, 10), date(1990, 5, 9), 0, 0, 0),
        (date(1990, 5, 10), date(1990, 5, 11), 0, 0, 1),
        (date(1990, 5, 10), date(1990, 6, 9), 0, 0, 29),
        (date(1990, 5, 10), date(1990, 6, 10), 0, 1, 0),
        (date(1990, 5, 10), date(2026, 11, 22), 36, 6, 12),
        (date(2000, 1, 31), date(2000, 2, 29), 0, 0, 29),
        (date(2000, 1, 31), date(2000, 3, 1), 0, 1, 0),
    ],
)
def test_tempo_entre_dois_dias_em_meses_inteiros_e_o_resto_em_dias(de, ate, anos, meses, dias):
    assert decorrido(de, ate) == em_dias(anos, meses, dias)


@given(DATAS, DATAS)
def test_um_dia_a_mais_nunca_diminui_o_tempo_e_cada_ano_e_um_ano(de, ate):
    assert decorrido(de, ate) <= decorrido(de, ate + timedelta(days=1))
    assert decorrido(de, data_da_idade(de, 30)) == 30 * ANO
    assert decorrido(de, data_da_idade(de, 30) - timedelta(days=1)) < 30 * ANO


@given(st.integers(0, 60), st.integers(0, 11), st.integers(0, 29))
def test_o_que_se_escreve_se_le_de_volta(anos, meses, dias):
    total = em_dias(anos, meses, dias)

    assert ler(por_extenso(total)) == total


@pytest.mark.parametrize(
    ("texto", "anos", "meses", "dias"),
    [
        ("30", 30, 0, 0),
        ("29 anos 7 meses 2 dias", 29, 7, 2),
        ("29 ANOS, 7 Meses e 2 dias", 29, 7, 2),
        ("29a 7m 2d", 29, 7, 2),
        ("29a7m", 29, 7, 0),
        ("1 ano", 1, 0, 0),
        ("1 mês", 0, 1, 0),
        ("1 mes e 1 dia", 0, 1, 1),
        ("360 meses", 30, 0, 0),
        ("0 dias", 0, 0, 0),
    ],
)
def test_le_o_tempo_como_as_pessoas_escrevem(texto, anos, meses, dias):
    assert ler(texto) == em_dias(anos, meses, dias)


@pytest.mark.parametrize("texto", ["", "muito", "30 anos e pouco", "-3", "3,5 anos", "7 meses 29 anos", "anos"])
def test_tempo_que_nao_se_entende_diz_como_escrever(texto):
    with pytest.raises(ValueError, match="29 anos 7 meses 2 dias"):
        ler(texto)


def test_por_extenso_fala_no_singular_e_sem_partes_vazias():
    assert por_extenso(em_dias(29, 7, 2)) == "29 anos, 7 meses e 2 dias"
    assert por_extenso(em_dias(1, 1, 1)) == "1 ano, 1 mês e 1 dia"
    assert por_extenso(em_dias(30)) == "30 anos"
    assert por_extenso(em_dias(0, 5, 3)) == "5 meses e 3 dias"
    assert por_extenso(0) == "0 dias"


@pytest.mark.parametrize(
    ("na_reforma", "percentual", "inteiro"),
    [
        (em_dias(28, 6), 50, em_dias(30, 9)),
        (em_dias(28, 6), 100, em_dias(31, 6)),
        (em_dias(29, 11, 29), 50, em_dias(30, 0, 1)),
        (em_dias(30), 50, em_dias(30)),
        (em_dias(33), 100, em_dias(30)),
        (0, 100, em_dias(60)),
    ],
)
def test_pedagio_e_parte_do_que_faltava_e_meio_dia_conta_inteiro(na_reforma, percentual, inteiro):
    assert com_pedagio(em_dias(30), na_reforma, percentual) == inteiro


@given(DATAS, st.integers(0, 4000), st.integers(0, 4000))
def test_primeiro_dia_e_o_primeiro_e_nao_passa_do_fim(de, quantos, ate):
    fim = de + timedelta(days=ate)
    alvo = de + timedelta(days=quantos)

    assert primeiro_dia(lambda dia: dia >= alvo, de, fim) == (alvo if alvo <= fim else None)
