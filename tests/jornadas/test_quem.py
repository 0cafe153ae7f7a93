"""Two people, one browser: what the one had on the screen and in the queue is neither seen nor lost by the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.jornadas.balcao import DEMORA, Balcao
from tests.jornadas.portal import Portal
from tests.jornadas.test_digitalizacao import Linha, na_mesa

NA_FILA = """() => new Promise((pronto) => {
  const pedido = indexedDB.open("portal-fila");
  pedido.onsuccess = () => {
    const banco = pedido.result;
    if (!banco.objectStoreNames.length) { banco.close(); pronto(0); return; }
    const contagem = banco.transaction("corpos").objectStore("corpos").count();
    contagem.onsuccess = () => { banco.close(); pronto(contagem.result); };
  };
})"""


@pytest.fixture
def computador(portal: Portal, navegador) -> Iterator[BrowserContext]:
    contexto = navegador.new_context(base_url=portal.endereco, locale="pt-BR")
    contexto.set_default_timeout(30_000)
    yield contexto
    contexto.close()


def nada_resta(pagina: Page, dito: str) -> None:
    """Not hidden: gone, out of the page, of its fields and of its address."""
    campos = pagina.evaluate("[...document.querySelectorAll('input, select, textarea, img, main')].length")
    assert (campos, dito in pagina.content(), "?" in pagina.url) == (0, False, False)


def sair(pagina: Page) -> None:
    pagina.get_by_role("button", name="Sair").click()
    pagina.wait_for_url("**/entrar/")


def test_quem_sai_leva_todas_as_abas_e_nada_do_que_se_digitou(computador: BrowserContext):
    balcao = Balcao(computador.new_page()).nos_documentos("Aba Esquecida Fictícia")
    caso = balcao.pagina
    digitada, outra = computador.new_page(), computador.new_page()
    digitada.goto("/requerimentos/recepcao/?q=Esquecida")
    campo = digitada.get_by_label("CPF, nome ou protocolo")
    campo.fill("Aba Esquecida")
    outra.goto("/painel/")

    sair(outra)

    expect(caso).to_have_url(re.compile(r"/entrar/\?next="))
    expect(campo).to_be_hidden()
    expect(digitada.get_by_role("heading", name="Sua sessão terminou")).to_be_visible()
    nada_resta(digitada, "Esquecida")
    Balcao(outra).entrar("bruno@exemplo.invalid")
    expect(digitada.get_by_role("heading", name="Outra pessoa entrou neste computador")).to_be_visible()
    nada_resta(digitada, "Esquecida")
    sair(outra)
    Balcao(outra).entrar()
    expect(campo).to_be_visible()
    expect(campo).to_have_value("Aba Esquecida")
    assert digitada.url.endswith("/requerimentos/recepcao/?q=Esquecida")
    # With the key of the new session.
    digitada.get_by_role("button", name="Procurar").click()
    expect(digitada.get_by_role("link", name=re.compile("Aba Esquecida"))).to_be_visible()


def test_a_fila_de_uma_espera_cifrada_enquanto_outro_entra_e_sai(computador: BrowserContext):
    caso = Balcao(computador.new_page()).nos_documentos("Fila Esquecida Fictícia").pagina
    linha = Linha(caso)
    linha.mudar(20_000)
    caso.locator("details.vaga input[type=file]").first.set_input_files([na_mesa()])
    expect(caso.get_by_text(re.compile(r"^enviando [1-9]"))).to_be_visible(timeout=DEMORA)
    computador.clear_cookies()
    expect(caso.get_by_role("heading", name="Sua sessão terminou")).to_be_visible(timeout=DEMORA)

    bruno = computador.new_page()
    Balcao(bruno).entrar("bruno@exemplo.invalid")
    expect(caso.get_by_role("heading", name="Outra pessoa entrou neste computador")).to_be_visible(timeout=DEMORA)
    nada_resta(caso, "Esquecida")
    sair(bruno)
    assert bruno.evaluate(NA_FILA) == 1

    Balcao(bruno).entrar()
    linha.mudar(-1)
    expect(caso.get_by_role("region", name="na-mesa.jpg")).to_be_visible(timeout=2 * DEMORA)
