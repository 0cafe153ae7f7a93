"""The scan station on a phone, with real files and the papers that the portal itself printed.

A camera that does not open, a line and a session that end in the middle of a file, a repair taken back, signed papers.
"""

from __future__ import annotations

import io
import itertools
import random
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bench._mesa import fotografar
from bench.legibilidade import documento
from tests.jornadas.balcao import DEMORA, Balcao
from tests.jornadas.conftest import CHROMIUM
from tests.jornadas.portal import Portal

Bolso = Callable[..., Page]
EM_USO = """navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException("Device in use", "NotReadableError"));"""
# A file dragged over an element and dropped on it; answers whether the page took it out of the browser's hands.
SOLTAR = """async (alvo, nome) => {
  const tela = Object.assign(document.createElement("canvas"), { width: 600, height: 800 });
  tela.getContext("2d").fillText("Carteira de trabalho", 50, 50);
  const foto = await new Promise((pronta) => { tela.toBlob(pronta); });
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([foto], nome, { type: "image/png" }));
  return ["dragover", "drop"].every((gesto) =>
    !alvo.dispatchEvent(new DragEvent(gesto, { dataTransfer, bubbles: true, cancelable: true })));
}"""
FALSA, SEM_PERGUNTA = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
# What the browser is, what runs in the page before its own scripts, and what the page says.
NAO_ABRE = [
    pytest.param([FALSA], "", "O navegador não deixou usar a câmera.", id="negada"),
    pytest.param([SEM_PERGUNTA], "", "Este computador não tem câmera ligada.", id="sem camera"),
    pytest.param([FALSA, SEM_PERGUNTA], EM_USO, "A câmera está em uso por outro programa.", id="em uso"),
]


@pytest.fixture
def bolso(janela: Page, portal: Portal, navegador: Browser) -> Iterator[Bolso]:
    """The same clerk on a phone, at the page where the window is; a cut line is no error of the page there."""
    with ExitStack() as abertos:

        def abrir(no: Browser = navegador, antes: str = "") -> Page:
            contexto = abertos.enter_context(
                closing(
                    no.new_context(
                        base_url=portal.endereco, viewport={"width": 390, "height": 844}, locale="pt-BR",
                        storage_state=janela.context.storage_state(),
                    )
                )
            )  # fmt: skip
            contexto.set_default_timeout(30_000)
            pagina = contexto.new_page()
            if antes:
                pagina.add_init_script(antes)
            pagina.goto(janela.url)
            return pagina

        yield abrir


@pytest.fixture
def caso(janela: Page) -> Balcao:
    return Balcao(janela).nos_documentos("Digitalizada da Jornada Fictícia")


def test_solto_em_qualquer_lugar_da_vaga_entra_nela_e_fora_dela_pergunta(caso: Balcao, janela: Page):
    vaga = janela.locator("details.vaga").filter(has=janela.locator("summary", has_text="Carteira de trabalho"))
    assert vaga.get_attribute("open") is None
    vaga.locator("summary").first.evaluate(SOLTAR, "no-titulo.png")
    expect(vaga.get_by_role("region", name="no-titulo.png")).to_be_visible(timeout=DEMORA)

    # The browser would open the file in place of the page.
    assert janela.get_by_role("heading", level=1).evaluate(SOLTAR, "fora.png")
    pergunta = janela.get_by_role("dialog", name="De que documento é?")
    expect(pergunta).to_contain_text("fora.png")
    expect(pergunta.get_by_label("Documento")).to_be_focused()
    pergunta.get_by_role("button", name="Não juntar").click()
    expect(pergunta).to_be_hidden()

    assert janela.get_by_role("heading", level=1).evaluate(SOLTAR, "respondida.png")
    pergunta.get_by_role("button", name="Juntar", exact=True).click()
    expect(pergunta).to_be_visible()
    pergunta.get_by_label("Documento").select_option(label="Carteira de trabalho")
    pergunta.get_by_role("button", name="Juntar", exact=True).click()
    expect(vaga.get_by_role("region", name="respondida.png")).to_be_visible(timeout=DEMORA)
    expect(janela.get_by_text("fora.png")).to_have_count(0)


