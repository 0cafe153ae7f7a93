"""Every way in for a page: pasted, taken by the camera of the desk, photographed by the phone. With a false camera."""

from __future__ import annotations

import io
import re
from contextlib import closing

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.jornadas.balcao import DEMORA, Balcao, fotografia
from tests.jornadas.portal import Portal

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
    return Balcao(janela).nos_documentos("Entrada da Jornada Fictícia")


def dizer_de_que_documento(janela: Page, vaga: Locator) -> None:
    """Nothing was touched before: the portal asks."""
    pergunta = janela.get_by_role("dialog", name="De que documento é?")
    pergunta.get_by_label("Documento").select_option(label=vaga.locator(".vaga__nome").inner_text())
    janela.keyboard.press("Tab")
    janela.keyboard.press("Enter")
    expect(pergunta).to_be_hidden()


def test_colar_camera_e_celular(caso: Balcao, portal: Portal, navegador: Browser):
    janela = caso.pagina
    vagas = janela.locator("details.vaga").filter(has=janela.locator("input[type=file]"))

    # What is being typed beside it outlives every drawing of the slots.
    ultima = vagas.last
    ultima.locator("summary").first.click()
    ultima.get_by_text("A pessoa não trouxe").click()
    ultima.get_by_label("O que a pessoa deve trazer?").fill("o comprovante de hoje")
    janela.get_by_role("heading", level=1).click()

    janela.evaluate(COLAR)
    primeira = vagas.filter(has=janela.get_by_text("Falta", exact=True)).first
    dizer_de_que_documento(janela, primeira)
    expect(primeira.get_by_text(re.compile(r"^colado-\d{6}\.png$")).first).to_be_visible(timeout=DEMORA)

    expect(janela.get_by_role("region", name=re.compile(r"^colado-\d{6}\.png$"))).to_be_visible(timeout=DEMORA)
    expect(ultima.get_by_label("O que a pessoa deve trazer?")).to_have_value("o comprovante de hoje")
    expect(ultima.get_by_label("O que a pessoa deve trazer?")).to_be_visible()
    ultima.locator("summary").first.focus()
    janela.evaluate(COLAR)
    expect(ultima.get_by_role("region", name=re.compile(r"^colado-\d{6}\.png$"))).to_be_visible(timeout=DEMORA)

    # By keyboard alone: open, take, use, close.
    camera = primeira_com(vagas, "Usar a câmera")
    camera.focus()
    janela.keyboard.press("Enter")
    expect(janela.get_by_text("Ponha a folha inteira no quadro")).to_be_visible()
    janela.keyboard.press("Enter")
    expect(janela.get_by_text("Foto tirada.")).to_be_visible()
    janela.keyboard.press("Enter")
    expect(janela.get_by_text("A foto entrou na fila.")).to_be_visible()
    janela.keyboard.press("Escape")
    expect(camera).to_be_focused()
    expect(janela.get_by_role("region", name=re.compile(r"^camera-\d{6}\.jpg$"))).to_be_visible(timeout=DEMORA)

    janela.get_by_role("button", name="Usar o celular").click()
    codigo = janela.get_by_alt_text("Código QR que liga um celular a este pedido")
    expect(codigo).to_be_visible()
    [lido] = zxingcpp.read_barcodes(Image.open(io.BytesIO(codigo.screenshot(caret="initial"))))
    with (
        closing(navegador.new_context(viewport={"width": 390, "height": 844}, locale="pt-BR")) as do_bolso,
        closing(navegador.new_context(viewport={"width": 390, "height": 844}, locale="pt-BR")) as do_vizinho,
    ):
        celular, vizinho = do_bolso.new_page(), do_vizinho.new_page()
        celular.goto(lido.text)
        celular.wait_for_url(f"{portal.endereco}/celular/fotos/")
        assert "Entrada da Jornada" not in celular.content()
        dizer_de_que_e(celular)
        celular.get_by_label("Tirar foto").set_input_files([fotografia("do celular") | {"name": "image.jpg"}])
        expect(celular.get_by_text("enviado", exact=True)).to_be_visible(timeout=DEMORA)
        # Nobody touches the desk: the page is there.
        expect(janela.get_by_text("1 foto recebida")).to_be_visible(timeout=DEMORA)
        expect(janela.get_by_role("region", name=re.compile(r"^foto-\d{6}"))).to_be_visible(timeout=DEMORA)
        celular.get_by_label("Tirar foto").set_input_files(
            [{"name": "image.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8nada"}]
        )
        expect(celular.get_by_label("Tirar foto")).to_have_accessible_description(
            re.compile("Folha inteira.*não é JPG"), timeout=DEMORA
        )
        vizinho.goto(lido.text)
        expect(vizinho.get_by_text("Este código já foi usado por outro celular.")).to_be_visible()
        celular.goto(f"{portal.endereco}/painel/")
        expect(celular).to_have_url(re.compile("/entrar/"))
        celular.goto(f"{portal.endereco}/celular/fotos/")
        desligar(janela, celular)


def dizer_de_que_e(celular: Page) -> None:
    """Nothing goes to the first document of the list by itself."""
    celular.get_by_text("Tirar foto").click()
    de_que = celular.get_by_label("De que documento é a foto?")
    expect(de_que).to_be_focused()
    expect(de_que).to_have_accessible_description(re.compile("Escolha de que documento é a foto"))
    de_que.select_option(index=1)


def desligar(janela: Page, celular: Page) -> None:
    """A camera that serves no more is not offered, though nobody touches the telephone."""
    expect(celular.get_by_text("Tirar foto")).to_be_visible()
    janela.get_by_role("button", name="Desligar o celular").click()
    expect(celular.get_by_text("O balcão desligou este código.")).to_be_visible()


def primeira_com(vagas: Locator, botao: str) -> Locator:
    return vagas.get_by_role("button", name=botao).first
