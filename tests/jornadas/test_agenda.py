"""BPC of a person with disability: both dates born with the request, one changed, the receipts in the hand."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.jornadas.balcao import DEMORA, Balcao
from tests.jornadas.portal import Portal
from tests.jornadas.test_caminho import baixar, texto_do_pdf
from tests.simulador import Simulador, cpf_novo


def test_bpc_com_as_duas_datas_uma_remarcada(janela: Page, portal: Portal, simulador: Simulador):
    balcao, cpf, nome = Balcao(janela), cpf_novo(), "Rosa da Agenda Fictícia"
    balcao.entrar()
    balcao.receber(cpf, nome)
    balcao.chamar()
    balcao.abrir_pedido("deficiência", "Benefício Assistencial à Pessoa com Deficiência")
    balcao.responder_tudo(sim="marcar perícia")
    balcao.fazer_papeis()
    balcao.esperar_papeis()
    balcao.marcar_assinados()
    balcao.digitalizar()
    balcao.enviar()
    protocolo = balcao.esperar_protocolo()
    caso = re.sub(r"envio/$", "", janela.url)

    # The dates of INSS come by themselves, each with its receipt.
    balcao.ir("acompanhamento")
    cartao = janela.get_by_role("region", name="Perícia e avaliação social")
    imprimir = cartao.get_by_role("link", name=re.compile("^Imprimir o comprovante"))
    expect(imprimir).to_have_count(2, timeout=DEMORA)
    antigo = datas(portal, protocolo, "pericia")[0]
    papel = texto_do_pdf(baixar(balcao, caso, f"agenda/{antigo[0]}/comprovante"))
    assert "Perícia médica" in papel and nome.split()[0] in papel
    assert cpf not in re.sub(r"\D", "", papel)

    # Another date: open, choose, confirm.
    cartao.get_by_role("link", name=re.compile("^Remarcar a perícia")).click()
    janela.get_by_role("radio").first.check()
    janela.get_by_role("checkbox", name=re.compile("^Precisa de transporte")).check()
    janela.get_by_role("button", name="Remarcar").click()
    expect(cartao.get_by_text("Precisa de transporte.")).to_be_visible(timeout=DEMORA)
    expect(imprimir).to_have_count(2, timeout=DEMORA)
    expect(cartao.get_by_role("link", name=re.compile("^Remarcar a perícia"))).to_have_count(0)

    assert [situacao for _, situacao, _ in datas(portal, protocolo, "pericia")] == ["REMARCADO", "AGENDADO"]
    novo = datas(portal, protocolo, "pericia")[1]
    papel = texto_do_pdf(baixar(balcao, caso, f"agenda/{novo[0]}/comprovante"))
    assert "Você precisa de transporte" in papel and "Já foi remarcada uma vez" in papel
    no_inss = [(a["tipo"], a["situacao"]) for a in simulador.tarefa(protocolo)["agendamentos"]]
    assert sorted(no_inss) == [
        ("AVALIACAO_SOCIAL", "AGENDADO"), ("PERICIA_MEDICA", "AGENDADO"), ("PERICIA_MEDICA", "REMARCADO"),
    ]  # fmt: skip

    # Who checks the old paper reads that it is worth nothing.
    codigo = portal.ler("SELECT codigo FROM emissao_documento WHERE id = ?", antigo[2])[0][0]
    janela.goto(f"/conferir/?c={codigo}")
    expect(janela.get_by_role("main")).to_contain_text("Este papel perdeu o valor")

    janela.goto("/requerimentos/agenda/?ida=transporte")
    expect(janela.get_by_role("row").filter(has_text=nome)).to_have_count(1)


def datas(portal: Portal, protocolo: str, tipo: str) -> list[tuple]:
    """(id, situation, paper), as they were made."""
    sql = (
        "SELECT a.id, a.situacao, a.comprovante_id FROM requerimentos_agendamento a "
        "JOIN requerimentos_requerimento r ON r.id = a.requerimento_id "
        "WHERE r.protocolo = ? AND a.tipo = ? ORDER BY a.id"
    )
    return portal.ler(sql, protocolo, tipo)
