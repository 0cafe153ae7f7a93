"""The BPC packs, at their borders. Values of 2026: minimum wage 1,621.00, a quarter 405.25."""

from __future__ import annotations

from datetime import date

import pytest

from requerimentos.demanda import valores
from requerimentos.demonstracao.fichas import _respostas
from requerimentos.fichas.bpc import conta_para_o_bpc
from requerimentos.fichas.regras import Contexto, meses_antes
from tests.requerimentos.fabricas import RepresentanteFabrica, RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import lido

HOJE = date(2026, 11, 27)
TITULAR, OUTRO = "11144477735", "12345678909"
CONTEXTO = Contexto(hoje=HOJE, nascimento=date(1960, 1, 1), cpf=TITULAR, numero=valores.numero)
RENDAS = ("renda_salario", "renda_propria", "renda_beneficio", "renda_pensao", "renda_outra")


def rendas(**outras):
    return {renda: outras.get(renda, "0") for renda in RENDAS}


def pessoa(**outros):
    return {
        "nome": "João Fictício", "cpf": OUTRO, "nascimento": "1990-01-01", "parentesco": "Cônjuge",
        "estado_civil": "Casado", "mesmo_teto": "sim", "no_cadunico": "sim", "beneficio_fora": "nao",
        **rendas(), **outros,
    }  # fmt: skip


def familia(*pessoas, propria="0", contexto=CONTEXTO):
    cru = {
        "familia": {"mora_sozinha": "nao" if pessoas else "sim", "familia": list(pessoas)},
        "renda": rendas(renda_propria=propria),
    }
    return lido("bpc_grupo_familiar", cru, contexto)


def ditos(lida, tom):
    return [p.texto for p in lida.problemas if p.tom == tom]


@pytest.mark.parametrize(
    ("nascimento", "parentesco", "impede"),
    [("1960-01-01", "Filho(a)", True), ("1960-01-02", "Filho(a)", False), ("1940-01-01", "Enteado", False)],
)
def test_filho_nao_nasce_antes_de_quem_pede(nascimento, parentesco, impede):
    lida = familia(pessoa(nascimento=nascimento, parentesco=parentesco, estado_civil="Solteiro"))

    assert [p.campo for p in lida.impedem] == ["familia-0-nascimento"] * impede


@pytest.mark.django_db
def test_a_crianca_da_demonstracao_mora_com_a_mae_que_responde_pela_familia():
    nascimento = date(2019, 11, 26)
    mae = RepresentanteFabrica(pessoa__nascimento=nascimento, nome="Rosana Dias Fictícia")
    respostas = _respostas(RequerimentoFabrica(pessoa=mae.pessoa))

    lida = lido("bpc_grupo_familiar", respostas["bpc_grupo_familiar"], Contexto(hoje=HOJE, nascimento=nascimento))
    assert lida.completa
    assert [p["nome"] for p in lida.respostas.blocos["familia"]] == [mae.nome]
    assert respostas["cadunico"]["cadunico"]["responsavel"] == mae.nome


@pytest.mark.parametrize(("renda", "acima"), [("405,24", False), ("405,25", False), ("405,26", True)])
def test_ate_um_quarto_do_salario_minimo_esta_dentro(renda, acima):
    lida = familia(propria=renda)

    assert lida.completa
    assert any("passa do limite" in texto for texto in ditos(lida, "aviso")) == acima
    assert f"{renda} por pessoa. O limite é R$ 405,25" in ditos(lida, "conta")[0]


@pytest.mark.parametrize(("renda", "acima"), [("1215,75", False), ("1215,76", True)])
def test_o_centavo_que_a_divisao_arredonda_ainda_conta(renda, acima):
    """Three people: 1,215.76 / 3 shows as 405.25."""
    lida = familia(pessoa(), pessoa(cpf="52998224725", parentesco="Filho(a)", estado_civil="Solteiro"), propria=renda)

    assert any("passa do limite" in texto for texto in ditos(lida, "aviso")) == acima


@pytest.mark.parametrize(("dia", "limite"), [(date(2025, 12, 31), "R$ 379,50"), (date(2026, 1, 1), "R$ 405,25")])
def test_o_limite_e_o_do_salario_minimo_do_dia(dia, limite):
    lida = familia(contexto=Contexto(hoje=dia, cpf=TITULAR, numero=valores.numero))

    assert f"O limite é {limite}" in ditos(lida, "conta")[0]


