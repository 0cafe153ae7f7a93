from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from act_portal.territorio.regras import Calendario
from requerimentos.acompanhamento import regras

CALENDARIO = Calendario(locais={date(2026, 12, 24): "Aniversário da cidade"})
PASSO = timedelta(minutes=1)


def test_sem_data_do_inss_o_prazo_e_o_da_norma():
    prazo = regras.prazo_da_exigencia(date(2026, 11, 2), calendario=CALENDARIO)

    # Presumed on the 7th, thirty days later is Monday the 7th of December.
    assert (prazo.ciencia, prazo.presumida, prazo.fim) == (date(2026, 11, 7), True, date(2026, 12, 7))
    assert prazo.base.startswith("Portaria DIRBEN/INSS 993/2022, art. 75")


def test_data_do_inss_que_chega_antes_manda_e_diz_que_e_do_inss():
    prazo = regras.prazo_da_exigencia(date(2026, 11, 2), calendario=CALENDARIO, informado=date(2026, 12, 2))

    assert prazo.fim == date(2026, 12, 2)
    assert prazo.base.startswith(regras.DATA_DO_INSS)


def test_data_do_inss_que_chega_depois_nunca_alonga_o_prazo():
    prazo = regras.prazo_da_exigencia(date(2026, 11, 2), calendario=CALENDARIO, informado=date(2027, 1, 20))

    assert prazo.fim == date(2026, 12, 7)


def test_prazo_em_feriado_da_cidade_e_no_natal_passa_para_o_proximo_dia_util():
    # Thursday the 24th is the town's holiday, Friday is Christmas, then comes the weekend.
    prazo = regras.prazo_da_exigencia(date(2026, 11, 24), calendario=CALENDARIO, informado=date(2026, 12, 24))

    assert prazo.fim == date(2026, 12, 28)


def test_ciencia_antes_da_presumida_encurta_o_prazo():
    prazo = regras.prazo_da_exigencia(date(2026, 11, 2), calendario=CALENDARIO, conhecida_em=date(2026, 11, 3))

    assert (prazo.presumida, prazo.fim) == (False, date(2026, 12, 3))


@given(
    emissao=st.dates(date(2023, 1, 1), date(2030, 1, 1)),
    dias=st.integers(-5, 120),
    soube=st.none() | st.integers(0, 60),
    prorrogada=st.booleans(),
)
def test_o_prazo_vem_sempre_depois_da_ciencia_e_em_dia_util(emissao, dias, soube, prorrogada):
    prazo = regras.prazo_da_exigencia(
        emissao,
        calendario=CALENDARIO,
        informado=emissao + timedelta(days=dias),
        conhecida_em=None if soube is None else emissao + timedelta(days=soube),
        prorrogada=prorrogada,
    )

    assert emissao <= prazo.ciencia < prazo.fim
    assert CALENDARIO.dia_util(prazo.fim)
    assert len(prazo.base) <= 200


@pytest.mark.parametrize(
    ("dias", "marco"),
    [(40, None), (11, None), (10, 10), (9, 10), (6, 10), (5, 5), (3, 5), (2, 2), (1, 2), (0, 0), (-1, None)],
)
def test_lembrete_devido_e_o_do_ultimo_marco_que_passou(dias, marco):
    assert regras.marco_devido(dias) == marco


def test_quanto_mais_parada_a_tarefa_mais_rara_a_pergunta():
    esperas = [
        regras.proxima_espera(parada, PASSO)
        for parada in (timedelta(), timedelta(hours=2), timedelta(days=2), timedelta(days=30))
    ]

    assert esperas == [PASSO, PASSO * 10, PASSO * 60, PASSO * 180]
    assert regras.proxima_espera(timedelta(days=90), timedelta(hours=1)) == regras.ESPERA_MAXIMA
    assert regras.proxima_espera(timedelta(), PASSO, decidido=True) == PASSO * 180


@pytest.mark.parametrize(
    ("texto", "causa"),
    [
        ("Apresentar RG e CPF do requerente.", "identificacao"),
        ("Atualizar o CadÚnico.", "cadunico"),
        ("Juntar laudo médico recente", "saude"),
        ("Procuração com poderes para substabelecer", "procuracao"),
        ("Autodeclaração do segurado especial", "rural"),
        ("Comprovante de endereço", "residencia"),
        ("Explicar a divergência.", "outra"),
        ("", "outra"),
    ],
)
def test_causa_sai_das_palavras_da_exigencia(texto, causa):
    assert regras.causa_de(texto) == causa


@pytest.mark.parametrize(
    ("tipo", "cabe"),
    [("indeferido", True), ("parcial", True), ("deferido", False), ("arquivado", False), ("desistencia", False)],
)
def test_so_o_que_foi_negado_tem_recurso(tipo, cabe):
    assert regras.cabe_recurso(tipo) is cabe
