from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from act_portal.territorio.prazos import parametro
from act_portal.territorio.regras import (
    Calendario,
    ciencia_presumida,
    feriados_nacionais,
    pascoa,
    prazo_exigencia,
    prazo_recurso,
)

DIAS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
PRAZOS = st.integers(0, 120)
LOCAIS = st.sets(DIAS, max_size=30).map(lambda dias: Calendario(dict.fromkeys(dias, "Festa da cidade")))
SEM_LOCAIS = Calendario()


@pytest.mark.parametrize(
    ("ano", "domingo"),
    [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)
def test_pascoa_dos_anos_conhecidos(ano, domingo):
    assert pascoa(ano) == domingo


@given(st.integers(1950, 2200))
def test_pascoa_e_sempre_domingo_entre_22_de_marco_e_25_de_abril(ano):
    assert pascoa(ano).weekday() == 6
    assert date(ano, 3, 22) <= pascoa(ano) <= date(ano, 4, 25)


def test_feriados_nacionais_de_2026():
    assert sorted(feriados_nacionais(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 21),
        date(2026, 5, 1),
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 2),
        date(2026, 11, 15),
        date(2026, 11, 20),
        date(2026, 12, 25),
    ]


def test_consciencia_negra_so_e_nacional_desde_2024():
    assert date(2023, 11, 20) not in feriados_nacionais(2023)
    assert "Zumbi" in feriados_nacionais(2024)[date(2024, 11, 20)]


def test_carnaval_e_corpus_christi_so_contam_para_quem_pede():
    carnaval, corpus = date(2026, 2, 17), date(2026, 6, 4)

    assert Calendario().dia_util(carnaval) and Calendario().dia_util(corpus)
    assert not Calendario(pontos_facultativos=True).dia_util(carnaval)
    assert not Calendario(pontos_facultativos=True).dia_util(corpus)


def test_mudar_o_dicionario_devolvido_nao_muda_o_calendario():
    feriados_nacionais(2026).clear()

    assert not SEM_LOCAIS.dia_util(date(2026, 12, 25))


def test_feriado_local_tem_nome_e_nao_e_dia_util():
    calendario = Calendario({date(2026, 8, 18): "Aniversário da cidade"})

    assert calendario.feriado(date(2026, 8, 18)) == "Aniversário da cidade"
    assert calendario.proximo_dia_util(date(2026, 8, 18)) == date(2026, 8, 19)


@given(DIAS, PRAZOS, LOCAIS)
def test_prazo_termina_em_dia_util_e_nunca_antes_da_conta_corrida(inicio, dias, calendario):
    fim = calendario.prazo_em_dias(inicio, dias)

    assert calendario.dia_util(fim)
    assert fim >= inicio + timedelta(days=dias)
    assert not any(calendario.dia_util(inicio + timedelta(days=n)) for n in range(dias, (fim - inicio).days)), (
        "passou por cima de um dia útil"
    )


@given(DIAS, DIAS, PRAZOS, LOCAIS)
def test_quem_comeca_antes_nao_termina_depois(um, outro, dias, calendario):
    antes, depois = sorted([um, outro])

    assert calendario.prazo_em_dias(antes, dias) <= calendario.prazo_em_dias(depois, dias)


@given(DIAS, st.integers(0, 40), st.integers(0, 40), LOCAIS)
def test_somar_dias_uteis_em_duas_vezes_da_no_mesmo_dia(inicio, a, b, calendario):
    util = calendario.proximo_dia_util(inicio)

    assert calendario.somar_dias_uteis(calendario.somar_dias_uteis(util, a), b) == calendario.somar_dias_uteis(
        util, a + b
    )


def test_prazo_para_tras_e_recusado():
    with pytest.raises(ValueError, match="para trás"):
        SEM_LOCAIS.prazo_em_dias(date(2026, 1, 5), -1)
    with pytest.raises(ValueError, match="para a frente"):
        SEM_LOCAIS.somar_dias_uteis(date(2026, 1, 5), -1)


