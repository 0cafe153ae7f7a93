"""Every way in for a page: pasted, taken by the camera of the desk, photographed by the phone. With a false camera."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.jornadas.balcao import DEMORA, Balcao
from tests.jornadas.portal import Portal
from tests.simulador import cpf_novo

# As the clipboard hands over what was copied from a screen: a picture without a name of its own.
COLAR = """async () => {
  const tela = Object.assign(document.createElement("canvas"), { width: 1240, height: 1754 });
  const lapis = tela.getContext("2d");
  lapis.fillStyle = "#fff";
  lapis.fillRect(0, 0, 1240, 1754);
  lapis.fillStyle = "#111";
  lapis.font = "40px sans-serif";
  for (let linha = 1; linha < 30; linha += 1) lapis.fillText("Documento fictício, linha " + linha, 100, 55 * linha);
  const bytes = await new Promise((pronto) => { tela.toBlob(pronto, "image/png"); });
  const copiado = new DataTransfer();
  copiado.items.add(new File([bytes], "image.png", { type: "image/png" }));
  const colado = new ClipboardEvent("paste", { clipboardData: copiado, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(colado);
}"""


@pytest.fixture
def caso(janela: Page) -> Balcao:
    """The documents page of a new request."""
    balcao = Balcao(janela)
    balcao.entrar()
    balcao.receber(cpf_novo(), "Entrada da Jornada Fictícia")
    balcao.chamar()
    balcao.abrir_pedido("roça", "Aposentadoria por Idade Rural")
    balcao.ir("documentos")
    return balcao


def test_colar_camera_e_celular(caso: Balcao, portal: Portal):
    janela = caso.pagina
    vagas = janela.locator("details.vaga").filter(has=janela.locator("input[type=file]"))

    janela.evaluate(COLAR)
    primeira = vagas.filter(has=janela.get_by_text("Falta", exact=True)).first
    expect(primeira.get_by_text(re.compile(r"^colado-\d{6}\.png$")).first).to_be_visible(timeout=DEMORA)

    ultima = vagas.last
    ultima.locator("summary").first.focus()
    janela.evaluate(COLAR)
    expect(ultima.get_by_role("region", name=re.compile(r"^colado-\d{6}\.png$"))).to_be_visible(timeout=DEMORA)
