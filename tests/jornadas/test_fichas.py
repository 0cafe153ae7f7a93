"""The question packs in a real browser: half today by one clerk, half tomorrow by another; then to INSS."""

from __future__ import annotations

import io
import re

import pypdfium2
from playwright.sync_api import Page, expect

from tests.jornadas.balcao import Balcao
from tests.simulador import Simulador, cpf_novo


def abrir(balcao: Balcao, nome: str, procura: str, servico: str) -> tuple[str, str]:
    """(CPF, address of the request) of a request just opened, its short questions not yet answered."""
    cpf = cpf_novo()
    balcao.entrar()
    balcao.receber(cpf, nome)
    balcao.chamar()
    balcao.abrir_pedido(procura, servico)
    return cpf, re.sub(r"demanda/.*", "", balcao.pagina.url)


def ate_o_inss(balcao: Balcao, simulador: Simulador, cpf: str) -> dict:
    """Papers, scans and sending, of a request whose packs are complete; the request as INSS has it."""
    balcao.fazer_papeis()
    balcao.esperar_papeis()
    balcao.marcar_assinados()
    balcao.digitalizar()
    balcao.enviar()
    balcao.esperar_protocolo()
    # The last that arrived: some people ask for more than one thing.
    tarefa = simulador.recebidas(cpf)[-1]
    return {f["codigo"]: f for f in tarefa["pedido"]["respostas"]["formularios"]}


def salvar(pagina: Page) -> None:
    aqui = pagina.url
    pagina.get_by_role("button", name="Salvar e continuar").last.click()
    pagina.wait_for_url(lambda url: url != aqui)


def acrescentar(pagina: Page, item: str) -> None:
    pagina.get_by_role("button", name=f"Acrescentar {item}").click()
    pagina.wait_for_url(re.compile("#item-"))


def texto_do_papel(pagina: Page, caso: str, especie: str) -> str:
    resposta = pagina.request.get(f"{caso}formularios/imprimir/{especie}/")
    with pypdfium2.PdfDocument(io.BytesIO(resposta.body())) as pdf:
        texto = " ".join(folha.get_textpage().get_text_bounded() for folha in pdf)
    # A name may break inside its column.
    return " ".join(texto.split())


def test_autodeclaracao_meia_hoje_por_ana_e_meia_amanha_por_bruno(
    janela: Page, janela_do_cidadao: Page, simulador: Simulador
):
    ana = Balcao(janela)
    cpf, caso = abrir(ana, "Dita da Roça Fictícia", "roça", "Aposentadoria por Idade Rural")
    janela.goto(f"{caso}ficha/autodeclaracao_rural/segurado/")
    janela.get_by_role("group", name="De que a pessoa vivia?").get_by_label("Rural").check()
    janela.get_by_role("group", name="A declaração é sobre").get_by_label("Sim").check()
    expect(janela.get_by_label("Nome de quem trabalhou")).to_be_hidden()
    salvar(janela)
    acrescentar(janela, "período")
    item = janela.get_by_role("group", name="Período 1")
    item.get_by_label("De", exact=True).fill("1985-03-01")
    item.get_by_label("Município e UF").fill("Jaboticatubas/MG")
    # Left in the middle: the page has kept it by itself.
    expect(janela.get_by_text(re.compile(r"^Guardado às \d\d:\d\d"))).to_be_visible()
    janela.goto("/painel/")

    bruno = Balcao(janela_do_cidadao)
    bruno.entrar("bruno@exemplo.invalid")
    outra = bruno.pagina
    outra.goto(f"{caso}ficha/")
    outra.get_by_role("link", name="2. Períodos de trabalho").first.click()
    item = outra.get_by_role("group", name="Período 1")
    expect(item.get_by_label("De", exact=True)).to_have_value("1985-03-01")
    expect(outra.get_by_text(re.compile("por Ana Beatriz Fictícia"))).to_be_visible()
    outra.goto(f"{caso}demanda/")
    bruno.responder_tudo()
    formularios = ate_o_inss(bruno, simulador, cpf)

    papel = texto_do_papel(outra, caso, "autodeclaracao-rural")
    assert "01/03/1985" in papel
    assert "Jaboticatubas/MG" in papel
    paginas = {p["titulo"]: p for p in formularios["autodeclaracao_rural"]["paginas"]}
    [periodo] = paginas["2. Períodos de trabalho"]["listas"][0]["itens"]
    assert {"pergunta": "De", "resposta": "01/03/1985"} in periodo
    assert "4. Terra" in paginas
    assert "4. Como pesca" not in paginas


