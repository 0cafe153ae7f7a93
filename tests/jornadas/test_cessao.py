"""A property of INSS, in a real browser: who may not ask and what could be, and two towns before one wing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.jornadas.adesao import Sala, preencher
from tests.jornadas.cessao import DIRETORA, PREFEITURAS
from tests.jornadas.portal import Portal


@pytest.fixture
def cena(sala: Page, adesoes: Portal) -> Sala:
    return Sala(sala, adesoes)


def test_escola_quer_reserva_tecnica_e_le_o_que_seria_um_sim(cena: Sala):
    pagina = cena.pagina
    cena.entrar("carla")
    pagina.goto("/cessao/imovel/DEMO-02/")
    pagina.get_by_role("link", name="Pedir Térreo").click()
    perguntas = pagina.get_by_role("region", name="Perguntas")
    preencher(perguntas, "De quem é o órgão", "Municipal")
    preencher(perguntas, "Para que é o espaço?", "Outro interesse público")
    perguntas.get_by_role("button", name="Ver a resposta").click()

    resposta = pagina.get_by_role("region", name="Resposta")
    expect(resposta).to_contain_text("Escola, saúde ou cultura não se enquadram.")
    expect(resposta).to_contain_text("O que seria um sim: Uma atividade ligada à previdência neste imóvel")
    expect(resposta).to_contain_text("art. 2º, I")
    expect(pagina.get_by_role("button", name="Salvar o pedido")).to_have_count(0)

    preencher(perguntas, "Para que é o espaço?", "Ligada ou auxiliar à previdência")
    perguntas.get_by_role("button", name="Ver a resposta").click()
    expect(pagina.get_by_role("button", name="Salvar o pedido")).to_be_visible()


def test_duas_cidades_querem_a_mesma_ala_e_a_decisao_diz_por_que_uma(cena: Sala):
    pagina = cena.pagina
    (_, primeira), (outro_gestor, segunda) = PREFEITURAS
    cena.entrar("otavio")
    pagina.goto("/cessao/pedidos/")
    expect(pagina.get_by_role("row", name=re.compile(segunda))).to_be_visible()
    pagina.get_by_role("link", name=f"Abrir o pedido de {segunda}", exact=True).click()
    outros = pagina.get_by_role("region", name="Outros pedidos para este espaço")
    outros.get_by_role("link", name=primeira).click()
    expect(outros.get_by_role("link", name=segunda)).to_be_visible()
    endereco = pagina.url

    cena.entrar(DIRETORA)
    pagina.goto(endereco)
    campos = {"Fundamento": "Acolho o parecer.", "Ato_que_dá": "Portaria 1"}
    cena.agir("Aprovar", "Aprovar", **campos)
    expect(cena.cartao("Aprovar")).to_contain_text("outro")
    cena.agir("Aprovar", "Aprovar", **campos, Por_que_este="O ponto atende quem não tem agência.")
    cena.feito("Aprovado. O termo foi numerado")
    expect(pagina.get_by_text("Por que este pedido: O ponto atende quem não tem agência.")).to_be_visible()

    # The other town is told that there is a rival, not who: its request still stands.
    cena.entrar(outro_gestor)
    pagina.goto("/cessao/pedidos/")
    pagina.get_by_role("link", name=f"Abrir o pedido de {segunda}", exact=True).click()
    expect(pagina.get_by_text("Há 1 outro pedido para este espaço")).to_be_visible()
    expect(pagina.get_by_text(primeira)).to_have_count(0)
