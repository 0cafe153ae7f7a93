"""The first page: each fact that INSS tells on its own page for towns is told here, in our words."""

from __future__ import annotations

import html
import itertools
import re

import pytest

from requerimentos.oferta import oferta
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db

# Group of facts → what must be read of it. Words, not sentences: who rewrites the page keeps the facts.
DO_CIDADAO = {
    "já se pede, envia e acompanha de casa": [
        "pedir benefícios",
        "enviar documentos",
        "acompanhar",
        "sem sair de casa",
    ],
    "pontos de apoio com orientação e acolhimento": ["ponto de atendimento do município", "orientação e acolhimento"],
    "mais uma opção": ["mais uma opção"],
    "agilidade": ["mais rápido", "pela internet"],
    "mais canais": ["mais caminhos", "meu inss", "telefone 135"],
    "menos filas": ["menos fila", "agendar"],
    "gestão equilibrada": ["se distribuem melhor entre as unidades"],
    "segurança jurídica": ["decisão mais rápida", "justiça"],
    "seis passos": ["recepção", "o que você precisa", "documentos e envio", "análise", "se faltar algo", "resultado"],
    "quem decide": ["quem analisa e decide é o inss"],
    "benefícios previdenciários": ["aposentadorias", "pensões", "auxílios"],
    "benefícios assistenciais": ["bpc/loas", "pessoa idosa", "pessoa com deficiência"],
    "outros serviços": ["certidões", "acerto de dados"],
    "de graça": ["o atendimento é gratuito"],
}
DA_PREFEITURA = {
    "o que é o acordo": ["acordo de cooperação técnica", "o inss e a prefeitura assinam"],
    "previdência e assistência, no município": ["previdência e da assistência social", "humana", "sem burocracia"],
    "parte da modernização": ["modernizaram o atendimento"],
    "gestão valorizada": ["referência em cidadania"],
    "perto do cidadão": ["a maioria dos pedidos", "conforto"],
    "acolhimento": ["acolhimento"],
    "rede nacional": ["rede nacional"],
    "inclusão": ["acessibilidade", "pessoas com deficiência"],
    "nada se paga ao inss": ["não se paga nada"],
    "o que é do município": ["a sala, os equipamentos, a internet e as pessoas que atendem são do município"],
    "os três formulários": ["termo de representação", "autorização de acesso aos dados pessoais",
                            "termo de requerimento"],
    "seis passos": ["recepção", "identificação da demanda", "digitalização e envio", "análise", "complementação"],
    "resultado por três caminhos": ["pelo município, pelo meu inss e pela central 135"],
    "o que o PAT faz": ["portal de atendimento (pat)", "requerimentos", "avaliação social", "perícia médica",
                        "autodeclaração rural eletrônica"],
    "serviços": ["benefícios previdenciários", "benefícios assistenciais", "certidões", "atualização de dados"],
    "ofício": ["ofício de manifestação de interesse", "superintendência regional ou à gerência-executiva"],
    "lei de criação": ["lei ou ato de criação da entidade pública"],
    "poderes": ["documento que dá poderes ao representante legal", "documento pessoal"],
    "regularidade": ["certificado de regularidade previdenciária (crp)", "regime geral", "não deve contribuições"],
    "podem pedir mais": ["o inss pode pedir outros documentos"],
    "lista do município": ["minuta do acordo e o plano de trabalho", "estrutura física mínima",
                           "indicar quem vai atender", "capacitação on-line", "depois da capacitação"],
    "cessão: de graça e para quê": ["ceder de graça", "ponto do inss digital", "reúne serviços", "ações sociais"],
    "cessão: o que": ["reserva técnica", "espaços livres", "terrenos sem construção", "devolução for simples"],
    "cessão: quem e como": ["federais, estaduais ou municipais", "termo de cessão de ocupação e uso (tcou)", "24 meses",
                            "prorrogação"],
    "cessão: norma": ["instrução normativa pres/inss nº 132/2022", "conferir norma vigente"],
    "próximo passo": ["dê o próximo passo", "orientam a sua prefeitura em cada passo"],
}  # fmt: skip