@pytest.mark.parametrize(("opcoes", "antes", "frase"), NAO_ABRE)
def test_a_camera_que_nao_abre_diz_por_que_junto_do_botao(
    caso: Balcao, bolso: Bolso, navegador: Browser, opcoes: list[str], antes: str, frase: str
):
    with closing(navegador.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", *opcoes])) as outro:
        pagina = bolso(outro, antes)
        camera = pagina.get_by_role("button", name="Usar a câmera").first
        camera.click()

        expect(pagina.get_by_role("alert").filter(has_text=frase)).to_be_visible()
        expect(camera).to_be_focused()
        expect(camera).to_have_accessible_description(re.compile(re.escape(frase)))
        expect(pagina.get_by_role("dialog")).to_have_count(0)


def na_mesa() -> dict[str, Any]:
    """A sheet photographed on a table; with grain, so that it takes a while to send."""
    sorte = random.Random("jornada")  # noqa: S311 - pictures
    tirada, _ = fotografar(documento(sorte, ponto=11, margem=90), sorte, largura=1500, altura=2000)
    saida = io.BytesIO()
    tirada.save(saida, "JPEG", quality=92)
    return {"name": "na-mesa.jpg", "mimeType": "image/jpeg", "buffer": saida.getvalue()}


class Linha:
    """The line of one page: so many bytes a second upwards (-1: as they come), or cut."""

    def __init__(self, pagina: Page) -> None:
        self.rede = pagina.context.new_cdp_session(pagina)
        self.rede.send("Network.enable")

    def mudar(self, bytes_por_segundo: int, *, cortada: bool = False) -> None:
        taxas = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_por_segundo}
        self.rede.send("Network.emulateNetworkConditions", {"offline": cortada, **taxas})


def aplicar_a_mao(pagina: Page) -> None:
    """The focus goes to the field that is wrong, else to the tools, not back to the top of the page."""
    pagina.get_by_text("Consertar à mão").click()
    graus = pagina.get_by_label(re.compile("^Desentortar"))
    graus.fill("90")
    graus.press("Enter")
    expect(graus).to_be_focused()
    graus.fill("2")
    pagina.get_by_role("button", name="Aplicar", exact=True).press("Enter")
    expect(pagina.get_by_role("toolbar", name="Ferramentas da página")).to_be_focused()
    expect(pagina.get_by_text("desentortada 2,0°").first).to_be_visible(timeout=DEMORA)
    expect(pagina.get_by_role("toolbar", name="Ferramentas da página")).to_be_focused()
    # A corner moved on the photo is applied beside it.
    aplicar = pagina.get_by_role("button", name="Aplicar estes cantos")
    expect(aplicar).to_be_hidden()
    pagina.get_by_role("button", name="Canto de cima, à esquerda: use as setas").press("Shift+ArrowDown")
    aplicar.press("Enter")
    expect(pagina.get_by_text("folha recortada e endireitada").first).to_be_visible(timeout=DEMORA)


def test_a_linha_e_a_sessao_caem_no_meio_e_o_conserto_se_desfaz(caso: Balcao, bolso: Bolso):
    pagina = bolso()
    foto = na_mesa()
    campo = pagina.locator("details.vaga input[type=file]").first
    linha = Linha(pagina)
    linha.mudar(25_000)
    campo.set_input_files([foto])
    expect(pagina.get_by_text(re.compile(r"^enviando [1-9]"))).to_be_visible(timeout=DEMORA)

    linha.mudar(25_000, cortada=True)
    expect(pagina.get_by_text(re.compile("^a internet caiu: continua sozinho"))).to_be_visible(timeout=DEMORA)
    linha.mudar(25_000)
    expect(pagina.get_by_text(re.compile(r"^enviando [1-9]"))).to_be_visible(timeout=DEMORA)
    pagina.context.clear_cookies()
    expect(pagina.get_by_text("Sua sessão terminou. Entre de novo").first).to_be_visible(timeout=DEMORA)
    # In another tab, as the sentence says; nobody touches the first.
    Balcao(pagina.context.new_page()).entrar()
    linha.mudar(-1)
    peca = pagina.get_by_role("region", name="na-mesa.jpg")
    expect(peca).to_be_visible(timeout=2 * DEMORA)

    expect(peca.get_by_text("folha recortada e endireitada")).to_be_visible(timeout=DEMORA)
    assert peca.get_by_role("img", name=re.compile("^Baixar a página 1")).get_attribute("src")
    peca.get_by_role("button", name="Desfazer o conserto da página 1").click()
    expect(peca.get_by_text("folha recortada e endireitada")).to_have_count(0, timeout=DEMORA)
    # The tab of the sign-in is in front, and only what is in front has the focus.
    pagina.bring_to_front()
    girar = peca.get_by_role("button", name="Girar a página 1")
    voz = pagina.locator("[data-fila-voz]")
    girar.press("g")
    expect(voz).to_have_text("Página 1 girada.")
    giro = peca.get_by_role("button", name="Desfazer o giro da página 1")
    expect(giro).to_be_visible()
    girar.press("z")
    expect(giro).to_have_count(0)
    # Out and back, without a walk from the top of the page.
    girar.press("t")
    lixeira = peca.get_by_text("1 página na lixeira")
    expect(lixeira).to_be_focused()
    expect(voz).to_have_text("A página 1 foi para a lixeira.")
    lixeira.press("Enter")
    peca.get_by_role("button", name="Devolver a página 1").press("Enter")
    expect(peca.get_by_role("toolbar", name="Ferramentas da página 1")).to_be_focused()
    expect(voz).to_have_text("A página voltou.")
    # By hand, with the keyboard, and taken back again.
    peca.get_by_role("link", name="Consertar a página 1").press("Enter")
    pagina.get_by_role("button", name="Consertar sozinho").press("Enter")
    expect(pagina.get_by_text("folha recortada e endireitada").first).to_be_visible(timeout=DEMORA)
    desfazer = pagina.get_by_role("button", name=re.compile("^Desfazer"))
    desfazer.press("Enter")
    expect(pagina.get_by_text("A página está como veio.")).to_be_visible(timeout=DEMORA)
    expect(desfazer).to_be_focused()
    # Pressed twice it begins nothing.
    pagina.keyboard.press("Enter")
    expect(desfazer).to_be_disabled()
    expect(pagina.get_by_text("A página está como veio.")).to_be_visible()
    aplicar_a_mao(pagina)


