"""A shared computer: the next person presses Back, and nobody's session lives on by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.jornadas.balcao import Balcao
from tests.jornadas.conftest import CHROMIUM, OPCOES
from tests.jornadas.portal import Portal


@pytest.fixture
def com_paginas_guardadas(portal: Portal, navegador: Browser) -> Iterator[Page]:
    """A window that keeps left pages in memory, as people's browsers do and automation does not."""
    outro = navegador.browser_type.launch(
        executable_path=CHROMIUM, args=OPCOES, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield outro.new_context(base_url=portal.endereco, locale="pt-BR").new_page()
    outro.close()


def test_voltar_acha_o_que_foi_digitado_e_depois_de_sair_nada(com_paginas_guardadas: Page):
    janela = com_paginas_guardadas
    Balcao(janela).entrar()
    janela.goto("/minha-conta/")
    janela.goto("/requerimentos/recepcao/")
    janela.evaluate("document.querySelector('main input:not([type=hidden])').value = 'pela metade'; window.minha = 1")
    janela.goto("/painel/")

    # A page out of memory never loads, so nobody waits for that.
    janela.go_back(wait_until="commit")

    expect(janela.locator("main")).to_be_visible()
    assert janela.evaluate("window.minha") == 1
    assert janela.evaluate("document.querySelector('main input:not([type=hidden])').value") == "pela metade"

    janela.goto("/painel/")
    expect(janela.locator("main")).to_be_visible()
    janela.evaluate("document.querySelector(\"form[action='/sair/']\").submit()")
    janela.wait_for_url("**/entrar/")
    janela.go_back(wait_until="commit")

    expect(janela).to_have_url(re.compile(r"/entrar/\?next="), timeout=30_000)


def test_pagina_que_pergunta_sozinha_nao_segura_a_sessao(vitrine: Page):
    Balcao(vitrine).entrar()
    vitrine.goto("/requerimentos/?etapa=acompanhando")

    def sozinha(pedido: Request) -> bool:
        return "hx-request" in pedido.headers and "/acompanhamento/" in pedido.url

    with vitrine.expect_request(sozinha) as pergunta:
        vitrine.get_by_role("link", name=re.compile("^Abrir")).first.click()

    assert pergunta.value.headers["x-segundo-plano"] == "1"