@pytest.mark.parametrize(
    ("parentesco", "estado_civil", "conta"),
    [
        ("Cônjuge", "Casado", True),
        ("Companheiro(a)", "União Estável", True),
        ("Pai/Mãe/Padrasto/Madrasta", "Viúvo", True),
        ("Menor Tutelado", "Solteiro", True),
        ("Filho(a)", "Solteiro", True),
        ("Filho(a)", "Divorciado", False),
        ("Irmão/Irmã", "Solteiro", True),
        ("Irmão/Irmã", "Viúvo", False),
        ("Enteado", "Solteiro", True),
        ("Enteado", "União Estável", False),
        ("Outros", "Solteiro", False),
    ],
)
def test_quem_entra_na_conta(parentesco, estado_civil, conta):
    dados = {"parentesco": parentesco, "estado_civil": estado_civil}

    assert conta_para_o_bpc({**dados, "mesmo_teto": True}) == conta
    assert not conta_para_o_bpc({**dados, "mesmo_teto": False})


def test_quem_nao_entra_e_dito_pelo_nome_e_nao_divide_nem_soma():
    lida = familia(pessoa(parentesco="Outros", nome="Vó Fictícia", renda_beneficio="1621,00"), propria="400")

    assert "Vó Fictícia entra na lista, mas não na conta do BPC." in ditos(lida, "conta")
    assert any("Pessoas na conta: 1; dá R$ 400,00 por pessoa" in texto for texto in ditos(lida, "conta"))


def test_beneficio_de_um_salario_de_idoso_fica_fora_da_conta():
    com = familia(pessoa(renda_beneficio="1621", beneficio_fora="nao"))
    sem = familia(pessoa(renda_beneficio="1621", beneficio_fora="sim", renda_outra="100"))

    assert "R$ 810,50 por pessoa" in ditos(com, "conta")[0]
    assert "R$ 50,00 por pessoa" in ditos(sem, "conta")[0]


def test_meia_familia_nao_da_soma():
    pela_metade = pessoa()
    del pela_metade["renda_salario"]

    assert ditos(familia(pela_metade), "conta") == []
    assert ditos(lido("bpc_grupo_familiar", {"renda": rendas()}, CONTEXTO), "conta") == []


@pytest.mark.parametrize("cpf", [OUTRO, TITULAR])
def test_o_mesmo_cpf_nao_entra_duas_vezes(cpf):
    lida = familia(pessoa(), pessoa(cpf=cpf))

    [problema] = lida.impedem
    assert (problema.campo, problema.falta) == ("familia-1-cpf", False)


def test_quem_nao_esta_no_cadunico_e_avisado_antes_de_enviar():
    lida = familia(pessoa(no_cadunico="nao"))

    assert lida.completa
    assert ditos(lida, "aviso")[0].startswith("João Fictício não está no CadÚnico desta família.")


@pytest.mark.parametrize(("atualizado", "velho"), [("2024-11-26", True), ("2024-11-27", False), ("2024-11-28", False)])
def test_cadunico_de_24_meses_na_vespera_no_dia_e_no_dia_seguinte(atualizado, velho):
    cru = {"cadunico": {"tem": "sim", "atualizado_em": atualizado, "igual": "sim", "autoriza": "sim"}}

    lida = lido("cadunico", cru, CONTEXTO)

    assert lida.completa
    assert ditos(lida, "aviso") == (["O CadÚnico tem mais de 24 meses. Atualize no CRAS."] if velho else [])


def test_familia_diferente_do_cadunico_pede_o_que_difere():
    cru = {"cadunico": {"tem": "sim", "atualizado_em": "2026-01-01", "igual": "nao", "autoriza": "sim"}}

    lida = lido("cadunico", cru, CONTEXTO)

    assert [p.campo for p in lida.impedem] == ["diferenca"]
    assert "A família contada é diferente" in ditos(lida, "aviso")[0]


@pytest.mark.parametrize(
    ("dia", "meses", "certo"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_meses_antes_no_fim_do_mes(dia, meses, certo):
    assert meses_antes(dia, meses) == certo


def test_nada_vem_respondido():
    for codigo in ("bpc_grupo_familiar", "bpc_renda_e_gastos", "cadunico", "bolsa_familia"):
        lida = lido(codigo, {}, CONTEXTO)
        assert lida.respostas.soltas == {}
        assert not lida.completa
