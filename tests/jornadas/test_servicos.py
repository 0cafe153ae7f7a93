"""Services of the agreement from the table to INSS: who signs by another's hand, illness, and what follows a denial."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.jornadas.balcao import Balcao
from tests.jornadas.portal import Portal
from tests.jornadas.test_caminho import ate_aparecer, texto_do_pdf
from tests.jornadas.test_fichas import ate_o_inss, texto_do_papel
from tests.simulador import Simulador


def abrir(balcao: Balcao, portal: Portal, nome: str, procura: str, servico: str) -> tuple[str, str]:
    """(CPF, address of the request) of somebody who sits at Ana's table."""
    balcao.entrar()
    cpf = balcao.na_mesa(portal, nome)
    balcao.abrir_pedido(procura, servico)
    return cpf, re.sub(r"demanda/.*", "", balcao.pagina.url)


def test_salario_maternidade_rural_a_rogo(janela: Page, portal: Portal, simulador: Simulador):
    balcao = Balcao(janela)
    cpf, caso = abrir(balcao, portal, "Jurema Mãe Fictícia", "neném", "Salário-Maternidade Rural")
    janela.goto(f"{caso}ficha/maternidade/evento/")
    balcao.escolher("O que aconteceu?", "Parto")
    balcao.campo("Data do fato").fill("2026-08-03")
    balcao.campo("Nome da criança").fill("Ravi Fictício")
    balcao.escolher("Na data do fato", "Trabalhava no campo ou na pesca")
    balcao.preencher_pagina_da_ficha()
    janela.goto(f"{caso}demanda/")
    balcao.responder_tudo(sim="nascimento|parto")

    balcao.a_rogo()
    balcao.esperar_papeis()
    conjunto = janela.request.get(f"{caso}formularios/imprimir/").body()
    texto = " ".join(texto_do_pdf(conjunto).split())
    # Each of the four papers is read aloud and signed by three other people.
    assert texto.count("Assina a rogo: Testemunha 0 Fictícia") == 4
    assert texto.count("Testemunha 1 Fictícia") >= 4 and texto.count("Testemunha 2 Fictícia") >= 4
    balcao.marcar_assinados()
    balcao.digitalizar()
    balcao.enviar()
    protocolo = balcao.esperar_protocolo()

    [tarefa] = simulador.recebidas(cpf)
    assert tarefa["protocolo"] == protocolo
    fichas = {f["codigo"]: f for f in tarefa["pedido"]["respostas"]["formularios"]}
    [evento] = fichas["maternidade"]["paginas"]
    assert {"pergunta": "Data do fato", "resposta": "03/08/2026"} in evento["respostas"]
    assert "autodeclaracao_rural" in fichas


def test_da_doenca_a_negativa_ao_recurso_e_a_copia(janela: Page, portal: Portal, simulador: Simulador):
    balcao = Balcao(janela)
    cpf, caso = abrir(balcao, portal, "Nilson Afastado Fictício", "encostar", "Auxílio por Incapacidade Temporária")
    balcao.responder_tudo(sim="mais de 15 dias")
    ate_o_inss(balcao, simulador, cpf)
    [tarefa] = simulador.recebidas(cpf)
    assert "documento_medico" in {anexo["slot"] for anexo in tarefa["anexos"]}

    simulador.decidir(tarefa["protocolo"], "indeferido", motivos=["Não foi constatada a incapacidade."])
    recorrer = janela.get_by_role("link", name="Ver o recurso")
    ate_aparecer(janela, f"{caso}resultado/", recorrer)
    recorrer.click()
    balcao.apertar("Abrir pedido")
    do_recurso(balcao, simulador, cpf, tarefa["protocolo"])

    janela.goto(f"{caso}resultado/")
    recorrer.click()
    janela.get_by_role("navigation", name="Você está em").get_by_role("link", name="Serviços").click()
    da_copia(balcao, simulador, cpf, tarefa["protocolo"])


def do_recurso(balcao: Balcao, simulador: Simulador, cpf: str, negado: str) -> None:
    """The appeal: what the portal knows of the denial is there, to be confirmed; the reasons are the person's."""
    janela = balcao.pagina
    janela.wait_for_url(re.compile("/demanda/"))
    caso = re.sub(r"demanda/.*", "", janela.url)
    janela.goto(f"{caso}ficha/recurso/decisao/")
    expect(balcao.campo("Protocolo do pedido negado")).to_have_value(negado)
    expect(balcao.campo("O que o INSS disse")).to_have_value("Não foi constatada a incapacidade.")
    expect(janela.get_by_text("confirme com a pessoa").first).to_be_visible()
    balcao.campo("Quando a pessoa soube").fill(balcao.campo("Data da decisão").input_value())
    balcao.preencher_pagina_da_ficha()
    janela.goto(f"{caso}demanda/")
    balcao.responder_tudo()
    formularios = ate_o_inss(balcao, simulador, cpf)
    assert "Recurso ao Conselho de Recursos" in texto_do_papel(janela, caso, "razoes-recurso")
    decisao = formularios["recurso"]["paginas"][0]["respostas"]
    assert {"pergunta": "Protocolo do pedido negado", "resposta": negado} in decisao


def da_copia(balcao: Balcao, simulador: Simulador, cpf: str, negado: str) -> None:
    balcao.campo("Serviço").fill("cópia")
    balcao.apertar("Procurar")
    balcao.seguir("Cópia de Processo")
    balcao.apertar("Abrir pedido")
    balcao.pagina.wait_for_url(re.compile("/demanda/"))
    balcao.responder_tudo()
    [pagina] = ate_o_inss(balcao, simulador, cpf)["copia"]["paginas"]
    assert {"pergunta": "Número do benefício ou do protocolo", "resposta": negado} in pagina["respostas"]
