"""The whole path, from the door to the result in the citizen's hand, in a real browser."""

from __future__ import annotations

import re

import pypdfium2
from playwright.sync_api import Page, expect

from tests.jornadas.balcao import DEMORA, Balcao, fotografia
from tests.jornadas.portal import Portal
from tests.simulador import Simulador, cpf_novo

CHAVE = re.compile(r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])")


def ate_aparecer(janela: Page, endereco: str, alvo) -> None:
    """What INSS decides comes with the next question to it: look again until it is there."""
    for _ in range(60):
        janela.goto(endereco)
        if alvo.count():
            return
        janela.wait_for_timeout(1000)
    expect(alvo).to_be_visible()


def texto_do_pdf(conteudo: bytes) -> str:
    assert conteudo.startswith(b"%PDF")
    with pypdfium2.PdfDocument(conteudo) as pdf:
        return "\n".join(pagina.get_textpage().get_text_bounded() for pagina in pdf)


def test_da_porta_ao_resultado_na_mao(janela: Page, janela_do_cidadao: Page, portal: Portal, simulador: Simulador):
    balcao, cpf, nome = Balcao(janela), cpf_novo(), "Benedita da Jornada Fictícia"

    balcao.entrar()
    balcao.receber(cpf, nome)
    balcao.chamar()
    balcao.abrir_pedido("roça", "Aposentadoria por Idade Rural")
    balcao.responder_tudo()
    balcao.fazer_papeis()
    balcao.esperar_papeis()
    balcao.marcar_assinados()
    balcao.digitalizar()
    balcao.enviar()
    protocolo = balcao.esperar_protocolo()

    recebidas = simulador.recebidas(cpf)
    assert [t["protocolo"] for t in recebidas] == [protocolo]
    assert recebidas[0]["anexos"], "os documentos chegaram ao INSS"
    assert papeis(portal, protocolo) == [("pronto", 4)]

    caso = re.sub(r"envio/$", "", janela.url)
    comprovante = texto_do_pdf(baixar(balcao, caso, "comprovante"))
    chave = CHAVE.search(comprovante)
    assert chave and protocolo in re.sub(r"\D", "", comprovante), comprovante
    assert cpf not in re.sub(r"\D", "", comprovante)

    balcao.ir("acompanhamento")
    simulador.exigir(protocolo, "Apresente documento de identidade legível.")
    # Nobody loads the page again: the card, the timeline and the stage change by themselves.
    expect(janela.get_by_role("heading", name="Exigência E1")).to_be_visible(timeout=DEMORA)
    expect(janela.get_by_role("listitem").filter(has_text="O INSS pediu documentos").first).to_be_visible()
    expect(janela.get_by_text("Exigência aberta").first).to_be_visible()
    ate_aparecer(
        janela, "/requerimentos/exigencias/", janela.get_by_role("link", name=re.compile(f"exigência de {nome}"))
    )
    responder_exigencia(balcao)
    tarefa = portal.esperar("a resposta chegar", lambda: simulador.recebidas(cpf)[0]["respostas"].get("E1"))
    assert "identidade" in tarefa
    assert any(anexo["exigencia"] == "E1" for anexo in simulador.recebidas(cpf)[0]["anexos"])

    simulador.decidir(protocolo, "deferido")
    ate_aparecer(janela, f"{caso}resultado/", janela.get_by_role("button", name="Registrar a entrega"))
    balcao.campo("Quem recebeu").fill(nome)
    balcao.apertar("Registrar a entrega")
    expect(janela.get_by_role("link", name="Imprimir o termo de entrega")).to_be_visible(timeout=DEMORA)
    assert "Benedita" in texto_do_pdf(baixar(balcao, caso, "resultado/termo"))

    consultar(janela_do_cidadao, protocolo, chave[0])
    achado = janela_do_cidadao.get_by_role("main").inner_text()
    assert "Aposentadoria por Idade Rural" in achado and "balcão" in achado
    inteira = janela_do_cidadao.content()
    assert not [segredo for segredo in (*nome.split()[::3], "Benedita", "Acácias") if segredo in inteira]
    assert cpf not in re.sub(r"\D", "", inteira)
    assert janela_do_cidadao.url == f"{portal.endereco}/consulta/"


