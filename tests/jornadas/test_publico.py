"""Who never signs in: a citizen who looks for a desk, a mayor's staff who asks whether the town may join."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from act_portal.demonstracao.lugares import JABOTICATUBAS
from tests.jornadas.portal import Portal
from tests.jornadas.test_acessibilidade import ESTREITO, LARGO, axe, tab_ate

BELO_HORIZONTE = "3106200"


@pytest.fixture
def sem_script(navegador: Browser, demonstracao: Portal) -> Iterator[Page]:
    """A browser with JavaScript off, at the window of an ordinary computer."""
    contexto = navegador.new_context(base_url=demonstracao.endereco, java_script_enabled=False, viewport=LARGO)
    yield contexto.new_page()
    contexto.close()


def test_o_cidadao_acha_o_ponto_so_com_o_teclado(vitrine: Page):
    vitrine.goto("/")
    tab_ate(vitrine, vitrine.get_by_role("link", name="Preciso do INSS"))
    vitrine.keyboard.press("Enter")
    expect(vitrine.get_by_role("heading", name="Para quem precisa do INSS")).to_be_focused()
    tab_ate(vitrine, vitrine.get_by_label("Nome da sua cidade"))
    vitrine.keyboard.type("JABOTICATUBAS")
    vitrine.keyboard.press("Enter")

    vitrine.wait_for_url("**/onde-ser-atendido/?q=JABOTICATUBAS")
    cidade = vitrine.get_by_role("heading", level=3).get_by_role("link", name="Jaboticatubas/MG")
    tab_ate(vitrine, cidade)
    vitrine.keyboard.press("Enter")

    vitrine.wait_for_url(f"**/onde-ser-atendido/{JABOTICATUBAS}/")
    expect(vitrine.get_by_text("Ponto de atendimento do município – INSS Digital")).to_be_visible()
    expect(vitrine.get_by_text("Rampa, banheiro adaptado e cadeira de rodas")).to_be_visible()


def test_o_teclado_passa_ao_largo_do_mapa_e_o_mouse_entra_por_ele(vitrine: Page):
    vitrine.goto("/onde-ser-atendido/")
    for _ in range(40):
        vitrine.keyboard.press("Tab")
        assert not vitrine.evaluate("document.activeElement.closest('svg.mapa__desenho') !== null")

    vitrine.locator(f".mapa__marca[href$='/{JABOTICATUBAS}/'] circle").click()

    vitrine.wait_for_url(f"**/onde-ser-atendido/{JABOTICATUBAS}/")


def test_quem_mora_onde_nao_ha_ponto_acha_o_mais_perto_sem_script(sem_script: Page):
    sem_script.goto("/")
    sem_script.get_by_label("Nome da sua cidade").fill("belo horizonte")
    sem_script.get_by_role("button", name="Procurar").click()
    expect(sem_script.get_by_role("heading", name="Belo Horizonte/MG ainda não tem ponto.")).to_be_visible()
    expect(sem_script.get_by_role("heading", level=3).first).to_have_text("Mário Campos/MG")
    sem_script.get_by_role("link", name="Belo Horizonte/MG").click()

    sem_script.wait_for_url(f"**/onde-ser-atendido/{BELO_HORIZONTE}/")
    expect(sem_script.get_by_text(re.compile(r"Mário Campos/MG, a \d+ km em linha reta"))).to_be_visible()
    sem_script.get_by_role("link", name="Todos, do mais perto ao mais longe").click()

    expect(sem_script.get_by_role("heading", level=3).first).to_have_text("Mário Campos/MG")


def test_a_prefeitura_se_avalia_sem_script_e_leva_a_lista_em_pdf(sem_script: Page):
    sem_script.goto("/")
    sem_script.get_by_role("link", name="Posso aderir?").first.click()
    sem_script.get_by_role("textbox", name="Município").fill("Sabará/MG")
    for pergunta, resposta in (
        ("Qual é a previdência", "Regime próprio (RPPS)"), ("O ofício de manifestação", "Sim"),
        ("A lei que criou", "Sim"), ("Quem assina o acordo", "A prefeita ou o prefeito"),
        ("O documento que dá poderes", "Sim"), ("E o documento pessoal", "Sim"), ("Há CRP à mão?", "Ainda não"),
        ("Qual certidão", "Certidão negativa (CND)"), ("A minuta do acordo", "Ainda não"), ("Há sala", "Sim"),
        ("O que a sala já tem?", "Computador"), ("Há internet", "Sim"), ("Quem usa cadeira de rodas", "Sim"),
        ("Cada um tem um e-mail", "Sim"),
    ):  # fmt: skip
        sem_script.get_by_role("group", name=pergunta).get_by_label(resposta, exact=True).check()
    sem_script.get_by_label("Quantos servidores efetivos").fill("2")
    sem_script.get_by_role("button", name="Ver a minha lista").click()

    # The last question was left out: what was answered is still there.
    expect(sem_script.get_by_role("heading", name="Falta acertar uma coisa")).to_be_visible()
    expect(sem_script.get_by_label("Regime próprio (RPPS)")).to_be_checked()
    sem_script.get_by_role("group", name="Eles terão tempo").get_by_label("Sim").check()
    sem_script.get_by_role("button", name="Ver a minha lista").click()

    expect(sem_script.get_by_role("heading", level=1)).to_have_text("Faltam 3 coisas para aderir")
    expect(sem_script.get_by_text("Falta: digitalizador, impressora.")).to_be_visible()
    expect(sem_script.get_by_role("heading", name="Superintendência Regional Sudeste II")).to_be_visible()
    pdf = sem_script.request.get(str(sem_script.get_by_role("link", name="Baixar em PDF").get_attribute("href")))
    texto = pypdfium2.PdfDocument(io.BytesIO(pdf.body()))[0].get_textpage().get_text_range()
    assert pdf.headers["content-type"] == "application/pdf"
    assert "Sabará/MG" in texto


def test_a_lista_passa_no_axe_nos_dois_tamanhos_e_a_200_por_cento(vitrine: Page):
    respostas = "regime=rgps&oficio=nao&lei_criacao=sim&quem_assina=outra&poderes=sim&documento=sim&certidao=cpd"
    respostas += "&minuta=nao&sala=prevista&internet=sim&acessibilidade=parcial&servidores=1&emails=nao&curso=sim"
    for endereco in ("/", "/onde-ser-atendido/", "/adesao/", f"/adesao/posso-aderir/lista/?{respostas}"):
        for janela in (LARGO, ESTREITO, {"width": 683, "height": 384}):
            vitrine.set_viewport_size(janela)
            vitrine.goto(endereco)
            assert axe(vitrine) == [], (endereco, janela)
            sobra = vitrine.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert sobra <= 0, (endereco, janela)


def test_nenhuma_pagina_publica_busca_nada_fora_do_portal(vitrine: Page, demonstracao: Portal):
    pedidos: list[str] = []
    vitrine.on("request", lambda pedido: pedidos.append(pedido.url))
    for endereco in ("/", "/onde-ser-atendido/", f"/onde-ser-atendido/{JABOTICATUBAS}/", "/adesao/"):
        vitrine.goto(endereco)

    assert {urlsplit(p).netloc for p in pedidos} == {urlsplit(demonstracao.endereco).netloc}