CONTA_ESPERAS = """window.esperas = []; const marcar = window.setTimeout;
window.setTimeout = (fazer, ms, ...resto) => { window.esperas.push(ms); return marcar(fazer, ms, ...resto); };"""
CORTES = 4


def test_a_linha_que_leva_um_pouco_entre_dois_cortes_e_tentada_logo(caso: Balcao, bolso: Bolso):
    pagina = bolso(antes=CONTA_ESPERAS)
    vezes = itertools.count()

    def cortar(rota: Route) -> None:
        vez = next(vezes)
        rota.abort() if vez % 2 and vez < 2 * CORTES else rota.continue_()

    pagina.route(re.compile(r"/envios/[0-9a-f-]{36}/$"), cortar)
    pagina.locator("details.vaga input[type=file]").first.set_input_files([na_mesa()])
    expect(pagina.get_by_role("region", name="na-mesa.jpg")).to_be_visible(timeout=2 * DEMORA)

    primeira, *longas = [1000, 3000, 8000, 15000, 30000]
    esperas = pagina.evaluate("window.esperas")
    assert esperas.count(primeira) >= CORTES
    assert not set(esperas) & set(longas)


def test_os_papeis_impressos_voltam_e_o_que_nao_se_le_vai_e_volta_da_bandeja(caso: Balcao, janela: Page, bolso: Bolso):
    caso.ir("demanda")
    caso.responder_tudo()
    caso.fazer_papeis()
    caso.esperar_papeis()
    impressos = janela.request.get(janela.url.split("/formularios/")[0] + "/formularios/imprimir/").body()
    caso.ir("documentos")

    pagina = bolso()
    qualquer = io.BytesIO()
    documento(random.Random(5), ponto=11).save(qualquer, "JPEG", quality=85)  # noqa: S311 - pictures
    pagina.get_by_label("Juntar os papéis assinados").set_input_files(
        [
            {"name": "assinados.pdf", "mimeType": "application/pdf", "buffer": impressos},
            {"name": "sem-codigo.jpg", "mimeType": "image/jpeg", "buffer": qualquer.getvalue()},
        ]
    )
    caixa = pagina.get_by_role("region", name="Papéis assinados")
    sem_codigo = caixa.get_by_role("listitem").filter(has_text="Não deu para ler o código")
    na_bandeja = sem_codigo.get_by_role("link", name="bandeja")
    expect(na_bandeja).to_be_visible(timeout=2 * DEMORA)
    expect(caixa.get_by_text(re.compile(r"^(Ainda não voltou|Falta)"))).to_have_count(0, timeout=DEMORA)
    expect(caixa.get_by_text(re.compile(r"^\d+ de \d+ folha")).first).to_be_visible()

    na_bandeja.click()
    folha = pagina.get_by_role("article").filter(has_text="Digitalizada da Jornada")
    descartar = folha.get_by_role("button", name=re.compile("^Descartar a folha 1 de sem-codigo.jpg"))
    descartar.click()
    expect(descartar).to_have_count(0)
    pagina.get_by_text(re.compile(r"^Descartadas \(")).click()
    pagina.get_by_role("button", name=re.compile("^Devolver à bandeja a página 1 de sem-codigo.jpg")).click()
    expect(pagina.get_by_text("A folha voltou para a bandeja.")).to_be_visible()
    folha.get_by_label("Pôr na vaga").select_option(index=1)
    folha.get_by_role("button", name=re.compile("^Pôr na vaga")).click()
    expect(pagina.get_by_text("A folha foi para a vaga.")).to_be_visible()
    expect(folha).to_have_count(0)
    pagina.goto(janela.url)
    expect(pagina.get_by_role("region", name="sem-codigo.jpg")).to_be_visible()
