"""A property of INSS, in a real browser: who may not ask and what could be, two towns before one wing, a federal body
from the catalogue to the keys, and a room from the keys to the keys back.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.jornadas.adesao import Sala, dia, preencher
from tests.jornadas.balcao import fotografia
from tests.jornadas.cessao import ATRASADA, COLEGA, DIRETORA, FEDERAL, PONTO, PREFEITURAS, SUPERINTENDENTE, USUARIA
from tests.jornadas.portal import Portal

DOCUMENTOS = (
    "Ofício com o pedido", "Prova de que o órgão é público", "Ato de nomeação de quem assina",
    "Documento pessoal de quem assina", "Plano de uso assinado", "Croqui do espaço",
)  # fmt: skip

ADAPTACOES = {"Divisória leve": "Desmontar os painéis.", "Balcão de alvenaria": "Quebrar e refazer o piso."}


@pytest.fixture
def cena(sala: Page, adesoes: Portal) -> Sala:
    return Sala(sala, adesoes)


@pytest.fixture
def chaves(sala: Page, adesoes: Portal) -> Chaves:
    return Chaves(sala, adesoes)


def test_escola_quer_reserva_tecnica_e_le_o_que_seria_um_sim(cena: Sala):
    pagina = cena.pagina
    cena.entrar("carla")
    pagina.goto("/cessao/imovel/DEMO-02/")
    pagina.get_by_role("link", name="Pedir Térreo").click()
    perguntas = pagina.get_by_role("region", name="Perguntas")
    preencher(perguntas, "Quem pede?", "Municipal")
    preencher(perguntas, "Para que é o espaço?", "Outro interesse público")
    perguntas.get_by_role("button", name="Ver a resposta").click()

    resposta = pagina.get_by_role("region", name="Resposta")
    expect(resposta).to_contain_text("Escola, saúde ou cultura não se enquadram.")
    expect(resposta).to_contain_text("O que seria um sim: Uma atividade ligada à previdência neste imóvel")
    expect(resposta).to_contain_text("art. 2º, I")
    expect(pagina.get_by_role("button", name="Salvar o pedido")).to_have_count(0)

    preencher(perguntas, "Para que é o espaço?", "Ligada ou auxiliar à previdência")
    perguntas.get_by_role("button", name="Ver a resposta").click()
    expect(pagina.get_by_role("button", name="Salvar o pedido")).to_be_visible()


def test_duas_cidades_querem_a_mesma_ala_e_a_decisao_diz_por_que_uma(cena: Sala):
    pagina = cena.pagina
    (_, primeira), (outro_gestor, segunda) = PREFEITURAS
    cena.entrar("otavio")
    pagina.goto("/cessao/pedidos/")
    expect(pagina.get_by_role("row", name=re.compile(segunda))).to_be_visible()
    pagina.get_by_role("link", name=f"Abrir o pedido de {segunda}", exact=True).click()
    outros = pagina.get_by_role("region", name="Outros pedidos para este espaço")
    outros.get_by_role("link", name=primeira).click()
    expect(outros.get_by_role("link", name=segunda)).to_be_visible()
    endereco = pagina.url

    cena.entrar(DIRETORA)
    pagina.goto(endereco)
    campos = {"Fundamento": "Acolho o parecer.", "Ato_que_dá": "Portaria 1"}
    cena.agir("Aprovar", "Aprovar", **campos)
    expect(cena.cartao("Aprovar")).to_contain_text("outro")
    cena.agir("Aprovar", "Aprovar", **campos, Por_que_este="O ponto atende quem não tem agência.")
    cena.feito("Aprovado. O termo foi numerado")
    expect(pagina.get_by_text("Por que este pedido: O ponto atende quem não tem agência.")).to_be_visible()

    # The other town is told that there is a rival, not who: its request still stands.
    cena.entrar(outro_gestor)
    pagina.goto("/cessao/pedidos/")
    pagina.get_by_role("link", name=f"Abrir o pedido de {segunda}", exact=True).click()
    expect(pagina.get_by_text("Há 1 outro pedido para este espaço")).to_be_visible()
    expect(pagina.get_by_text("Outro pedido foi escolhido")).to_be_visible()
    expect(pagina.get_by_text(primeira)).to_have_count(0)


class Chaves(Sala):
    """What is done with one occupation, found by the name of who has it."""

    def abrir(self, quem: str, orgao: str) -> None:
        self.entrar(quem)
        self.pagina.goto(f"/cessao/cessoes/?quais=todas&busca={orgao}")
        self.pagina.get_by_role("row", name=re.compile(orgao)).get_by_role("link").click()

    def vistoriar(self, tipo: str, campo_da_foto: str, botao: str) -> None:
        """One room with one photo, closed by INSS."""
        pagina = self.pagina
        self.agir("Abrir vistoria", "Abrir a vistoria", Vistoria_de=tipo, Quem_está_presente="Otávio e Carla",
                  Chaves_e_controles="2")  # fmt: skip
        self.feito("Vistoria aberta.")
        self.agir("Ambiente", "Guardar o ambiente", Ambiente="Sala 4", Estado="Bom")
        self.feito("Ambiente guardado.")
        sala = pagina.get_by_role("region", name="Sala 4", exact=True)
        sala.get_by_label(campo_da_foto).set_input_files(fotografia("sala"))
        sala.get_by_role("button", name=botao).click()
        self.feito("1 foto guardada.")
        # The worker prepares the picture in the meantime.
        falta = pagina.get_by_role("region", name="Antes de fechar, falta")
        self.portal.esperar("a foto ficar pronta", lambda: pagina.reload() and falta.count() == 0)
        self.agir("Fechar e assinar pelo INSS", "Fechar e assinar pelo INSS")
        self.feito("Fechada.")

    def assinar_vistoria(self) -> None:
        self.pagina.get_by_role("link", name="Conferir e assinar").click()
        self.agir("Assinar a vistoria", "Assinar a vistoria", Você_está_de_acordo="De acordo")
        self.feito("Vistoria assinada.")


def test_prefeitura_recebe_as_chaves_prorroga_uma_vez_e_devolve(chaves: Chaves):
    pagina = chaves.pagina
    chaves.abrir("otavio", PONTO)
    chaves.vistoriar("Entrega", "Fotos de Sala 4", "Enviar fotos")
    chaves.abrir("carla", PONTO)
    chaves.assinar_vistoria()

    pagina.get_by_role("link", name=re.compile("TCOU")).first.click()
    expect(pagina.get_by_text("2 entregues, 0 devolvidas")).to_be_visible()
    chaves.agir("Pedir prorrogação", "Pedir prorrogação", Meses="13", Por_que="O ponto segue.")
    expect(chaves.cartao("Pedir prorrogação")).to_contain_text("passaria de 24 meses")
    chaves.agir("Pedir prorrogação", "Pedir prorrogação", Meses="6", Por_que="O ponto segue.")
    chaves.feito("Prorrogação pedida.")
    chaves.abrir("otavio", PONTO)
    chaves.agir("Parecer da prorrogação", "Dar o parecer", Conclusão="Favorável", Parecer="De acordo.")
    chaves.feito("Parecer guardado.")
    chaves.abrir(DIRETORA, PONTO)
    chaves.agir("Aprovar a prorrogação", "Decidir", Fundamento="Acolho.", Ato_que_dá="Portaria 1")
    chaves.feito("Aprovada.")
    chaves.abrir("carla", PONTO)
    assinatura = {"Assinado_em": dia(), "Assinatura": "Avançada (gov.br prata ou ouro)"}
    chaves.agir("Enviar o aditivo assinado", "Enviar assinado", arquivo=True, **assinatura)
    chaves.feito("Aditivo enviado.")
    chaves.abrir("otavio", PONTO)
    chaves.agir(
        "Juntar o aditivo assinado pelo INSS", "Juntar assinado", arquivo=True, Conferido=dia(), **assinatura,
    )  # fmt: skip
    chaves.feito("O novo fim vale. Falta publicar.")
    chaves.agir("Registrar a publicação da prorrogação", "Registrar a publicação", Data_no_Diário=dia(), Página="9")
    chaves.feito("Publicada.")
    expect(pagina.get_by_text("(18 meses somados)")).to_be_visible()

    chaves.vistoriar("Devolução", "A mesma vista, agora", "Enviar a foto")
    chaves.abrir("carla", PONTO)
    chaves.assinar_vistoria()
    chaves.abrir("otavio", PONTO)
    chaves.agir("Receber o espaço e encerrar", "Receber o espaço e encerrar", Chaves="2")
    chaves.feito("Cessão encerrada.")
    expect(pagina.get_by_text("Devolvido e encerrado").first).to_be_visible()
    expect(pagina.get_by_text("2 entregues, 2 devolvidas")).to_be_visible()

    # Both sign the end, as they signed the term.
    chaves.abrir("carla", PONTO)
    chaves.agir("Enviar o encerramento assinado", "Enviar assinado", arquivo=True, **assinatura)
    chaves.feito("Encerramento enviado.")
    chaves.abrir("otavio", PONTO)
    chaves.agir(
        "Juntar o encerramento assinado pelo INSS", "Juntar assinado", arquivo=True, Conferido=dia(), **assinatura,
    )  # fmt: skip
    chaves.feito("O encerramento tem as duas assinaturas.")
    expect(pagina.get_by_text("Assinado pelas duas partes", exact=True)).to_be_visible()


def test_inss_retoma_com_aviso_e_a_regiao_ve_quem_nao_saiu(chaves: Chaves):
    pagina = chaves.pagina
    chaves.abrir(DIRETORA, USUARIA)
    decisao = {"Fundamento": "O INSS volta a atender ali.", "Ato_que_dá": "Portaria 1"}
    chaves.agir("Retomar o espaço", "Retomar o espaço", Devolver_até=dia(5), **decisao)
    expect(chaves.cartao("Retomar o espaço")).to_contain_text("O aviso de retomada vai pelo menos até")
    chaves.agir("Retomar o espaço", "Retomar o espaço", Devolver_até=dia(45), **decisao)
    chaves.feito("Quem ocupa foi avisado.")
    chaves.abrir("renata", USUARIA)
    expect(pagina.get_by_text("Para devolver").first).to_be_visible()
    expect(pagina.get_by_text(f"{date.today() + timedelta(days=45):%d/%m/%Y}")).to_be_visible()
    expect(pagina.get_by_text("Pedir prorrogação")).to_have_count(0)

    chaves.abrir("otavio", USUARIA)
    chaves.agir("Registrar a publicação da retomada", "Registrar a publicação", Data_no_Diário=dia(), Página="44")
    chaves.feito("Publicação registrada.")
    chaves.entrar(SUPERINTENDENTE)
    pagina.goto("/cessao/regiao/")
    pagina.get_by_role("link", name="1 com prazo vencido").click()
    pagina.get_by_role("row", name=re.compile(ATRASADA)).get_by_role("link").click()
    expect(pagina.get_by_text("Não há prorrogação automática.")).to_be_visible()
    chaves.agir("Cobrar a devolução", "Enviar o aviso", O_que_se_pede="Devolva o espaço e as chaves.")
    chaves.feito("Aviso feito.")
    chaves.abrir("carla", ATRASADA)
    expect(pagina.get_by_text("Devolva o espaço e as chaves.").first).to_be_visible()
    expect(pagina.get_by_text("Ocupação vencida").first).to_be_visible()
    expect(pagina.get_by_text("Pedir prorrogação")).to_have_count(0)


class Balcao(Chaves):
    """The logistics takes in the papers of a body that has no account."""

    def perguntar(self) -> None:
        """What the page asks, and the answer, with the article."""
        perguntas = self.pagina.get_by_role("region", name="Perguntas")
        preencher(perguntas, "Quem pede?", "Federal, custeado pelo orçamento da União")
        preencher(perguntas, "Para que é o espaço?", "Outro interesse público")
        perguntas.get_by_role("button", name="Ver a resposta").click()
        resposta = self.pagina.get_by_role("region", name="Resposta")
        expect(resposta).to_contain_text("Sim")
        expect(resposta).to_contain_text("instituição federal custeada pelo orçamento da União")
        expect(resposta).to_contain_text("art. 2º, II e § 3º")

    def preencher_pedido(self) -> None:
        formulario = self.pagina.get_by_role("region", name="Formulário")
        for rotulo, valor in {
            "O uso exige obra": "Não", "O que vai funcionar": "posto de atendimento trabalhista",
            "Plano de uso": "Atender quem busca emprego.", "Dias e horário": "Segunda a sexta, 8h às 17h",
            "Cronograma": "Mudança em uma semana.", "Riscos e seguro": "Seguro contra incêndio.",
            "Como o espaço volta": "Vazio e pintado, em 10 dias.", "Número do ofício": "12/2026",
            "Prazo em meses": "12", "Início": dia(), "Despesas: quem": "Energia e água, na proporção da área.",
            "Município do órgão": "Belo Horizonte/MG", "Órgão ou entidade": FEDERAL, "CNPJ": "99.000.301/0001-82",
            "O CNPJ é de": "Órgão ou entidade pública",
            "Quem assina pelo órgão": "Heitor Superintendente Fictício", "CPF de quem assina": "529.982.247-25",
            "Cargo": "Superintendente", "Ato que dá poderes": "Portaria fictícia",
            "Quem fiscaliza o espaço": "Rita Fictícia", "Cargo de quem fiscaliza": "Chefe de seção",
            "Telefone ou e-mail do fiscal": "(31) 3000-0200",
        }.items():  # fmt: skip
            preencher(formulario, rotulo, valor)
        formulario.get_by_role("button", name="Salvar o pedido").click()
        self.feito("Pedido guardado.")

    def pedir_adaptacao(self, o_que: str, como: str) -> None:
        self.agir(
            "Pedir uma adaptação", "Pôr na lista", O_que_se_quer=o_que, Dá_para_desfazer="Sim, sem deixar marca",
            Como_se_desfaz=como,
        )  # fmt: skip
        self.feito("Adaptação na lista.")

    def julgar_adaptacao(self, o_que: str, decisao: str, motivo: str = "") -> None:
        item = self.cartao(f"Decidir: {o_que}")
        preencher(item, "Decisão", decisao)
        if motivo:
            preencher(item, "Por que não", motivo)
        item.get_by_role("button", name="Guardar").click()
        self.feito(f"“{o_que}”: decisão guardada.")

    def analisar(self) -> None:
        pagina = self.pagina
        self.pedido_de(COLEGA, FEDERAL)
        self.agir("Tomar o pedido", "Tomar")
        self.feito("O pedido está com você.")
        for documento in DOCUMENTOS:
            pagina.get_by_role("region", name="Documentos").get_by_role("link", name=documento).click()
            preencher(pagina.get_by_role("region", name="Conferir"), "Decisão", "Aceito")
            pagina.get_by_role("button", name="Guardar").click()
            self.feito("decisão guardada")
            self.pedido_de(COLEGA, FEDERAL)
        self.vistoriar_e_julgar()
        self.agir(
            "Dar o parecer", "Dar o parecer", Dia_da_vistoria=dia(), O_que_a_vistoria="Sala seca.", O_espaço_é="Sim",
            O_INSS_prevê="Não", A_atividade="Não", O_uso_dificulta="Não", Conclusão="Favorável", Análise="Cabe.",
        )  # fmt: skip
        self.feito("Parecer guardado.")

    def vistoriar_e_julgar(self) -> None:
        primeira, segunda = ADAPTACOES
        self.julgar_adaptacao(primeira, "Aceitar")
        self.julgar_adaptacao(segunda, "Recusar", "O piso não volta como era.")
        self.agir("Item da vistoria", "Pôr na vistoria", Ambiente="Ala oeste", Elemento="Piso", Estado="Bom")
        self.feito("Item na vistoria.")

    def juntar(self, documento: str) -> None:
        pagina = self.pagina
        pagina.get_by_role("region", name="Documentos").get_by_role("link", name=documento).click()
        pagina.get_by_label("Escolher arquivos").set_input_files(fotografia("documento"))
        pagina.get_by_role("button", name="Enviar arquivos").click()
        expect(pagina.get_by_role("link", name="documento.jpg")).to_be_visible()
        pagina.get_by_role("link", name="voltar ao pedido").click()

    def pedido_de(self, quem: str, orgao: str) -> None:
        self.entrar(quem)
        self.pagina.goto(f"/cessao/pedidos/?busca={orgao}")
        self.pagina.get_by_role("link", name=f"Abrir o pedido de {orgao}", exact=True).click()


@pytest.fixture
def balcao(sala: Page, adesoes: Portal) -> Balcao:
    return Balcao(sala, adesoes)


def test_orgao_federal_vai_do_catalogo_a_area_livre_com_as_chaves(balcao: Balcao):
    pagina = balcao.pagina
    # Anybody learns whether it may be asked for, before any paper.
    pagina.goto("/cessao/?q=Belo Horizonte&livre=1")
    pagina.get_by_role("link", name="Gerência, 2º andar (fictício)").click()
    expect(pagina.get_by_role("row", name=re.compile("Ala oeste.*Livre"))).to_be_visible()
    pagina.get_by_role("link", name="Posso pedir?").click()
    balcao.perguntar()

    balcao.entrar("otavio")
    pagina.goto("/cessao/imovel/DEMO-05/")
    pagina.get_by_role("link", name="Pedir Ala oeste").click()
    balcao.perguntar()
    balcao.preencher_pedido()
    for adaptacao, como in ADAPTACOES.items():
        balcao.pedir_adaptacao(adaptacao, como)
    for documento in DOCUMENTOS:
        balcao.juntar(documento)
    balcao.agir("Enviar ao INSS", "Enviar ao INSS")
    balcao.feito("Pedido enviado ao INSS.")
    # Who took the papers in stands at the place of the body: reviewing is for another.
    expect(pagina.get_by_text("Tomar o pedido")).to_have_count(0)
    balcao.analisar()

    balcao.pedido_de(SUPERINTENDENTE, FEDERAL)
    balcao.agir("Manifestação da Superintendência", "Manifestar", Conclusão="Favorável", Manifestação="De acordo.")
    balcao.feito("O pedido foi à DIROFL.")
    balcao.pedido_de(DIRETORA, FEDERAL)
    balcao.agir("Aprovar", "Aprovar", Fundamento="Acolho o parecer.", Ato_que_dá="Portaria 1")
    balcao.feito("Aprovado. O termo foi numerado")
    expect(pagina.get_by_text("O piso não volta como era.").first).to_be_visible()

    assinatura = {"Assinado_em": dia(), "Assinatura": "Avançada (gov.br prata ou ouro)"}
    balcao.pedido_de("otavio", FEDERAL)
    balcao.agir("Enviar o termo assinado", "Enviar assinado", arquivo=True, **assinatura)
    balcao.feito("Termo enviado.")
    balcao.pedido_de(COLEGA, FEDERAL)
    balcao.agir(
        "Juntar o termo assinado pelo INSS", "Juntar assinado", arquivo=True, Conferido=dia(), **assinatura,
    )  # fmt: skip
    balcao.feito("Falta publicar.")
    balcao.agir("Registrar a publicação", "Registrar a publicação", Data_no_Diário=dia(), Página="9")
    balcao.feito("Publicado.")

    balcao.abrir(COLEGA, FEDERAL)
    balcao.vistoriar("Entrega", "Fotos de Sala 4", "Enviar fotos")
    balcao.abrir("otavio", FEDERAL)
    balcao.assinar_vistoria()
    pagina.get_by_role("link", name=re.compile("TCOU")).first.click()
    expect(pagina.get_by_text("Em uso").first).to_be_visible()
    expect(pagina.get_by_text("2 entregues, 0 devolvidas")).to_be_visible()

    # Nobody finds it free any more.
    pagina.context.clear_cookies()
    pagina.goto("/cessao/imovel/DEMO-05/")
    expect(pagina.get_by_role("row", name=re.compile("Ala oeste.*Ocupado"))).to_be_visible()