def test_exigencia_por_meio_eletronico_conta_da_ciencia_presumida():
    prazo = prazo_exigencia(date(2026, 5, 5), "eletronico", calendario=SEM_LOCAIS)

    assert (prazo.ciencia, prazo.presumida, prazo.fim) == (date(2026, 5, 10), True, date(2026, 6, 9))
    assert "Portaria DIRBEN/INSS 993/2022" in prazo.base
    assert "conferir norma vigente" in prazo.base


def test_exigencia_entregue_na_mao_conta_do_mesmo_dia():
    prazo = prazo_exigencia(date(2026, 5, 5), "presencial", calendario=SEM_LOCAIS)

    # The 30th day is Corpus Christi, a day that only some bodies take off.
    assert (prazo.ciencia, prazo.presumida, prazo.fim) == (date(2026, 5, 5), False, date(2026, 6, 4))
    assert "art. 76" not in prazo.base


def test_exigencia_que_acabaria_em_feriado_local_vai_para_o_dia_util_seguinte():
    calendario = Calendario({date(2026, 6, 9): "Padroeiro", date(2026, 6, 10): "Padroeira"})

    assert prazo_exigencia(date(2026, 5, 5), calendario=calendario).fim == date(2026, 6, 11)


def test_exigencia_prorrogada_soma_trinta_dias_ao_primeiro_prazo():
    prazo = prazo_exigencia(date(2026, 5, 5), calendario=SEM_LOCAIS, prorrogada=True)

    assert prazo.fim == date(2026, 7, 9)


def test_quem_leu_antes_conta_do_dia_em_que_leu_e_quem_leu_depois_conta_da_presumida():
    leu_logo = prazo_exigencia(date(2026, 5, 5), calendario=SEM_LOCAIS, conhecida_em=date(2026, 5, 6))
    leu_tarde = prazo_exigencia(date(2026, 5, 5), calendario=SEM_LOCAIS, conhecida_em=date(2026, 5, 30))

    assert (leu_logo.ciencia, leu_logo.presumida) == (date(2026, 5, 6), False)
    assert (leu_tarde.ciencia, leu_tarde.presumida) == (date(2026, 5, 10), True)


@given(DIAS, st.sampled_from(["eletronico", "presencial"]), LOCAIS)
def test_exigencia_e_recurso_acabam_sempre_em_dia_util_depois_da_ciencia(emissao, canal, calendario):
    exigencia = prazo_exigencia(emissao, canal, calendario=calendario)
    maior = prazo_exigencia(emissao, canal, calendario=calendario, prorrogada=True)
    recurso = prazo_recurso(emissao, canal, calendario=calendario)

    assert all(calendario.dia_util(d) for d in (exigencia.fim, maior.fim, recurso.fim, recurso.alerta))
    assert emissao <= exigencia.ciencia < exigencia.fim < maior.fim
    assert recurso.alerta <= recurso.fim


def test_recurso_alerta_pela_conta_mais_curta():
    prazo = prazo_recurso(date(2026, 3, 2), "eletronico", calendario=SEM_LOCAIS)

    assert (prazo.ciencia, prazo.fim, prazo.alerta) == (date(2026, 3, 7), date(2026, 4, 6), date(2026, 4, 1))
    assert "art. 580" in prazo.base


def test_ciencia_presumida_aceita_outro_numero_de_dias():
    assert ciencia_presumida(date(2026, 5, 5)) == date(2026, 5, 10)
    assert ciencia_presumida(date(2026, 5, 5), 10) == date(2026, 5, 15)


def test_parametro_de_antes_da_primeira_linha_vale_a_primeira_e_o_desconhecido_e_erro():
    assert parametro("exigencia_dias", date(2001, 1, 1)).valor == parametro("exigencia_dias", date(2026, 1, 1)).valor
    with pytest.raises(LookupError, match="nao_existe"):
        parametro("nao_existe", date(2026, 1, 1))
