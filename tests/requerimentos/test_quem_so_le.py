"""INSS analysts look and do not touch, administrators reach no case: no page offers them what would be refused."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from requerimentos.models import Requerimento
from requerimentos.papeis.servicos import fazer_conjunto
from requerimentos.situacoes import SituacaoAtendimento
from tests.fabricas import UnidadeFabrica, com_papel
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


@pytest.fixture
def casos(analista) -> list[str]:
    """One address of each page of the desk, with something of each kind to show."""
    preparo = pedido_completo(devolvido=True)
    RepresentanteFabrica(pessoa=preparo.pessoa)
    fazer_conjunto(preparo.pk, autor=preparo.atendente)
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
    for requerimento in (preparo, RequerimentoFabrica(), exigencia.requerimento, resultado.requerimento):
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
