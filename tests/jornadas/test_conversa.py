"""From what the person says to a request, and to a sheet of paper when there is nothing to ask for here."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.jornadas.balcao import DEMORA, Balcao
from tests.jornadas.portal import Portal
from tests.jornadas.test_caminho import texto_do_pdf
from tests.simulador import cpf_novo


def comecar(janela: Page, nome: str) -> Balcao:
    balcao = Balcao(janela)
    balcao.entrar()
    balcao.receber(cpf_novo(), nome)
    balcao.chamar()
    balcao.seguir("Identificar pela conversa")
    return balcao


def responder(janela: Page, pergunta: str, resposta: str) -> None:
    expect(janela.get_by_role("heading", level=1, name=pergunta)).to_be_visible()
    janela.get_by_role("radio", name=re.compile(f"^{resposta}")).check()
    janela.get_by_role("button", name="Continuar").click()


def test_da_conversa_ao_pedido_com_o_que_foi_dito(janela: Page, portal: Portal):
    comecar(janela, "Rosália da Conversa Fictícia")

    responder(janela, "O que aconteceu?", "Falta dinheiro em casa")
    responder(janela, "Onde a pessoa trabalhou", "Nunca trabalhou")
    janela.get_by_label("Pessoas que moram na casa").fill("4")
    janela.get_by_label("Total por mês").fill("1.200,00")
    # By keyboard: Enter in the field means to go on, not the first of the other buttons.
    janela.get_by_label("Total por mês").press("Enter")
    expect(janela.get_by_role("heading", level=1, name="Quando o CadÚnico foi atualizado?")).to_be_visible()

    janela.get_by_role("link", name="Voltar").click()
    expect(janela.get_by_label("Total por mês")).to_have_value("1200,00")
    janela.get_by_role("button", name="Continuar").click()
    janela.get_by_role("button", name="Não tem CadÚnico").click()
    responder(janela, "A pessoa tem biometria", "Não tem")
    responder(janela, "A pessoa já pediu isto", "Nunca pediu")

    expect(janela.get_by_role("heading", level=1, name=re.compile("^Caminhos para Rosália"))).to_be_visible()
    texto = janela.get_by_role("main").inner_text()
    assert "CRAS" in texto and "Posto de identificação (CIN)" in texto and "Quem decide é o INSS" in texto
    janela.get_by_role("button", name=re.compile("Abrir este pedido.*Pessoa Idosa")).click()
    janela.wait_for_url(re.compile("/demanda/"))
    # Income and family are told in the pages of the request, beside what was said.
    janela.goto(janela.url.replace("/demanda/", "/ficha/bpc_grupo_familiar/familia/"))
    expect(janela.get_by_text(re.compile("1.200,00 para 4 pessoas")).first).to_be_visible()


def test_o_seguro_defeso_termina_em_folha(janela: Page, portal: Portal):
    comecar(janela, "Pedro do Defeso Fictício")

    responder(janela, "O que aconteceu?", "Pescador parado pelo defeso")
    expect(janela.get_by_text("Ministério do Trabalho e Emprego").first).to_be_visible()
    janela.get_by_role("button", name="Concluir só com orientação").click()

    folha = janela.get_by_role("link", name="Imprimir a folha")
    for _ in range(60):
        if folha.count():
            break
        janela.wait_for_timeout(1000)
        janela.reload()
    expect(folha).to_be_visible(timeout=DEMORA)
    texto = texto_do_pdf(janela.request.get(str(folha.get_attribute("href"))).body())
    assert "Pedro do Defeso Fictício" in texto and "Carteira de Trabalho Digital" in texto