@pytest.fixture
def pagina(client) -> str:
    return client.get("/").content.decode()


def _texto(pedaco: str) -> str:
    return (
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", pedaco)).lower().split()).replace(" ,", ",").replace(" .", ".")
    )


def _parte(pagina: str, de: str, ate: str) -> str:
    return _texto(pagina.split(f'id="{de}"', 1)[1].split(ate, 1)[0])


@pytest.mark.parametrize(("fato", "palavras"), DO_CIDADAO.items(), ids=DO_CIDADAO)
def test_o_cidadao_le_cada_fato(pagina, fato, palavras):
    parte = _parte(pagina, "cidadao", 'id="prefeitura"')

    assert [p for p in palavras if p not in parte] == []


@pytest.mark.parametrize(("fato", "palavras"), DA_PREFEITURA.items(), ids=DA_PREFEITURA)
def test_a_prefeitura_le_cada_fato(pagina, fato, palavras):
    parte = _parte(pagina, "prefeitura", "<footer")

    assert [p for p in palavras if p not in parte] == []


def test_os_titulos_descem_um_degrau_de_cada_vez(pagina):
    degraus = [int(n) for n in re.findall(r"<h([1-6])\b", pagina)]

    assert degraus[0] == 1
    assert degraus.count(1) == 1
    assert [(a, b) for a, b in itertools.pairwise(degraus) if b > a + 1] == []


def test_os_dois_publicos_tem_porta_no_alto(pagina):
    for alvo in ("cidadao", "prefeitura"):
        assert f'href="#{alvo}"' in pagina
        assert f'id="{alvo}" tabindex="-1"' in pagina


def test_servicos_da_pagina_sao_os_do_catalogo(pagina):
    texto = _texto(pagina)
    for grupo in oferta():
        assert [nome for nome in grupo.servicos if nome.lower() not in texto] == []


@pytest.mark.parametrize(
    "endereco",
    ["/onde-ser-atendido/", "/consulta/", "/adesao/", "/adesao/posso-aderir/", "/adesao/fale-com-o-inss/", "/cessao/"],
)
def test_a_pagina_leva_a_cada_parte(pagina, endereco):
    assert f'href="{endereco}' in pagina or f'action="{endereco}' in pagina


def test_nenhum_elo_nem_formulario_fica_sem_destino(pagina):
    assert re.findall(r'(?:href|action|src)=""', pagina) == []


def test_nomes_de_ocupantes_de_cargos_e_telefones_nao_estao_escritos(pagina):
    texto = _texto(pagina)

    assert not re.search(r"\d{4}-\d{4}|@inss", texto)
    assert not re.search(r"gabriel|luciana|minas gerais|paraná", texto)


def test_a_primeira_pagina_nao_pergunta_nada_ao_banco(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/")


def test_o_rodape_leva_a_todas_as_partes_publicas(client, pagina):
    mapa = pagina.split('class="mapa-do-site"')[1].split("</nav>")[0]

    assert len(set(re.findall(r'href="(/[^"]*)"', mapa))) >= 12
    assert "mapa-do-site" in client.get("/consulta/").content.decode()


def test_o_rodape_de_quem_trabalha_e_curto(client):
    client.force_login(com_papel("atendente", MunicipioFabrica()))

    assert "mapa-do-site" not in client.get("/painel/").content.decode()


def test_o_ponto_nunca_e_chamado_de_agencia_do_inss(pagina):
    texto = _texto(pagina)
    antes = [texto[max(0, achado.start() - 60) : achado.start()] for achado in re.finditer("agência do inss", texto)]

    assert antes
    assert [a for a in antes if "não é" not in a and "o ponto da prefeitura é" not in a] == []
