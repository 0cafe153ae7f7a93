"""A town joins, opens its desk and stays in good standing, in a real browser, with its worker."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.jornadas.adesao import Sala, assinado, dia, preencher
from tests.jornadas.balcao import DEMORA, Balcao, fotografia
from tests.jornadas.portal import Portal
from tests.simulador import cpf_novo

COMPETENCIA = "Portaria nº 1, de 05/01/2026"


@pytest.fixture
def cena(sala: Page, adesoes: Portal) -> Sala:
    return Sala(sala, adesoes)


RESPOSTAS = (
    "oficio=nao&lei_criacao=sim&quem_assina=prefeito&poderes=sim&documento=sim&crp=sim&certidao=cnd&minuta=nao"
    "&sala=pronta&internet=sim&acessibilidade=sim&servidores=2&emails=sim&curso=sim"
)


@pytest.mark.parametrize(
    ("gestor", "regime", "cnpj", "pede", "nao_pede"),
    [
        ("gestor3132206", "rgps", "99.000.303/0001-71", "Certidão de débitos federais", "Certificado de Regularidade"),
        ("gestor3109006", "rpps", "99.000.404/0001-42", "Certificado de Regularidade", "Certidão de débitos federais"),
    ],
)
def test_da_autoavaliacao_ao_pedido(cena: Sala, gestor: str, regime: str, cnpj: str, pede: str, nao_pede: str):
    """Who once gave up, or whose application was put away, asks again: the regime decides which certificate."""
    pagina = cena.pagina
    cena.entrar(gestor)
    pagina.goto(f"/adesao/posso-aderir/lista/?regime={regime}&{RESPOSTAS}")
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("para aderir")
    pagina.get_by_role("button", name=re.compile("Começar|adesão")).first.click()

    pagina.wait_for_url(re.compile("/adesao/pedido/"))
    preencher(pagina.locator("main"), "CNPJ da prefeitura", cnpj)
    pagina.get_by_role("button", name="Começar").click()

    pagina.wait_for_url(re.compile("/formulario/municipio/"))
    pagina.goto(re.sub(r"formulario/.*", "", pagina.url))
    expect(pagina.get_by_role("link", name=re.compile(pede)).first).to_be_visible()
    expect(pagina.get_by_role("link", name=re.compile(nao_pede))).to_have_count(0)


def test_dois_itens_voltam_e_o_municipio_corrige(cena: Sala):
    pagina, cidade = cena.pagina, "Baldim"
    itens = ("Documento que dá poderes", "Documento pessoal do representante")
    cena.entrar("gilda")
    cena.analise(cidade)
    for item in itens:
        cena.analise(cidade)
        pagina.get_by_role("link", name=re.compile(item)).first.click()
        preencher(pagina.locator("main"), "Decisão", "Devolver")
        preencher(pagina.locator("main"), "Motivo da devolução", "O documento não dá para ler.")
        preencher(pagina.locator("main"), "O que o município precisa fazer", "Digitalize de novo.")
        pagina.get_by_role("button", name="Guardar e ver o próximo").click()
    cena.analise(cidade)
    cena.agir("Devolver ao município", "Devolver ao município", Devolver_mesmo_com_itens_por_conferir="sim")
    cena.feito("Devolvido. O município foi avisado.")

    cena.entrar("yara")
    pagina.goto(f"/adesao/{cena.processo_de(cidade)}/")
    for item in itens:
        pagina.get_by_role("link", name=re.compile(item)).first.click()
        pagina.locator("input[type=file]").first.set_input_files(fotografia("documento"))
        expect(pagina.get_by_role("img", name="Página 1 de documento.jpg")).to_be_visible(timeout=DEMORA)
        pagina.get_by_role("button", name="Marcar como respondido").click()
        cena.feito("respondido")
    pagina.get_by_role("button", name="Enviar as respostas").click()
    cena.feito("Resposta enviada ao INSS.")


def test_da_aprovacao_ao_primeiro_pedido_do_balcao(cena: Sala):
    """Approved, signed by both, published, people proved, structure confirmed: the new clerk opens a request."""
    pagina, cidade = cena.pagina, "Moeda"
    cena.entrar("mario")
    cena.analise(cidade)
    cena.agir("Aprovar", "Aprovar", Fundamento="Acolho o parecer.", Ato_que_dá="Portaria 1")
    cena.feito("Aprovado.")
    codigo = cena.processo_de(cidade)

    cena.entrar("gestor3142304")
    pagina.goto(f"/adesao/{codigo}/assinar/")
    cena.agir("3. Envie o PDF assinado", "Enviar assinado", arquivo=True, Assinado_em=dia(), Assinatura="Avançada")
    cena.feito("Acordo assinado enviado.")

    cena.entrar("gilda")
    cena.analise(cidade)
    cena.agir("A assinatura do município é válida", "A assinatura é válida")
    cena.agir(
        "Juntar o acordo assinado pelo INSS", "Juntar o acordo assinado", arquivo=True, Assinado_em=dia(),
        Assinatura="Avançada", Conferido_no_validador_em=dia(),
    )  # fmt: skip
    cena.agir("Registrar a publicação", "Registrar a publicação", Data_no_Diário=dia(), Página="120")
    cena.feito("O acordo está em vigor.")

    cena.entrar("gestor3142304")
    _comprovar_tudo(cena, codigo)
    cena.entrar("gilda")
    _confirmar_tudo(cena, codigo)
    pagina.goto(f"/adesao/{codigo}/acordo/")
    cena.agir("Confirmar a estrutura de um ponto", "Confirmar a estrutura", Como_foi_conferida="Visita.")
    expect(pagina.get_by_text("Em operação").first).to_be_visible()

    pagina.goto("/onde-ser-atendido/3142304/")
    expect(pagina.get_by_text("Sala do Cidadão").first).to_be_visible()
    _primeiro_pedido(cena)


def _pessoa(cena: Sala, codigo: str) -> None:
    cena.pagina.goto(f"/adesao/{codigo}/acordo/")
    cena.pagina.get_by_role("link", name=re.compile("Abrir Joel Matos")).click()


TCMS, CIENCIA, ACEITE = "Termo de Compromisso", "Termo de ciência", "Termo de aceite"
TERMOS = {TCMS: "adesao-tcms", CIENCIA: "adesao-seguranca", ACEITE: "adesao-termo-aceite"}


def _comprovar_tudo(cena: Sala, codigo: str) -> None:
    pagina = cena.pagina
    _pessoa(cena, codigo)
    for titulo, campos in (
        ("Capacitação", {"Nome do curso": "Curso INSS Digital", "Carga horária": "20", "Concluída em": dia()}),
        (TCMS, {"Assinado em": dia()}),
        (CIENCIA, {"Assinado em": dia()}),
        (ACEITE, {"Assinado em": dia()}),
        ("Certificado digital", {"Quem emitiu": "AC Fictícia, 01", "Emitido em": dia(), "Vale até": dia(300)}),
        ("Acesso no GERID", {"Papel dado": "Representante", "Autorizado em": dia(), "A autorização vai até": dia(300)}),
    ):
        cartao = pagina.get_by_role("region", name=re.compile(f"^{titulo}"))
        if titulo in TERMOS:
            cartao.get_by_role("button", name=re.compile("^Fazer o papel")).click()
            expect(cartao.get_by_role("link", name="Baixar o papel para assinar")).to_be_visible()
        for rotulo, valor in campos.items():
            cartao.get_by_label(re.compile(f"^{rotulo}")).first.fill(valor)
        if cartao.locator("input[type=file]").count():
            papel = cena.papel_assinado(1, TERMOS[titulo]) if titulo in TERMOS else assinado()
            cartao.locator("input[type=file]").set_input_files(papel)
        cartao.get_by_role("button", name="Enviar ao INSS").click()
        cena.feito("Enviado. O INSS confere.")


def _confirmar_tudo(cena: Sala, codigo: str) -> None:
    pagina = cena.pagina
    _pessoa(cena, codigo)
    for _ in range(6):
        pagina.get_by_role("button", name=re.compile("^Confirmar")).first.click()
        cena.feito("Comprovante confirmado.")
    expect(pagina.get_by_text("Acesso aberto").first).to_be_visible()


def _primeiro_pedido(cena: Sala) -> None:
    """By the invitation that came by e-mail, a password, the sign-in, and a person at the desk."""
    pagina = cena.pagina
    convite = cena.convite_para("joel.matos.3142304@exemplo.invalid")
    pagina.context.clear_cookies()
    pagina.goto(convite)
    senha = "Jabuticaba-azul-77"
    pagina.get_by_label("Nova senha", exact=True).fill(senha)
    pagina.get_by_label("Nova senha, de novo").fill(senha)
    pagina.get_by_role("button", name=re.compile("Guardar")).click()
    pagina.goto("/entrar/")
    pagina.get_by_label("E-mail").fill("joel.matos.3142304@exemplo.invalid")
    pagina.get_by_label("Senha do portal").fill(senha)
    pagina.get_by_role("button", name="Entrar").click()
    pagina.wait_for_url(re.compile("/(painel|papel)/"))
    balcao = Balcao(pagina)
    balcao.receber(cpf_novo(), "Clarice do Balcão Novo Fictícia")
    balcao.chamar()
    balcao.abrir_pedido("roça", "Aposentadoria por Idade Rural")


def test_acordo_esvaziado_e_achado_notificado_e_respondido(cena: Sala):
    pagina = cena.pagina
    cena.entrar("gilda")
    pagina.goto("/adesao/regiao/")
    pagina.get_by_role("link", name=re.compile("Esvaziados")).click()
    pagina.get_by_role("link", name="Abrir o acordo de Ferros/MG").click()
    cena.agir("Notificar o município", "Notificar o município", O_que_se_pede="Divulgar o balcão no rádio.")
    cena.feito("Notificação enviada.")

    cena.entrar("xavier")
    cena.acordo("Ferros")
    cena.agir("Responder à notificação", "Enviar a resposta", Resposta="O rádio anuncia desde ontem.")
    cena.feito("Resposta enviada ao INSS.")

    cena.entrar("gilda")
    cena.acordo("Ferros")
    cena.agir("Avaliar uma notificação", "Guardar a avaliação", A_falha_foi_resolvida="Sim", Avaliação="Boa medida.")
    cena.feito("Avaliação guardada.")
    expect(pagina.get_by_text("Boa medida.").first).to_be_visible()


def test_o_acordo_e_prorrogado(cena: Sala):
    pagina, cidade = cena.pagina, "Mário Campos"
    cena.entrar("wanda")
    cena.acordo(cidade)
    cena.agir(
        "Pedir a prorrogação", "Pedir a prorrogação", Por_quantos_meses="24", Por_que_o_acordo="O balcão dá certo."
    )
    cena.feito("Pedido enviado ao INSS.")
    cena.entrar("mario")
    cena.acordo(cidade)
    cena.agir(
        "Decidir a prorrogação", "Guardar a decisão", Aprovar_a_prorrogação="Sim", Fundamento="De acordo.",
        Ato_que_dá=COMPETENCIA, Por_que_aprovar_assim_mesmo="O balcão já respondeu à notificação.",
    )  # fmt: skip
    cena.feito("Decisão guardada.")
    cena.entrar("wanda")
    cena.acordo(cidade)
    cena.agir("Assinar a prorrogação", "Enviar o aditivo assinado", arquivo=True, Assinado_em=dia())
    cena.feito("Termo aditivo enviado.")
    cena.entrar("gilda")
    cena.acordo(cidade)
    cena.agir(
        "Registrar a prorrogação publicada", "Registrar a prorrogação", arquivo=True, O_INSS_assinou_em=dia(),
        Data_no_Diário=dia(), Seção_e_página="3, 45",
    )  # fmt: skip
    cena.feito("Prorrogação registrada.")
    expect(pagina.get_by_text("Em vigor").first).to_be_visible()
