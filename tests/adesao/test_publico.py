"""The public pages for town halls: how it works, the self-check on the screen and as PDF, who to talk to."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pikepdf
import pypdfium2
import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from act_portal.territorio.models import UnidadeInss
from adesao.publico import autoavaliacao, views
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


def tudo(**mudam) -> dict:
    fim = (localdate() + timedelta(days=170)).isoformat()
    return {
        "regime": "rpps", "oficio": "sim", "lei_criacao": "sim", "quem_assina": "prefeito", "poderes": "sim",
        "documento": "sim", "crp": "sim", "crp_fim": fim, "certidao": "cnd", "certidao_fim": fim, "minuta": "sim",
        "sala": "pronta", "equipamentos": ["computador", "digitalizador", "impressora"], "internet": "sim",
        "acessibilidade": "sim", "servidores": "2", "emails": "sim", "curso": "sim", **mudam,
    }  # fmt: skip


def lista(client, **mudam) -> str:
    resposta = client.get(reverse("adesao:posso-aderir-lista"), tudo(**mudam))
    assert resposta.status_code == 200
    return resposta.content.decode()


# --- How it works -------------------------------------------------------------------------------------------------
def test_a_pagina_diz_o_custo_o_caminho_os_papeis_e_o_que_nao_se_promete(client):
    html = client.get(reverse("adesao:inicio")).content.decode()

    for texto in (
        "Ao INSS, nada", "A sala, os equipamentos, a internet e o salário", "Ofício de manifestação de interesse",
        "Certificado de Regularidade Previdenciária (CRP)", "Costuma valer 180 dias", "Não prometemos prazo",
        "Não é agência do INSS", "três meses seguidos sem pedido", "conferir norma vigente",
        "Benefício Assistencial à Pessoa Idosa (BPC)", "(pergunte ao INSS se entra no acordo)",
    ):  # fmt: skip
        assert texto in html, texto


# --- The self-check -----------------------------------------------------------------------------------------------
def test_as_perguntas_abrem_sem_resposta_marcada_e_sem_cookie(client):
    resposta = client.get(reverse("adesao:posso-aderir"))

    assert "checked" not in resposta.content.decode()
    assert not resposta.cookies


def test_resposta_que_falta_volta_com_o_resumo_e_o_que_foi_respondido(client):
    resposta = client.get(reverse("adesao:posso-aderir-lista"), tudo(sala="", servidores="muitos"))

    html = resposta.content.decode()
    assert resposta.status_code == 422
    assert "Falta acertar 2 coisas" in html
    assert "Há sala para atender? Escolha uma das opções." in html
    assert "Escreva só números, sem letras." in html
    assert 'value="rpps" ' in html.split("checked")[0][-200:]


def test_quem_tem_regime_proprio_precisa_dizer_do_crp_e_quem_nao_tem_nao(client):
    assert client.get(reverse("adesao:posso-aderir-lista"), tudo(crp="")).status_code == 422
    assert client.get(reverse("adesao:posso-aderir-lista"), tudo(crp="", regime="rgps")).status_code == 200


def test_tudo_a_mao_diz_que_da_para_comecar_e_quem_decide(client):
    html = lista(client)

    assert "<h1>Tudo à mão: dá para começar</h1>" in html
    assert "Quem confere e decide é o INSS." in html
    assert "O que falta fazer" not in html


def test_o_que_falta_vem_por_grupo_com_o_que_fazer_e_a_fonte(client):
    html = lista(client, minuta="nao", emails="nao", servidores="1")

    falta = html.split("O que falta fazer")[1].split("</section>")[0]
    assert "<h1>Faltam 2 coisas para aderir</h1>" in html
    assert falta.index("Documentos") < falta.index("Pessoas que vão atender")
    assert "Peça a minuta e o plano" in falta
    assert "conferir norma vigente" in falta
    assert "Com uma pessoa só" in html.split("Olhe de novo")[1]


def test_uma_coisa_so_e_dita_no_singular(client):
    assert "<h1>Falta 1 coisa para aderir</h1>" in lista(client, minuta="nao")
    assert "<h1>Dá para começar, com cuidado em 1 ponto</h1>" in lista(client, servidores="1")


def test_mudar_as_respostas_traz_tudo_marcado(client):
    (elo,) = set(re.findall(r'href="(/adesao/posso-aderir/\?[^"]+)"', lista(client, minuta="nao")))

    html = client.get(elo.replace("&amp;", "&")).content.decode()

    assert html.count("checked") == 17
    assert "resumo-erros" not in html


def test_municipio_dito_traz_com_quem_falar(client):
    unidade = UnidadeFabrica(nome="Gerência de Lá")
    unidade.contatos.create(setor="Gabinete", telefone="(31) 3333-0001 / 0002", email="la@exemplo.invalid")
    MunicipioFabrica(nome="Serra do Ipê", unidade=unidade)

    html = lista(client, municipio="serra do ipe")

    assert "Serra do Ipê/MG" in html
    assert 'href="tel:+553133330001">(31) 3333-0001 / 0002<' in html
    assert 'href="mailto:la@exemplo.invalid"' in html


@pytest.mark.parametrize(
    ("municipio", "frase"),
    [
        ("serra dourada", "Há mais de um com este nome: Serra Dourada/BA, Serra Dourada/GO. Escreva também a UF."),
        ("não há", "Não achamos este nome de município."),
    ],
)
def test_municipio_que_nao_se_acha_e_dito(client, municipio, frase):
    MunicipioFabrica(nome="Serra Dourada", uf="BA")
    MunicipioFabrica(nome="Serra Dourada", uf="GO")

    resposta = client.get(reverse("adesao:posso-aderir-lista"), tudo(municipio=municipio))

    assert resposta.status_code == 422
    assert frase in resposta.content.decode()


def test_da_pagina_da_cidade_o_municipio_vem_escrito_pelo_nome_e_nada_esta_errado_ainda(client):
    municipio = MunicipioFabrica(nome="Serra do Ipê")

    html = client.get(reverse("adesao:posso-aderir"), {"municipio": municipio.pk}).content.decode()

    assert 'value="Serra do Ipê/MG"' in html
    assert "campo--erro" not in html


# --- The PDF ------------------------------------------------------------------------------------------------------
def test_o_pdf_diz_o_mesmo_que_a_pagina_e_e_acessivel(client):
    MunicipioFabrica(nome="Serra do Ipê")

    resposta = client.get(reverse("adesao:posso-aderir-pdf"), tudo(municipio="serra do ipe", minuta="nao"))

    assert resposta["Content-Type"] == "application/pdf"
    texto = " ".join(
        "".join(pagina.get_textpage().get_text_range() for pagina in pypdfium2.PdfDocument(resposta.content)).split()
    )
    for dito in ("O que falta para aderir", "Serra do Ipê/MG", "falta 1", "Peça a minuta", "Não é documento oficial"):
        assert dito in texto, dito
    with pikepdf.open(io.BytesIO(resposta.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "pt-BR"


def test_pdf_de_respostas_incompletas_leva_as_perguntas(client):
    resposta = client.get(reverse("adesao:posso-aderir-pdf"), {"regime": "rpps"})

    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("adesao:posso-aderir")


def test_pdfs_demais_esperam(client, monkeypatch):
    monkeypatch.setattr(views, "PDFS", 1)
    monkeypatch.setattr(views, "renderizar", lambda html: b"%PDF-")
    assert client.get(reverse("adesao:posso-aderir-pdf"), tudo()).status_code == 200

    resposta = client.get(reverse("adesao:posso-aderir-pdf"), tudo())

    assert resposta.status_code == 429
    assert int(resposta["Retry-After"]) > 0


# --- To the application -------------------------------------------------------------------------------------------
def test_comecar_leva_as_respostas_pela_sessao_a_quem_vai_pedir_acesso(client):
    MunicipioFabrica(codigo_ibge="9900001", nome="Serra do Ipê")
    html = lista(client, municipio="serra do ipe")
    assert "Começar a adesão com estas respostas" in html
    assert html.count('name="equipamentos" value=') == 3

    resposta = client.post(reverse("adesao:posso-aderir-comecar"), tudo(municipio="serra do ipe"))

    assert (resposta.status_code, resposta["Location"]) == (302, reverse("adesao:pedir-acesso"))
    guardado = autoavaliacao.retomar(client.session)
    assert (guardado["municipio"], guardado["regime"], guardado["servidores"]) == ("9900001", "rpps", 2)
    assert 'value="Serra do Ipê/MG"' in client.get(resposta["Location"]).content.decode()


@pytest.mark.parametrize(("papel", "rota"), [("gestor", "adesao:pedido"), ("atendente", "adesao:pedir-acesso")])
def test_quem_ja_e_gestor_vai_direto_ao_pedido(client, papel, rota):
    client.force_login(com_papel(papel, MunicipioFabrica()))

    assert client.post(reverse("adesao:posso-aderir-comecar"), tudo())["Location"] == reverse(rota)


@pytest.mark.parametrize(("do_mesmo_municipio", "marcado"), [(True, True), (False, False)])
def test_o_pedido_comeca_com_o_regime_que_se_respondeu_do_mesmo_municipio(client, do_mesmo_municipio, marcado):
    municipio, outro = MunicipioFabrica(nome="Serra do Ipê"), MunicipioFabrica(nome="Outra")
    client.force_login(com_papel("gestor", municipio))
    respondido = municipio if do_mesmo_municipio else outro

    destino = client.post(reverse("adesao:posso-aderir-comecar"), tudo(municipio=respondido.pk))["Location"]

    html = client.get(destino).content.decode()
    assert bool(re.search(r'value="rpps"[^>]*checked', html)) == marcado


def test_comecar_com_resposta_torta_volta_as_perguntas_e_nada_guarda(client):
    resposta = client.post(reverse("adesao:posso-aderir-comecar"), {"regime": "x"})

    assert resposta["Location"] == reverse("adesao:posso-aderir")
    assert autoavaliacao.retomar(client.session) is None


# --- Who to talk to -----------------------------------------------------------------------------------------------
@pytest.fixture
def regiao() -> UnidadeInss:
    sr = UnidadeFabrica(tipo="sr", nome="Superintendência de Teste")
    sr.contatos.create(setor="Gabinete", email="sr@exemplo.invalid", fonte="Página do INSS", grau="secundario")
    return UnidadeFabrica(nome="Gerência de Lá", acima=sr)


def contatos(client, **parametros) -> HttpResponse:
    return client.get(reverse("adesao:contatos"), parametros)


def test_o_municipio_acha_quem_responde_por_ele_do_mais_perto_ao_mais_longe(client, regiao):
    MunicipioFabrica(nome="Serra do Ipê", unidade=regiao)

    html = contatos(client, q="serra do ipe").content.decode()

    assert "Quem responde por Serra do Ipê/MG" in html
    assert html.index("Gerência de Lá") < html.index("Superintendência de Teste")
    assert "Fonte: Página do INSS. Confira antes de enviar documentos." in html
    assert "Ainda não temos o telefone nem o e-mail desta unidade." in html


def test_homonimos_sao_oferecidos_com_a_uf(client, regiao):
    for uf in ("AL", "PB"):
        MunicipioFabrica(nome="Água Branca", uf=uf, unidade=regiao)

    html = contatos(client, q="agua branca").content.decode()

    assert "Qual deles?" in html
    assert "Água Branca/AL" in html
    assert "Quem responde" not in html


def test_o_nome_exato_vence_e_os_parecidos_ficam_a_mao(client, regiao):
    MunicipioFabrica(nome="Serra", uf="ES", unidade=regiao)
    MunicipioFabrica(nome="Serra Negra", uf="SP", unidade=regiao)

    html = contatos(client, q="serra").content.decode()

    assert "Quem responde por Serra/ES" in html
    assert "Não é Serra/ES?" in html
    assert "Serra Negra/SP" in html


def test_nome_que_nao_ha_e_codigo_que_nao_ha(client):
    assert "Não achamos este município" in contatos(client, q="não há").content.decode()
    assert contatos(client, cidade="0000000").status_code == 404


def test_cada_regiao_e_uma_linha_e_nao_texto(client, regiao):
    outra = UnidadeFabrica(tipo="sr", nome="Outra Superintendência")
    MunicipioFabrica(nome="Daqui", unidade=regiao)
    MunicipioFabrica(nome="Dali", unidade=outra)

    assert "Outra Superintendência" not in contatos(client, q="daqui").content.decode()
    assert "Superintendência de Teste" not in contatos(client, q="dali").content.decode()


def test_imovel_tem_o_seu_contato(client):
    direcao = UnidadeFabrica(tipo="dir", codigo="DIROFL", nome="Diretoria de Logística")
    direcao.contatos.create(setor="Diretoria", telefone="3313-4546", email="imoveis@exemplo.invalid")

    html = contatos(client).content.decode()

    assert "Para pedir um imóvel do INSS sem aluguel" in html
    assert "imoveis@exemplo.invalid" in html
    assert "tel:3313" not in html
