"""Dependants, terms and dates of the other packs, at their borders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from requerimentos.demanda import valores
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.conferencias import REGRAS
from requerimentos.fichas.regras import Contexto, Respostas
from tests.requerimentos.fichas_preenchidas import lido

HOJE = date(2026, 11, 27)
CONTEXTO = Contexto(hoje=HOJE, cpf="11144477735", numero=valores.numero)
MORTE = date(2026, 10, 1)
PENSAO = replace(CONTEXTO, outras={"obito": Respostas(soltas={"quando": MORTE})})


def dependente(nome, parentesco, nascimento="1980-01-01", invalido="nao"):
    return {
        "nome": nome, "parentesco": parentesco, "nascimento": nascimento, "invalido": invalido,
        "outro_beneficio": "Não recebe",
    }  # fmt: skip


def ditos(lida, tom):
    return [p.texto for p in lida.problemas if p.tom == tom and not p.falta]


def dependentes(*quem):
    return lido("dependentes", {"dependentes": {"dependentes": list(quem)}}, PENSAO)


def test_viuva_e_dois_filhos_sao_da_mesma_classe():
    lida = dependentes(
        dependente("Rita", "Cônjuge"),
        dependente("Bia", "Filho(a)", "2018-03-01"),
        dependente("Léo", "Filho(a)", "2008-03-01"),
    )

    assert ditos(lida, "conta") == [f"{nome}: dependente da classe 1." for nome in ("Rita", "Bia", "Léo")]
    assert ditos(lida, "aviso") == []


def test_a_primeira_classe_exclui_as_outras():
    lida = dependentes(dependente("Rita", "Companheiro(a)"), dependente("Ana", "Pai ou mãe"))
    assert ditos(lida, "aviso") == ["Ana é de outra classe: havendo dependente da classe 1, as seguintes não recebem."]

    so_pais = dependentes(dependente("Ana", "Pai ou mãe"), dependente("Zé", "Irmão ou irmã", "2010-01-01"))
    assert ditos(so_pais, "aviso") == [
        "Zé é de outra classe: havendo dependente da classe 2, as seguintes não recebem."
    ]


@pytest.mark.parametrize(("nascimento", "maior"), [("2005-10-02", False), ("2005-10-01", True), ("2005-09-30", True)])
def test_21_anos_no_dia_da_morte(nascimento, maior):
    """One day short of 21, the birthday itself, and the day after."""
    lida = dependentes(dependente("Léo", "Filho(a)", nascimento))

    assert any("já tinha 21 anos" in texto for texto in ditos(lida, "aviso")) == maior
    invalido = dependentes(dependente("Léo", "Filho(a)", nascimento, invalido="sim"))
    assert ditos(invalido, "aviso") == []


def test_filho_de_21_nao_exclui_os_pais():
    lida = dependentes(dependente("Léo", "Filho(a)", "1990-01-01"), dependente("Ana", "Pai ou mãe"))

    assert not any("é de outra classe" in texto and texto.startswith("Ana") for texto in ditos(lida, "aviso"))


def falar(codigo, secao, contexto=CONTEXTO, **dados):
    return lido(codigo, {secao: dados}, contexto)


@pytest.mark.parametrize(("dias", "passou"), [(89, False), (90, False), (91, True)])
def test_noventa_dias_da_morte(dias, passou):
    lida = falar("obito", "obito", quando=(HOJE - timedelta(days=dias)).isoformat())

    assert any("O prazo para receber desde a morte acabou" in t for t in ditos(lida, "aviso")) == passou
    assert any("filho menor de 16 anos" in t for t in ditos(lida, "conta"))


@pytest.mark.parametrize(("dias", "venceu"), [(89, False), (90, False), (91, True)])
def test_declaracao_de_prisao_vale_noventa_dias(dias, venceu):
    dia = (HOJE - timedelta(days=dias)).isoformat()
    lida = falar("prisao", "prisao", preso_em="2025-01-01", declaracao_em=dia)

    assert any("Esta declaração venceu" in t for t in ditos(lida, "aviso")) == venceu
    assert any("A próxima declaração" in t for t in ditos(lida, "conta")) != venceu


def test_declaracao_de_antes_da_prisao_impede():
    lida = falar("prisao", "prisao", preso_em="2026-10-02", declaracao_em="2026-10-01")
    assert [p.campo for p in lida.impedem if not p.falta] == ["declaracao_em"]
    assert [
        p for p in falar("prisao", "prisao", preso_em="2026-10-01", declaracao_em="2026-10-01").impedem if not p.falta
    ] == []


@pytest.mark.parametrize(
    ("soube", "ultimo", "passou"),
    [
        ("2026-10-28", "27/11/2026", False),  # 30 days: today
        ("2026-10-27", "26/11/2026", True),
        ("2026-10-29", "30/11/2026", False),  # the 28th is a Saturday
    ],
)
def test_o_prazo_do_recurso_conta_da_ciencia_e_acaba_em_dia_util(soube, ultimo, passou):
    lida = falar("recurso", "decisao", decisao_em="2026-10-20", soube_em=soube)

    [dito] = ditos(lida, "aviso" if passou else "conta")
    assert ultimo in dito
    assert ditos(lida, "conta" if passou else "aviso") == []


@pytest.mark.parametrize(("dia", "passou"), [("2016-11-26", True), ("2016-11-27", False), ("2016-11-28", False)])
def test_dez_anos_para_a_revisao(dia, passou):
    assert bool(ditos(falar("revisao", "revisao", primeiro_pagamento=dia), "aviso")) == passou


@pytest.mark.parametrize(("dias", "passou"), [(1824, False), (1825, False), (1826, True)])
def test_cinco_anos_para_o_salario_maternidade(dias, passou):
    dia = (HOJE - timedelta(days=dias)).isoformat()

    assert bool(ditos(falar("maternidade", "evento", evento="Parto", quando=dia), "aviso")) == passou


def test_periodos_da_ctc_nao_se_cruzam():
    dados = {"periodos": [{"inicio": "2001-01-01", "fim": "2001-12-31"}, {"inicio": "2001-12-31", "fim": "2002-12-31"}]}
    lida = falar("ctc", "destino", todo_o_tempo="nao", **dados)

    assert [p.campo for p in lida.impedem if not p.falta] == ["periodos-1-inicio"]


def test_pedido_anterior_ainda_aberto_e_avisado():
    assert ditos(falar("processo_anterior", "pedido", ja_pediu="sim", como_acabou="Ainda não acabou"), "aviso")


# --- Lives that cannot be -----------------------------------------------------------------------------------------
MAE = replace(CONTEXTO, nascimento=date(1990, 5, 10))


@pytest.mark.parametrize(
    ("evento", "quando", "tom", "diz"),
    [
        ("Parto", date(1990, 5, 9), "impede", "ainda não tinha nascido"),
        ("Parto", date(2000, 5, 9), "aviso", "tinha 9 anos"),
        ("Parto", date(2000, 5, 10), "aviso", ""),
        ("Adoção ou guarda para adoção", date(2000, 5, 9), "aviso", ""),
    ],
)
def test_idade_da_mae_no_dia_do_parto(evento, quando, tom, diz):
    lida = lido("maternidade", {"evento": {"evento": evento, "quando": quando.isoformat()}}, MAE)

    assert bool([frase for frase in ditos(lida, tom) if "Nesse dia" in frase]) == bool(diz)
    assert diz in " ".join(ditos(lida, tom))


@pytest.mark.parametrize(("dias", "longe"), [(300, False), (301, True), (-301, True)])
def test_parto_previsto_cabe_em_uma_gravidez(dias, longe):
    previsto = (HOJE + timedelta(days=dias)).isoformat()
    lida = lido("maternidade", {"evento": {"evento": "Ainda vai nascer", "previsto": previsto}}, MAE)

    assert any("mais de dez meses" in frase for frase in ditos(lida, "impede")) == longe


def test_crianca_nasce_antes_da_adocao():
    evento = {"evento": "Adoção ou guarda para adoção", "quando": "2026-01-10", "crianca_nascimento": "2026-01-11"}

    assert any("antes de a criança nascer" in f for f in ditos(lido("maternidade", {"evento": evento}, MAE), "impede"))


@pytest.mark.parametrize(("nascimento", "impede"), [("1990-05-10", True), ("2010-01-01", False)])
def test_filho_do_salario_familia_nao_nasce_antes_de_quem_pede(nascimento, impede):
    filho = {"nome": "Bia", "nascimento": nascimento, "parentesco": "Filho(a)", "invalido": "nao"}
    lida = lido("filhos", {"filhos": {"filhos": [filho]}}, MAE)

    assert any("não nasce antes" in frase for frase in ditos(lida, "impede")) == impede


@pytest.mark.parametrize(("desde", "impede"), [("1979-12-31", True), ("1980-01-01", False)])
def test_uniao_nao_comeca_antes_de_nascer(desde, impede):
    lida = dependentes(dependente("Rita", "Cônjuge") | {"uniao_inicio": desde})

    assert any("a união começa antes" in frase for frase in ditos(lida, "impede")) == impede


@pytest.mark.parametrize(("morte", "avisa"), [("2014-06-30", False), ("2014-07-01", True)])
def test_morte_com_mais_de_110_anos_pede_para_conferir(morte, avisa):
    lida = lido("obito", {"obito": {"nascimento": "1903-07-01", "quando": morte}}, CONTEXTO)

    assert any("teria morrido com 111 anos" in frase for frase in ditos(lida, "aviso")) == avisa


# A day of somebody else's life, of a paper or of INSS: the birth of who asks says nothing of it.
DE_OUTRA_COISA = {
    ("autodeclaracao_rural", "", "instituidor_obito"), ("autodeclaracao_rural", "", "rgp_data"),
    ("autodeclaracao_rural", "familia", "nascimento"), ("autodeclaracao_rural", "familia", "inicio"),
    ("autodeclaracao_rural", "provas", "emissao"), ("autodeclaracao_rural", "rendas_familia", "inicio"),
    ("bpc_grupo_familiar", "familia", "nascimento"), ("cadunico", "", "atualizado_em"),
    ("dependentes", "dependentes", "nascimento"), ("dependentes", "dependentes", "uniao_inicio"),
    ("filhos", "filhos", "nascimento"), ("maternidade", "", "quando"), ("maternidade", "", "crianca_nascimento"),
    ("maternidade", "", "alta_em"), ("obito", "", "nascimento"), ("obito", "", "quando"),
    ("falecido", "", "nascimento"), ("falecido", "", "quando"), ("prisao", "", "preso_em"),
    ("prisao", "", "anterior_em"), ("prisao", "", "declaracao_em"), ("recurso", "", "decisao_em"),
    ("recurso", "", "soube_em"),
}  # fmt: skip
CONFEREM = [
    (pacote.codigo, c.bloco, c.de["inicio"], c)
    for pacote in pacotes().values()
    for c in pacote.conferencias
    if c.regra == "antes_de_nascer"
]


def test_todo_dia_da_vida_de_quem_pede_se_compara_com_o_nascimento():
    do_passado = {
        (pacote.codigo, p.bloco, p.id)
        for pacote in pacotes().values()
        for p in pacote.perguntas
        if p.tipo == "data" and p.passado and p.id != "fim"
    }

    conferidos = {(pacote, bloco, pergunta) for pacote, bloco, pergunta, _ in CONFEREM}

    assert do_passado - conferidos - DE_OUTRA_COISA == set()
    # May lie ahead, and is not before the birth either.
    assert conferidos & DE_OUTRA_COISA == set()


@pytest.mark.parametrize(("pacote", "bloco", "pergunta", "c"), CONFEREM, ids=lambda v: v if isinstance(v, str) else "")
@pytest.mark.parametrize(("dias", "acha"), [(-1, True), (0, False), (1, False)])
def test_antes_de_nascer_no_dia_e_depois(pacote, bloco, pergunta, c, dias, acha):
    contexto = replace(CONTEXTO, nascimento=date(1980, 5, 20))
    dia = contexto.nascimento + timedelta(days=dias)
    item = {pergunta: dia}
    respostas = Respostas(blocos={bloco: [{}, item]}) if bloco else Respostas(soltas=item)

    achados = [*REGRAS[c.regra](respostas, c, contexto)]

    assert [(a.item, a.pergunta) for a in achados] == ([(1 if bloco else None, pergunta)] if acha else [])
    assert "ainda não tinha nascido" in c.texto or "antes de a pessoa nascer" in c.texto
    outra_vida = replace(respostas, soltas={**respostas.soltas, "sobre_si": False})
    assert [*REGRAS[c.regra](outra_vida, c, contexto)] == []


@pytest.mark.parametrize(("alta", "impede"), [("2026-05-31", True), ("2026-06-01", False), ("2026-06-20", False)])
def test_a_alta_nao_vem_antes_do_parto(alta, impede):
    cru = {"evento": {"evento": "Parto", "quando": "2026-06-01", "internacao": "sim", "alta_em": alta}}

    assert (
        "A alta vem antes do parto. Confira as duas datas." in ditos(lido("maternidade", cru, CONTEXTO), "impede")
    ) is impede
