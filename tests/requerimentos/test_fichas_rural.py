"""The self-declaration, each check at its border."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from requerimentos.demanda import valores
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.regras import Contexto, Respostas
from tests.requerimentos.fichas_preenchidas import lido, respostas_completas

CONTEXTO = Contexto(hoje=date(2026, 11, 27), nascimento=date(1970, 5, 20), cpf="11144477735", numero=valores.numero)
CODIGO = "autodeclaracao_rural"


def declarar(secao, dados, *, variante="Rural", **outras):
    cru = {"segurado": {"variante": variante, "sobre_si": "sim"}, secao: dados, **outras}
    lida = lido(CODIGO, cru, CONTEXTO)
    return [p for p in lida.da_secao(secao) if not p.falta]


def periodos(*datas):
    return {"periodos": [{"inicio": inicio, "fim": fim} for inicio, fim in datas]}


@pytest.mark.parametrize(
    ("datas", "onde"),
    [
        ([("2001-01-01", "2001-12-31"), ("2002-01-01", "2002-12-31")], []),
        ([("2001-01-01", "2001-12-31"), ("2001-12-31", "2002-12-31")], ["periodos-1-inicio"]),
        ([("2001-01-01", ""), ("2020-01-01", "2020-12-31")], ["periodos-1-inicio"]),
        ([("2020-01-01", "2020-12-31"), ("2001-01-01", "")], ["periodos-1-inicio"]),
        ([("2001-01-01", "2010-12-31"), ("2003-01-01", "2004-12-31")], ["periodos-1-inicio"]),
        ([("2003-01-01", "2003-01-01"), ("2003-01-02", "")], []),
    ],
)
def test_periodos_nao_se_cruzam_nem_por_um_dia(datas, onde):
    assert [p.campo for p in declarar("periodos", periodos(*datas)) if p.tom == "impede"] == onde


@pytest.mark.parametrize(("fim", "errado"), [("2001-01-14", True), ("2001-01-15", False), ("2001-01-16", False)])
def test_o_fim_vem_no_dia_do_comeco_ou_depois(fim, errado):
    achados = declarar("periodos", periodos(("2001-01-15", fim)))

    assert [p.campo for p in achados] == (["periodos-0-fim"] if errado else [])


@pytest.mark.parametrize(
    ("inicio", "tom"),
    [("1970-05-19", "impede"), ("1970-05-20", "aviso"), ("1986-05-19", "aviso"), ("1986-05-20", None)],
)
def test_antes_de_nascer_impede_e_antes_dos_16_avisa(inicio, tom):
    assert [p.tom for p in declarar("periodos", periodos((inicio, "1990-01-01")))] == ([tom] if tom else [])


def test_sobre_a_vida_de_outra_pessoa_a_idade_de_quem_pede_nao_conta():
    cru = {"segurado": {"variante": "Rural", "sobre_si": "nao"}, "periodos": periodos(("1950-01-01", "1960-01-01"))}

    assert [p for p in lido(CODIGO, cru, CONTEXTO).da_secao("periodos") if not p.falta] == []


MORTE = {"variante": "Rural", "sobre_si": "nao", "instituidor_obito": "2020-03-10"}


@pytest.mark.parametrize(
    ("segurado", "fim", "passa"),
    [
        (MORTE, "2020-03-09", False),
        (MORTE, "2020-03-10", False),
        (MORTE, "2020-03-11", True),
        (MORTE, "", True),
        ({**MORTE, "instituidor_obito": ""}, "", False),
        ({**MORTE, "sobre_si": "sim"}, "", False),
    ],
)
def test_quem_morreu_nao_trabalha_ate_hoje(segurado, fim, passa):
    """The paper would say “até hoje” of somebody who died."""
    cru = {"segurado": segurado, "periodos": periodos(("1990-01-01", fim))}

    achados = [p for p in lido(CODIGO, cru, CONTEXTO).da_secao("periodos") if not p.falta]

    frase = "O período passa do dia da morte, 10/03/2020. Escreva até quando a pessoa trabalhou."
    assert [(p.tom, p.campo, p.texto) for p in achados] == ([("impede", "periodos-0-fim", frase)] if passa else [])


def test_na_pensao_a_morte_ja_dita_basta_e_a_declaracao_sobre_quem_pede_e_avisada():
    pensao = replace(CONTEXTO, outras={"obito": Respostas(soltas={"quando": date(2020, 3, 10)})})
    cru = {"segurado": {**MORTE, "instituidor_obito": ""}, "periodos": periodos(("1990-01-01", "2020-03-11"))}

    assert [p.campo for p in lido(CODIGO, cru, pensao).da_secao("periodos") if not p.falta] == ["periodos-0-fim"]
    de_si = lido(CODIGO, {"segurado": {"variante": "Rural", "sobre_si": "sim"}}, pensao)
    assert ["sobre quem morreu" in p.texto for p in de_si.da_secao("segurado") if p.tom == "aviso"] == [True]
    assert not [p for p in lido(CODIGO, cru, pensao).da_secao("segurado") if p.tom == "aviso"]


def terra(total, explorada):
    return {"area_total": total, "area_explorada": explorada}


@pytest.mark.parametrize(("explorada", "errada"), [("9,9999", False), ("10", False), ("10,0001", True)])
def test_area_explorada_ate_a_total(explorada, errada):
    achados = declarar("terra", {"terras": [terra("10,0", explorada)]})

    assert [p.campo for p in achados] == (["terras-0-area_explorada"] if errada else [])


@pytest.mark.parametrize(("area", "avisa"), [("79,9999", False), ("80", False), ("80,0001", True)])
def test_quatro_modulos_fiscais_cabem_e_acima_avisa(area, avisa):
    [*achados] = declarar("terra", {"modulo_fiscal": "20", "terras": [terra(area, "1")]})

    assert [(p.tom, p.campo) for p in achados] == ([("aviso", "terras-0-area_total")] if avisa else [])
    assert all("conferir norma vigente" in p.base for p in achados)


def test_varios_imoveis_somam_e_sem_o_modulo_nada_se_afirma():
    terras = [terra("50", "1"), terra("30,5", "1")]

    [aviso] = declarar("terra", {"modulo_fiscal": "20", "terras": terras})
    assert (aviso.tom, aviso.campo) == ("aviso", "")
    assert "80,5 hectares passa de 4 módulos fiscais (80 hectares)" in aviso.texto
    assert declarar("terra", {"terras": terras}) == []


@pytest.mark.parametrize(("cedida", "avisa"), [("5", False), ("5,0001", True)])
def test_ceder_metade_ainda_cabe(cedida, avisa):
    dados = {
        "terras": [terra("10", "5")], "houve_cessao": "sim",
        "cessoes": [{"area": cedida, "contrato": "sim", "inicio": "2001-01-01"}],
    }  # fmt: skip

    assert [p.tom for p in declarar("terra", dados)] == (["aviso"] if avisa else [])


@pytest.mark.parametrize(("dias", "avisa"), [(("60", "59"), False), (("60", "60"), False), (("60", "61"), True)])
def test_120_dias_de_empregados_por_ano_somando_todos(dias, avisa):
    empregados = [{"inicio": "2020-02-01", "fim": "2020-06-30", "dias_no_ano": n} for n in dias]

    achados = declarar("ajuda", {"houve_empregado": "sim", "empregados": empregados})

    assert [p.texto[:31] for p in achados] == (["121 dias de empregados em 2020:"] if avisa else [])


def test_empregados_de_anos_diferentes_nao_somam_e_o_que_nao_acabou_conta_ate_hoje():
    um = {"inicio": "2019-02-01", "fim": "2019-12-31", "dias_no_ano": "100"}
    outro = {"inicio": "2020-01-01", "fim": "2020-12-31", "dias_no_ano": "100"}
    assert declarar("ajuda", {"houve_empregado": "sim", "empregados": [um, outro]}) == []

    sem_fim = {"inicio": "2025-12-31", "dias_no_ano": "130"}
    achados = declarar("ajuda", {"houve_empregado": "sim", "empregados": [sem_fim]})
    assert [p.texto.split(":")[0] for p in achados] == [
        "130 dias de empregados em 2025",
        "130 dias de empregados em 2026",
    ]


@pytest.mark.parametrize(
    ("emissao", "errado"),
    [("2000-12-31", True), ("2001-01-01", False), ("2005-12-31", False), ("2006-01-01", True), ("2010-06-01", False)],
)
def test_documento_e_da_epoca_de_um_periodo(emissao, errado):
    dados = {"provas": [{"documento": "Nota", "emissao": emissao, "em_nome_de": "Própria"}]}

    achados = declarar("provas", dados, periodos=periodos(("2001-01-01", "2005-12-31"), ("2010-01-01", "")))

    assert [(p.tom, p.campo) for p in achados] == ([("impede", "provas-0-emissao")] if errado else [])


@pytest.mark.parametrize(("dias", "avisa"), [("120", False), ("121", True)])
def test_120_dias_de_turismo_por_ano(dias, avisa):
    achados = declarar("producao", {"houve_turismo": "sim", "turismo_dias": dias})

    assert [p.tom for p in achados] == (["aviso"] if avisa else [])


@pytest.mark.parametrize(
    ("variante", "tem", "nao_tem"),
    [
        ("Rural", "terra", {"pesca", "areas"}),
        ("Pesca artesanal", "pesca", {"terra", "areas"}),
        ("Extrativismo vegetal", "areas", {"terra", "pesca"}),
    ],
)
def test_cada_variante_tem_a_sua_pagina_e_se_completa(variante, tem, nao_tem):
    dadas = {"segurado": {"variante": variante, "sobre_si": "sim"}}
    cru = respostas_completas(pacotes()[CODIGO], CONTEXTO, dadas=dadas)

    lida = lido(CODIGO, cru, CONTEXTO)

    secoes = {s.id for s in lida.secoes()}
    assert tem in secoes
    assert not secoes & nao_tem
    assert lida.completa


def test_o_que_nao_se_aplica_fica_guardado_e_nao_vai():
    dados = {"houve_empregado": "nao", "empregados": [{"nome": "Zé Fictício"}], "houve_mutirao": "nao"}

    lida = lido(CODIGO, {"ajuda": dados}, CONTEXTO)

    assert "empregados" not in lida.respostas.blocos
    assert lida.da_secao("ajuda") == []


def test_longe_da_pagina_o_erro_diz_de_que_item_e():
    igual = {"inicio": "1990-01-01", "fim": "1991-01-01"}
    lida = lido(CODIGO, {"periodos": {"periodos": [igual, igual]}}, CONTEXTO)

    [frase] = [frase for problema, frase in lida.com_lugar() if not problema.falta]
    assert frase.startswith("Período 2: Este período tem dias em comum com o período 1")
