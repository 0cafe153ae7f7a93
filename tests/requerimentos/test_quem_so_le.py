"""INSS analysts look and do not touch, administrators reach no case: no page offers them what would be refused."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from requerimentos.models import Atendimento, Pessoa, Requerimento
from requerimentos.papeis.servicos import fazer_conjunto
from requerimentos.situacoes import Etapa, SituacaoAtendimento
from tests.acesso import mandato as do_mandato
from tests.acesso import requerimentos as da_mesa
from tests.acesso.base import montar
from tests.fabricas import BalcaoFabrica, UnidadeFabrica, com_papel
from tests.requerimentos.fabricas import (
    AtendimentoFabrica,
    AvisoFabrica,
    ExigenciaFabrica,
    RepresentanteFabrica,
    RequerimentoFabrica,
    ResultadoFabrica,
)
from tests.requerimentos.fabricas_envio import peca_pronta, pedido_completo

pytestmark = pytest.mark.django_db
LISTAS = ("lista", "recepcao", "exigencias")
DO_CASO = (
    "historico", "demanda", "formularios", "rogo", "documentos", "conferencia", "envio", "acompanhamento", "resultado",
)  # fmt: skip


def url(nome: str, *args) -> str:
    return reverse(f"requerimentos:{nome}", args=args)


def miolo(pagina: str) -> str:
    """What is of the page itself: its trail and its content, without the frame around them."""
    achado = re.search(r'<nav class="trilha".*</main>', pagina, re.DOTALL)
    assert achado
    return achado[0]


def oferecidas(pagina: str) -> tuple[set[str], set[str]]:
    """(addresses of links, addresses that its forms and buttons send to)."""
    texto = miolo(pagina)
    envios = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', texto) + re.findall(
        r'formaction="([^"]*)"', texto
    )
    elos = {unescape(elo).partition("#")[0] for elo in re.findall(r'href="([^"]*)"', texto)}
    return {elo for elo in elos if elo.startswith("/") and not elo.startswith("/static/")}, set(envios)


@pytest.fixture
def analista():
    return com_papel("analista_inss", UnidadeFabrica())


def da_regiao(analista, requerimento: Requerimento) -> Requerimento:
    requerimento.municipio.unidade = analista.vinculos.get().unidade
    requerimento.municipio.save()
    return requerimento


def enviar(*pedidos: Requerimento) -> None:
    for pedido in pedidos:
        Requerimento.objects.filter(pk=pedido.pk).update(
            etapa=Etapa.ACOMPANHANDO, protocolo=f"{3_000_000_000 + pedido.pk}", der=localdate(), protocolado_em=now()
        )


@pytest.fixture
def casos(analista) -> list[str]:
    """One address of each page of the desk, with something of each kind to show."""
    preparo = pedido_completo(devolvido=True)
    RepresentanteFabrica(pessoa=preparo.pessoa)
    fazer_conjunto(preparo.pk, autor=preparo.atendente)
    enviar(preparo)
    exigencia = ExigenciaFabrica()
    peca = peca_pronta(exigencia.requerimento, "resposta-exigencia", natureza="")
    peca.exigencia = exigencia
    peca.save()
    AvisoFabrica(requerimento=exigencia.requerimento, situacao="falhou", falha="Não existe.")
    resultado = ResultadoFabrica()
    visitas = [
        AtendimentoFabrica(balcao=preparo.balcao, situacao=SituacaoAtendimento.AGUARDANDO),
        AtendimentoFabrica(balcao=preparo.balcao),
        AtendimentoFabrica(
            balcao=preparo.balcao, situacao=SituacaoAtendimento.CONCLUIDO, desfecho="orientacao",
            orientacao="Voltar em maio.", encerrado_em=now(),
        ),
    ]  # fmt: skip
    enderecos = [url(nome) for nome in LISTAS]
    for visita in visitas:
        RequerimentoFabrica(atendimento=visita, protocolado=True)
    for requerimento in (
        preparo,
        RequerimentoFabrica(protocolado=True),
        exigencia.requerimento,
        resultado.requerimento,
    ):
        da_regiao(analista, requerimento)
        enderecos += [url(nome, requerimento.codigo) for nome in DO_CASO]
        enderecos.append(url("pessoa", requerimento.pessoa_id))
    enderecos.append(url("exigencia", exigencia.codigo))
    for visita in visitas:
        enderecos += [url(nome, visita.codigo) for nome in ("atendimento", "senha", "orientacao", "escolher")]
        enderecos.append(url("servico", visita.codigo, "bpc-idoso"))
        enderecos.append(url("servico", visita.codigo, "seguro-defeso"))
    return enderecos


def test_nenhuma_pagina_oferece_ao_analista_o_que_ele_nao_pode_fazer(analista, casos):
    client = Client()
    client.force_login(analista)
    recusados, vistos = [], set()
    for endereco in casos:
        pagina = client.get(endereco)
        assert pagina.status_code == 200, endereco
        elos, envios = oferecidas(pagina.text)
        recusados += [(endereco, envio) for envio in envios - {url("lista"), url("recepcao")}]
        for elo in elos - vistos:
            vistos.add(elo)
            if client.get(elo).status_code not in {200, 302}:
                recusados.append((endereco, elo))

    assert recusados == []


def test_busca_sem_achados_nao_oferece_cadastro_ao_analista(analista):
    client = Client()
    client.force_login(analista)

    pagina = client.post(url("recepcao"), {"q": "Ninguém Assim"}, follow=True).text

    assert "Ninguém com este CPF, nome ou protocolo" in pagina
    assert url("cadastrar") not in pagina


@pytest.mark.parametrize("nome", LISTAS)
def test_administrador_sabe_para_que_e_a_pagina_e_aonde_ir(nome):
    administrador = com_papel("administrador")
    ResultadoFabrica(decidido_em=localdate())
    client = Client()
    client.force_login(administrador)

    pagina = client.get(url(nome)).text

    assert "Esta página é de quem atende no balcão ou acompanha a região pelo INSS" in pagina
    elos, envios = oferecidas(pagina)
    assert envios == set()
    assert {reverse("contas:equipe"), reverse("saidas:painel"), reverse("auditoria:eventos")} <= elos
    assert not [elo for elo in elos if client.get(elo).status_code != 200]


# --- What INSS has not received ------------------------------------------------------------------------------------
DO_BALCAO = [
    (rota, n, caso)
    for tabela in (da_mesa.TABELA, do_mandato.TABELA)
    for rota, casos in tabela.items()
    for n, caso in enumerate(casos)
    if caso.esperado["analista_da_regiao"] == 404
    and caso.esperado["gestor"] != 404
    # A page that nobody answered is no page of what has left.
    and (rota, caso.metodo) != ("requerimentos:pagina-da-ficha", "GET")
]


@pytest.mark.parametrize(("rota", "n", "caso"), DO_BALCAO, ids=[f"{rota}-{c.metodo}-{n}" for rota, n, c in DO_BALCAO])
def test_o_que_o_inss_nao_alcancava_ele_le_depois_de_receber(client, rota, n, caso):
    """The table of accesses says 404 for what was not sent; the same address once everything there is at INSS."""
    cenario = montar()
    caminho = reverse(rota, kwargs=dict(caso.args(cenario)))
    for visita in Atendimento.objects.filter(requerimentos=None):
        RequerimentoFabrica(atendimento=visita)
    for pessoa in Pessoa.objects.filter(requerimentos=None):
        balcao = pessoa.municipio.balcoes.first() or BalcaoFabrica(entidade__municipio=pessoa.municipio)
        RequerimentoFabrica(atendimento__pessoa=pessoa, atendimento__balcao=balcao)
    enviar(*Requerimento.objects.all())
    client.force_login(cenario.pessoas["analista_da_regiao"])

    resposta = client.generic(caso.metodo, caminho)

    assert resposta.status_code in ({200, 302, 403} if caso.metodo == "GET" else {403})


def test_nada_do_que_nao_foi_enviado_aparece_ao_analista(client, analista):
    nome = "Leocádia Ainda Fictícia"
    rascunho = da_regiao(analista, RequerimentoFabrica(atendimento__pessoa__nome_civil=nome))
    da_regiao(analista, RequerimentoFabrica(devolvido=True, atendimento__pessoa__nome_civil=nome))
    listas = [url("lista"), url("bandeja"), url("agenda"), "/painel/"]
    client.force_login(analista)

    def vistas() -> str:
        textos = [client.get(lista).text for lista in listas]
        for lista in ("lista", "recepcao"):
            for texto in (nome, rascunho.pessoa.cpf):
                textos.append(client.post(url(lista), {"q": texto}, follow=True).text)
        return "".join(textos).replace(f'value="{nome}"', "").replace(f"“{nome}”", "")

    assert nome not in vistas()
    assert "Nenhum pedido aberto na região" in client.get("/painel/").text

    enviar(rascunho)

    assert nome in vistas()
    assert "Nenhum pedido aberto na região" not in client.get("/painel/").text