def consultar(janela: Page, protocolo: str, chave: str) -> None:
    """What the citizen does at home, with the receipt in the hand."""
    janela.goto("/consulta/")
    janela.get_by_label("Número do pedido").fill(protocolo)
    janela.get_by_label("Chave para consultar").fill(chave)
    janela.get_by_role("button", name="Ver meu pedido").click()
    expect(janela.get_by_role("heading", name="O balcão que cuida do seu pedido")).to_be_visible()


def papeis(portal: Portal, protocolo: str) -> list[tuple]:
    linhas = portal.ler(
        "SELECT r.protocolo, c.situacao, COUNT(*) FROM requerimentos_papel p "
        "JOIN requerimentos_conjunto c ON c.id = p.conjunto_id "
        "JOIN requerimentos_requerimento r ON r.id = c.requerimento_id GROUP BY r.protocolo, c.id, c.situacao"
    )
    return [tuple(resto) for dele, *resto in linhas if dele == protocolo]


def baixar(balcao: Balcao, caso: str, papel: str) -> bytes:
    """A paper that the worker may still be drawing."""
    for _ in range(60):
        resposta = balcao.pagina.request.get(f"{caso}{papel}/")
        if resposta.headers.get("content-type", "").startswith("application/pdf"):
            return resposta.body()
        balcao.pagina.wait_for_timeout(1000)
    raise AssertionError(f"{papel}: {resposta.status}")


def responder_exigencia(balcao: Balcao) -> None:
    janela = balcao.pagina
    janela.get_by_role("link", name=re.compile("exigência de Benedita da Jornada")).click()
    janela.wait_for_url(re.compile("/exigencias/[0-9a-f-]{36}/"))
    balcao.juntar(
        janela.locator("details").filter(has=janela.locator("input[type=file]")).first,
        fotografia("identidade", deitada=True),
    )
    balcao.declarar_tudo()
    balcao.campo("Resposta").fill("Segue o documento de identidade legível.")
    balcao.apertar("Enviar a resposta ao INSS")


def test_quem_nao_assina_tem_papeis_a_rogo(janela: Page, portal: Portal):
    balcao, cpf = Balcao(janela), cpf_novo()

    balcao.entrar("bruno@exemplo.invalid")
    balcao.receber(cpf, "Efigênia a Rogo Fictícia", assina="Não sabe ler ou escrever")
    balcao.chamar()
    balcao.abrir_pedido("roça", "Aposentadoria por Idade Rural")
    balcao.responder_tudo()
    balcao.a_rogo()
    balcao.esperar_papeis()

    imprimir = re.sub(r"formularios/.*", "formularios/imprimir/", janela.url)
    conjunto = janela.request.get(imprimir).body()
    texto = texto_do_pdf(conjunto)
    assert "Testemunha 1 Fictícia" in texto
    assert "a rogo" in texto.lower()

    sozinho = janela.request.get(f"{imprimir}requerimento-servico/").body()
    codigo = CHAVE.search(texto_do_pdf(sozinho))
    assert codigo and codigo[0] in texto
    conferir_arquivo(janela, codigo[0], sozinho, "É igual. Este arquivo é o que o portal emitiu.")
    conferir_arquivo(janela, codigo[0], conjunto, "É igual. Este arquivo junta os 4 papéis que o portal emitiu.")
    conferir_arquivo(janela, codigo[0], conjunto + b" ", "É diferente do que o portal emitiu com este código")


def conferir_arquivo(janela: Page, codigo: str, conteudo: bytes, frase: str) -> None:
    """The comparison made in the browser: the file goes nowhere."""
    janela.goto(f"/conferir/?c={codigo}")
    arquivo = {"name": "papel.pdf", "mimeType": "application/pdf", "buffer": conteudo}
    janela.get_by_label("Escolha o PDF neste aparelho").set_input_files([arquivo])
    expect(janela.get_by_text(frase)).to_be_visible()