def test_pensao_com_tres_dependantes_um_deles_crianca(janela: Page, simulador: Simulador):
    balcao = Balcao(janela)
    cpf, caso = abrir(balcao, "Rita Viúva Fictícia", "viúva", "Pensão por Morte Urbana")
    janela.goto(f"{caso}ficha/dependentes/dependentes/")
    dependentes = [
        ("Rita Viúva Fictícia", cpf, "1961-05-20", "Cônjuge"),
        ("Bia Fictícia", cpf_novo(), "2018-03-01", "Filho(a)"),
        ("Léo Fictício", cpf_novo(), "2009-07-10", "Filho(a)"),
    ]
    for n, (nome, dele, nascimento, parentesco) in enumerate(dependentes):
        acrescentar(janela, "dependente")
        item = janela.get_by_role("group", name=f"Dependente {n + 1}")
        item.get_by_label("Nome", exact=True).fill(nome)
        item.get_by_label("CPF", exact=True).fill(dele)
        item.get_by_label("Data de nascimento").fill(nascimento)
        item.get_by_label("O que é do segurado?").select_option(parentesco)
    janela.goto(f"{caso}demanda/")
    balcao.responder_tudo()
    balcao.ir("ficha")
    expect(janela.get_by_text("Bia Fictícia: dependente da classe 1.")).to_be_visible()
    balcao.ir("formularios")

    formularios = ate_o_inss(balcao, simulador, cpf)

    [lista] = formularios["dependentes"]["paginas"][0]["listas"]
    nomes = [next(r["resposta"] for r in item if r["pergunta"] == "Nome") for item in lista["itens"]]
    assert nomes == ["Rita Viúva Fictícia", "Bia Fictícia", "Léo Fictício"]


def test_bpc_da_pessoa_idosa_com_a_conta_da_renda_e_o_aviso_do_cadunico(janela: Page, simulador: Simulador):
    balcao = Balcao(janela)
    cpf, caso = abrir(balcao, "Antônia Idosa Fictícia", "bpc idoso", "Benefício Assistencial à Pessoa Idosa (BPC)")
    janela.goto(f"{caso}ficha/bpc_grupo_familiar/familia/")
    janela.get_by_role("group", name="A pessoa mora sozinha?").get_by_label("Não").check()
    acrescentar(janela, "pessoa")
    item = janela.get_by_role("group", name="Pessoa 1")
    item.get_by_label("Nome", exact=True).fill("João Marido Fictício")
    item.get_by_label("O que é da pessoa que pede?").select_option("Cônjuge")
    item.get_by_role("group", name="Mora na mesma casa?").get_by_label("Sim").check()
    item.get_by_label("Trabalho por conta própria ou bico").fill("806,50")
    janela.goto(f"{caso}demanda/")
    balcao.responder_tudo()
    balcao.ir("ficha")
    # 806.50 told, 1.00 in each of the other eleven questions of money that the journey fills; two people.
    expect(
        janela.get_by_text(re.compile("Pessoas na conta: 2; dá R\\$ 407,75 por pessoa. O limite é R\\$ 405,25"))
    ).to_be_visible()
    expect(janela.get_by_text(re.compile("A conta passa do limite"))).to_be_visible()
    balcao.ir("conferencia")
    expect(janela.get_by_role("heading", name="Antes de enviar, veja com a pessoa")).to_be_visible()
    expect(janela.get_by_text(re.compile("^João Marido Fictício não está no CadÚnico"))).to_be_visible()
    balcao.ir("formularios")

    formularios = ate_o_inss(balcao, simulador, cpf)

    assert "João Marido Fictício" in texto_do_papel(janela, caso, "declaracao-bpc")
    assert formularios["bolsa_familia"]["paginas"][0]["respostas"]
