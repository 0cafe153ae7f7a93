"""What the person told already is written in the pages that ask it again: marked, and never an answer by itself."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from requerimentos.demanda.perguntas import AUTORIZACOES, DO_REQUERIMENTO
from requerimentos.fichas import ditos
from requerimentos.fichas.catalogo import pacotes
from requerimentos.models import Ficha, PaginaDaFicha, Requerimento, Triagem
from tests.requerimentos.fabricas import RequerimentoFabrica, ResultadoFabrica

NA_CONVERSA = {
    "assunto": "necessidade", "onde": "nunca", "impedimento": "nao", "renda": {"pessoas": 4, "total": "1200.00"},
    "cadunico": "2026-01-10", "biometria": "sim", "antes": "negado",
}  # fmt: skip
MARCA = "Dito na conversa: confirme com a pessoa."


@pytest.fixture
def requerimento(client):
    feito = RequerimentoFabrica(servico_codigo="bpc-idoso", atendimento__pessoa__nascimento=date(1950, 5, 3))
    Triagem.objects.create(atendimento=feito.atendimento, respostas=NA_CONVERSA)
    client.force_login(feito.atendente)
    return feito


def endereco(requerimento, pacote, secao):
    return reverse("requerimentos:pagina-da-ficha", args=[requerimento.codigo, pacote, secao])


def pagina(client, requerimento, pacote, secao) -> str:
    return unescape(client.get(endereco(requerimento, pacote, secao)).content.decode())


def campo(texto: str, nome: str) -> str:
    """The tags of the field that hold what is written in it."""
    return " ".join(re.findall(rf'<input[^>]*name="{nome}"[^>]*>', texto))


def test_nenhuma_declaracao_vem_da_conversa():
    declaram = {p.chave for p in (*DO_REQUERIMENTO, *AUTORIZACOES)}
    for ponte in ditos.pontes()[0]:
        pergunta = next(p for p in pacotes()[ponte.pacote].soltas(ponte.secao) if p.id == ponte.pergunta)
        assert not re.search(
            r"autoriza|declara que|declara ser|aceita|confirma|concorda|renuncia|desiste", pergunta.texto, re.I
        )
        assert ponte.resposta not in declaram


@pytest.mark.django_db
def test_o_que_foi_dito_vem_escrito_com_a_marca_e_nao_e_resposta(client, requerimento):
    texto = pagina(client, requerimento, "cadunico", "cadunico")

    assert 'value="2026-01-10"' in campo(texto, "atualizado_em")
    assert re.search(r'value="sim"[^>]*\bchecked', campo(texto, "tem"))
    assert texto.count(MARCA) == 2
    # What the person authorises and confirms is theirs alone.
    assert "checked" not in campo(texto, "autoriza") and "checked" not in campo(texto, "igual")
    assert not Ficha.objects.exists()
    resumo = unescape(client.get(reverse("requerimentos:ficha", args=[requerimento.codigo])).content.decode())
    assert "10/01/2026" not in resumo

    familia = pagina(client, requerimento, "bpc_grupo_familiar", "familia")
    assert "R$ 1.200,00 para 4 pessoas" in familia.replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(r'value="nao"[^>]*\bchecked', campo(familia, "mora_sozinha"))
    anterior = pagina(client, requerimento, "processo_anterior", "pedido")
    assert re.search(r'value="Foi negado"[^>]*\bchecked', campo(anterior, "como_acabou"))


@pytest.mark.django_db
def test_depois_de_guardada_vale_o_que_a_pessoa_confirmou(client, requerimento):
    corpo = {"_versao": 0, "_janela": "a", "tem": "sim", "atualizado_em": "2026-02-20", "igual": "sim"}
    client.post(endereco(requerimento, "cadunico", "cadunico"), corpo)

    assert PaginaDaFicha.objects.get().dados["atualizado_em"] == "2026-02-20"
    texto = pagina(client, requerimento, "cadunico", "cadunico")
    assert 'value="2026-02-20"' in campo(texto, "atualizado_em")
    assert texto.count(MARCA) == 1


@pytest.mark.django_db
def test_o_que_se_respondeu_no_pedido_vem_com_a_marca(client):
    pedido = RequerimentoFabrica(servico_codigo="aposentadoria-idade-rural", respostas={"ainda_trabalha_rural": False})
    client.force_login(pedido.atendente)

    texto = pagina(client, pedido, "atividade_rural", "rural")

    assert re.search(r'value="nao"[^>]*\bchecked', campo(texto, "ainda"))
    assert "Dito nas perguntas do pedido: confirme com a pessoa." in texto


@pytest.mark.django_db
def test_de_outro_atendimento_nada_vem(client, requerimento):
    outro = RequerimentoFabrica(
        servico_codigo="bpc-idoso", municipio=requerimento.municipio, balcao=requerimento.balcao,
        pessoa=requerimento.pessoa, atendente=requerimento.atendente,
    )  # fmt: skip
    assert outro.atendimento_id != requerimento.atendimento_id

    texto = pagina(client, outro, "cadunico", "cadunico")

    assert MARCA not in texto and "checked" not in campo(texto, "tem")


@pytest.mark.django_db
def test_o_recurso_traz_o_que_a_carta_da_negativa_diz(client):
    negado = ResultadoFabrica(
        tipo="indeferido",
        decidido_em=date(2026, 9, 1),
        ciencia_em=date(2026, 9, 10),
        motivos=["Renda acima do limite."],
    )
    velho = negado.requerimento
    recurso = RequerimentoFabrica(
        servico_codigo="recurso-ordinario", municipio=velho.municipio, balcao=velho.balcao, pessoa=velho.pessoa,
        atendente=velho.atendente,
    )  # fmt: skip
    client.force_login(recurso.atendente)

    texto = pagina(client, recurso, "recurso", "decisao")

    assert f'value="{velho.protocolo}"' in campo(texto, "protocolo")
    assert 'value="2026-09-10"' in campo(texto, "soube_em")
    assert "Renda acima do limite." in texto
    assert "Dito no pedido" in texto
    assert "checked" not in campo(pagina(client, recurso, "recurso", "razoes"), "discordo")


# --- What was told and what is written do not agree ----------------------------------------------------------------
def resumo_da_ficha(client, requerimento) -> str:
    return unescape(client.get(reverse("requerimentos:ficha", args=[requerimento.codigo])).text)


@pytest.mark.django_db
def test_pagina_que_contradiz_a_conversa_diz_no_campo_no_resumo_e_na_conferencia(client, requerimento):
    frase = "foi dito “10/01/2026”; na ficha está “20/02/2026”: confirme com a pessoa."
    corpo = {"_versao": 0, "_janela": "a", "tem": "sim", "atualizado_em": "2026-02-20", "igual": "sim"}
    client.post(endereco(requerimento, "cadunico", "cadunico"), corpo)

    assert pagina(client, requerimento, "cadunico", "cadunico").count(f"Na conversa {frase}") == 1
    assert resumo_da_ficha(client, requerimento).count(frase) == 1
    conferencia = reverse("requerimentos:conferencia", args=[requerimento.codigo])
    assert frase in unescape(client.get(conferencia).text)

    client.post(endereco(requerimento, "cadunico", "cadunico"), {**corpo, "_versao": 1, "atualizado_em": "2026-01-10"})

    assert "confirme com a pessoa" not in resumo_da_ficha(client, requerimento)
    assert "foi dito" not in pagina(client, requerimento, "cadunico", "cadunico")


@pytest.mark.django_db
def test_soma_da_ficha_que_contradiz_a_conversa_tambem_se_diz(client, requerimento):
    Requerimento.objects.filter(pk=requerimento.pk).update(respostas={"renda_por_pessoa": "450.00"})

    texto = resumo_da_ficha(client, requerimento).replace("\N{NO-BREAK SPACE}", " ")

    assert "na conversa foi dito “R$ 300,00”; na ficha está “R$ 450,00”: confirme com a pessoa." in texto
    renda = pagina(client, requerimento, "bpc_grupo_familiar", "renda").replace("\N{NO-BREAK SPACE}", " ")
    assert "na ficha está “R$ 450,00”" in renda


@pytest.mark.django_db
def test_pergunta_do_pedido_que_contradiz_a_conversa_diz_no_campo_e_no_resumo(client):
    pedido = RequerimentoFabrica(servico_codigo="bpc-pcd", respostas={"impedimento_2_anos": False})
    ditas = {"assunto": "deficiencia", "origem": "outra", "contribuiu": "nao", "impedimento": "sim"}
    Triagem.objects.create(atendimento=pedido.atendimento, respostas=ditas)
    client.force_login(pedido.atendente)

    demanda = unescape(client.get(reverse("requerimentos:demanda", args=[pedido.codigo])).text)

    assert "Na conversa foi dito “Sim”; aqui está “Não”: confirme com a pessoa." in demanda
    assert "nas perguntas do pedido está “Não”" in resumo_da_ficha(client, pedido)


@pytest.mark.django_db
def test_pedido_enviado_nao_reclama_de_divergencia(client, requerimento):
    Requerimento.objects.filter(pk=requerimento.pk).update(respostas={"renda_por_pessoa": "450.00"}, etapa="na_fila")

    assert "confirme com a pessoa" not in resumo_da_ficha(client, requerimento)
