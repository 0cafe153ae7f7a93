"""Choosing among all the services, and the page of each kind of service."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from requerimentos.demanda import views
from requerimentos.demanda.catalogo import carregar
from requerimentos.models import Atendimento, Requerimento
from requerimentos.situacoes import SituacaoAtendimento
from tests.fabricas import BalcaoFabrica, com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db
VIGENTES = carregar().vigentes(localdate())


@pytest.fixture
def balcao():
    return BalcaoFabrica()


@pytest.fixture
def ana(balcao, client):
    usuario = com_papel("atendente", balcao.municipio)
    client.force_login(usuario)
    return usuario


@pytest.fixture
def atendimento(balcao, ana):
    return AtendimentoFabrica(balcao=balcao, atendente=ana)


def escolher(client, atendimento, **busca):
    return client.get(reverse("requerimentos:escolher", args=[atendimento.codigo]), busca)


def endereco(atendimento, codigo):
    return reverse("requerimentos:servico", args=[atendimento.codigo, codigo])


def pagina(client, atendimento, codigo):
    return client.get(endereco(atendimento, codigo))


def na_ordem(texto, atendimento):
    """Codes of the services linked, as they come down the page."""
    prefixo = reverse("requerimentos:escolher", args=[atendimento.codigo])
    return re.findall(rf'href="{prefixo}([a-z0-9-]+)/"', texto)


# Choosing


def test_a_lista_traz_cada_servico_no_seu_grupo_e_nenhuma_regra_solta(client, atendimento):
    resposta = escolher(client, atendimento)

    grupos = dict(resposta.context["grupos"])
    assert list(grupos) == list(carregar().vocabulario.grupos.values())
    assert {s.codigo for seus in grupos.values() for s in seus} == {s.codigo for s in VIGENTES if s.modo != "regra"}
    assert resposta.text.count('<section class="cartao" id="g') == 4
    for numero in range(1, 5):
        assert f'href="#g{numero}"' in resposta.text


def test_os_mais_pedidos_no_municipio_vem_primeiro_e_do_mais_para_o_menos(client, atendimento, balcao, ana):
    for codigo, quantos in (("ctc", 1), ("revisao", 3), ("isencao-ir", 2)):
        for _ in range(quantos):
            RequerimentoFabrica(servico_codigo=codigo, atendimento=AtendimentoFabrica(balcao=balcao, atendente=ana))
    RequerimentoFabrica(servico_codigo="desistencia")  # of another town

    ordem = na_ordem(escolher(client, atendimento).text, atendimento)

    assert ordem[:3] == ["revisao", "isencao-ir", "ctc"]
    assert "desistencia" not in ordem[:4]


def test_a_busca_acha_tambem_as_regras_e_diz_quantos_achou(client, atendimento):
    resposta = escolher(client, atendimento, q="pontos")

    achados = na_ordem(resposta.text, atendimento)
    assert "aposentadoria-tc-pontos" in achados
    assert f"{len(achados)} serviços com “pontos”" in resposta.text


def test_busca_sem_nada_oferece_a_lista_toda_e_nao_quebra_com_marcas(client, atendimento):
    resposta = escolher(client, atendimento, q="<b>zzz</b>")

    assert "Nenhum serviço com estas palavras" in resposta.text
    assert "<b>zzz</b>" not in resposta.text


def test_servico_que_ainda_nao_existe_nao_aparece_nem_abre(client, atendimento, monkeypatch):
    for dia, existe in ((date(2026, 12, 31), False), (date(2027, 1, 1), True)):
        monkeypatch.setattr(views, "hoje_em", lambda municipio, dia=dia: dia)

        assert ("salario-paternidade" in na_ordem(escolher(client, atendimento).text, atendimento)) == existe
        assert ("salario-paternidade" in na_ordem(escolher(client, atendimento, q="pai").text, atendimento)) == existe
        assert pagina(client, atendimento, "salario-paternidade").status_code == (200 if existe else 404)


# The page of each service


@pytest.mark.parametrize("servico", VIGENTES, ids=lambda s: s.codigo)
def test_a_pagina_de_cada_servico_diz_o_que_fazer(client, atendimento, servico):
    resposta = pagina(client, atendimento, servico.codigo)

    texto = resposta.text
    assert resposta.status_code == 200
    assert servico.nome in texto and "None" not in texto and "(valor a conferir)" not in texto
    assert ("Abrir pedido" in texto) != servico.orientar
    assert ("Documentos" in texto) != servico.orientar
    for linha in servico.aonde:
        assert linha in texto
    assert ("Não é certo que o acordo" in texto) == (servico.acordo.situacao == "duvidoso" and not servico.orientar)


def test_regra_de_transicao_mostra_os_documentos_e_abre_o_servico_inteiro(client, atendimento):
    texto = pagina(client, atendimento, "aposentadoria-tc-pedagio-50").text
    assert "O pedido que se abre é <b>Aposentadoria por Tempo de Contribuição</b>" in texto
    assert "Carteira de trabalho" in texto

    abrir = reverse("requerimentos:abrir", args=[atendimento.codigo, "aposentadoria-tc-pedagio-50"])
    client.post(abrir, {"codigo": str(uuid.uuid4())})

    assert Requerimento.objects.get().servico_codigo == "aposentadoria-tempo-contribuicao"


def test_pedido_igual_em_andamento_tambem_se_avisa_na_pagina_da_regra(client, atendimento):
    RequerimentoFabrica(servico_codigo="aposentadoria-tempo-contribuicao", atendimento=atendimento)

    assert "Já há um pedido deste serviço em andamento" in pagina(client, atendimento, "aposentadoria-tc-pontos").text


def test_caminhos_alternativos_aparecem_separados_e_o_bom_saber_nao_se_pergunta(client, atendimento):
    professor = pagina(client, atendimento, "aposentadoria-professor").text
    pensao = pagina(client, atendimento, "pensao-morte-urbana").text

    assert "E mais uma destas regras:" in professor
    for nome in carregar().servico("aposentadoria-professor").caminhos.values():
        assert f"<h3>{nome}</h3>" in professor
    assert "Bom saber" in pensao and "Confira com a pessoa: Metade do valor" not in pensao


def test_orientacao_se_conclui_na_propria_pagina_com_a_folha_pronta(client, atendimento):
    texto = pagina(client, atendimento, "seguro-defeso").text
    assert "Carteira de Trabalho Digital" in texto and "Quem decide é o INSS" not in texto

    resposta = client.post(
        reverse("requerimentos:concluir", args=[atendimento.codigo]),
        {"desfecho": "orientacao", "orientacao": "Seguro-Defeso:\nAplicativo Carteira de Trabalho Digital."},
        follow=True,
    )

    atendimento.refresh_from_db()
    assert atendimento.situacao == SituacaoAtendimento.CONCLUIDO
    assert atendimento.desfecho == Atendimento.Desfecho.ORIENTACAO
    assert "Aplicativo Carteira de Trabalho Digital." in resposta.text


def test_quem_so_olha_nao_ve_botao_de_abrir_nem_de_concluir(client, atendimento):
    RequerimentoFabrica(atendimento=atendimento, protocolado=True)
    client.force_login(com_papel("analista_inss", atendimento.municipio.unidade))

    assert "Abrir pedido" not in pagina(client, atendimento, "ctc").text
    assert "Concluir como orientação" not in pagina(client, atendimento, "seguro-defeso").text
    assert "Ver no catálogo" in pagina(client, atendimento, "ctc").text


# Contribution time in the questions


def test_tempo_de_contribuicao_se_pergunta_se_guarda_e_muda_o_que_a_tela_diz(client, atendimento):
    pedido = RequerimentoFabrica(servico_codigo="aposentadoria-tempo-contribuicao", atendimento=atendimento)
    aqui = reverse("requerimentos:demanda", args=[pedido.codigo])
    assert "Quanto tempo de contribuição a pessoa tem hoje?" in client.get(aqui).text

    client.post(aqui, {"versao": 1, "tempo_contribuicao": "31a 2m", "tempo_na_reforma": "24 anos"})

    pedido.refresh_from_db()
    assert pedido.respostas["tempo_contribuicao"] == "31 anos e 2 meses"
    assert pedido.respostas["tempo_na_reforma"] == "24 anos"
    assert "Tem 31 anos e 2 meses de contribuição; a regra pede 30 anos." in client.get(aqui).text


@pytest.mark.parametrize(
    ("hoje", "antes", "frase"),
    [
        ("muito tempo", "", "29 anos 7 meses 2 dias"),
        ("20 anos", "21 anos", "não pode ser maior que o de hoje"),
    ],
)
def test_tempo_mal_escrito_ou_impossivel_volta_com_a_frase_e_sem_perder_o_que_se_digitou(
    client, atendimento, hoje, antes, frase
):
    pedido = RequerimentoFabrica(servico_codigo="aposentadoria-tempo-contribuicao", atendimento=atendimento)

    resposta = client.post(
        reverse("requerimentos:demanda", args=[pedido.codigo]),
        {"versao": 1, "tempo_contribuicao": hoje, "tempo_na_reforma": antes},
    )

    assert resposta.status_code == 422
    assert frase in resposta.text and f'value="{hoje}"' in resposta.text
    pedido.refresh_from_db()
    assert pedido.respostas == {}
