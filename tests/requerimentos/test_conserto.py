"""Repairing a page on the screen: asked for, done by the worker, shown, taken back."""

from __future__ import annotations

import random

import pytest
from django.test import Client
from django.urls import reverse

from act_portal.arquivos.models import Folha
from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio
from bench._mesa import fotografar
from bench.legibilidade import documento
from requerimentos.digitalizacao import servicos as documentos
from requerimentos.digitalizacao.conserto import servicos
from requerimentos.envio.consultas import fotografar as situacao_de
from requerimentos.models import Conserto, Pagina, Requerimento
from tests.act_portal.arquivos_fabricados import em_bytes, enviado, foto
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fabricas_envio import peca_pronta

pytestmark = pytest.mark.django_db(transaction=True)
VAGA = "documento_identidade"


@pytest.fixture
def pedido() -> Requerimento:
    return RequerimentoFabrica(servico_codigo="bpc-idoso")


@pytest.fixture
def navegador(pedido) -> Client:
    navegador = Client()
    navegador.force_login(pedido.atendente)
    return navegador


def juntar(pedido: Requerimento, dados: bytes) -> Pagina:
    peca = documentos.juntar(pedido.pk, vaga=VAGA, enviado=enviado(dados, "foto.jpg"), autor=pedido.atendente)
    return peca.paginas.get()


def apertar(navegador: Client, pagina: Pagina, acao: str, **campos):
    return navegador.post(reverse("requerimentos:conserto", args=[pagina.codigo]), {"acao": acao, **campos})


def test_a_foto_na_mesa_chega_consertada_e_desfazer_traz_a_que_veio(navegador, pedido, fila_na_hora):
    sorte = random.Random("tela")  # noqa: S311 - pictures
    tirada, _ = fotografar(documento(sorte, ponto=11, margem=90), sorte)
    pagina = juntar(pedido, em_bytes(tirada, quality=90))
    veio = pagina.folha.origem

    tela = navegador.get(reverse("requerimentos:documentos", args=[pedido.codigo])).content.decode()
    assert "O portal consertou: folha recortada e endireitada" in tela
    assert "Desfazer" in tela
    assert veio and veio.sha256 != pagina.folha.sha256
    Pagina.objects.filter(pk=pagina.pk).update(mantida_por_que="a consertada serve")
    for rota in ("conserto-veio", "conserto-ficou"):
        resposta = navegador.get(reverse(f"requerimentos:{rota}", args=[pagina.codigo]))
        assert (resposta["Content-Type"], resposta.content[:2]) == ("image/jpeg", b"\xff\xd8")

    navegador.post(reverse("requerimentos:pagina", args=[pagina.codigo]), {"acao": "desfazer"})

    pagina.refresh_from_db()
    assert pagina.folha == veio
    assert pagina.conserto is None
    assert pagina.mantida_por_que == "", "o motivo era da imagem que se foi"
    assert Evento.objects.filter(acao="pagina.conserto_desfeito").count() == 1
    tela = navegador.get(reverse("requerimentos:conserto", args=[pagina.codigo])).content.decode()
    assert "A página está como veio" in tela

    apertar(navegador, pagina, "sozinho")

    pagina.refresh_from_db()
    assert pagina.folha.origem == veio
    assert pagina.folha.receita["branco"]


def test_a_mao_passo_a_passo_e_de_volta(navegador, pedido, fila_na_hora):
    pagina = juntar(pedido, em_bytes(foto(600, 800)))
    veio = pagina.folha
    documentos.girar(pagina.pk, autor=pedido.atendente)

    apertar(navegador, pagina, "direita")
    apertar(navegador, pagina, "aplicar", giro="180", corte_cima="25", inclinacao="-0.5", branco="on")

    pagina.refresh_from_db()
    assert (pagina.giro, pagina.folha.receita["giro"], pagina.folha.receita["corte"]) == (0, 180, [0, 0.25, 0, 0])
    tela = navegador.get(reverse("requerimentos:conserto", args=[pagina.codigo])).content.decode()
    assert "girada de meia-volta, desentortada 0,5°, bordas cortadas, fundo branco" in tela
    assert 'value="25.0"' in tela
    apertar(navegador, pagina, "original")
    pagina.refresh_from_db()
    assert pagina.folha == veio

    vistas = []
    for _ in range(4):
        apertar(navegador, pagina, "desfazer")
        pagina.refresh_from_db()
        vistas.append((pagina.folha.receita.get("giro", 0), pagina.giro))
    # The two quarter turns became one of the recipe; undone, the page is turned by hand as it was, then not at all.
    assert vistas == [(180, 0), (180, 0), (0, 90), (0, 0)]
    assert Folha.objects.filter(arquivo=veio.arquivo).count() == 3, "nada se apaga"


def test_receita_ruim_volta_com_o_que_foi_digitado(navegador, pedido, fila_na_hora):
    pagina = juntar(pedido, em_bytes(foto(600, 800)))
    for campos, frase in (
        ({"corte_cima": "60", "corte_baixo": "60"}, "quase toda"),
        ({"canto_0_x": "10"}, "quatro cantos"),
        ({"inclinacao": "40"}, "grande demais"),
    ):
        resposta = apertar(navegador, pagina, "aplicar", **campos)
        assert resposta.status_code == 422
        assert frase in resposta.content.decode()
        assert f'value="{next(iter(campos.values()))}"' in resposta.content.decode()
    assert not Conserto.objects.exists()
    resposta = navegador.post(
        reverse("requerimentos:conserto", args=[pagina.codigo]), {"acao": "explodir"}, follow=True
    )
    assert "Escolha um dos botões" in resposta.content.decode()


def test_enquanto_conserta_espera_avisa_e_nao_sai(navegador, pedido, fila_anotada):
    pagina = juntar_pronta(pedido)

    apertar(navegador, pagina, "sozinho")
    resposta = navegador.post(reverse("requerimentos:conserto", args=[pagina.codigo]), {"acao": "sozinho"}, follow=True)

    tela = resposta.content.decode()
    assert "já está sendo consertada" in tela
    assert 'role="status"' in tela
    # No worker runs in this test.
    assert "O serviço que conserta as páginas está parado" in tela
    assert situacao_de(pedido).preparando == 1
    painel = navegador.get(reverse("requerimentos:conserto", args=[pagina.codigo]), headers={"HX-Request": "true"})
    assert 'hx-swap-oob="innerHTML"' in painel.content.decode()

    apertar(navegador, pagina, "desfazer")

    assert situacao_de(pedido).preparando == 0
    conserto = Conserto.objects.get()
    assert conserto.situacao == "desfeito"
    assert servicos.concluir(conserto.pk, None) is False


def juntar_pronta(pedido: Requerimento) -> Pagina:
    return peca_pronta(pedido, VAGA).paginas.get()


def test_nada_a_consertar_diz_que_nao_achou(navegador, pedido, fila_na_hora):
    pagina = juntar_pronta(pedido)

    apertar(navegador, pagina, "sozinho")

    assert (
        "não achou o que consertar"
        in navegador.get(reverse("requerimentos:conserto", args=[pagina.codigo])).content.decode()
    )
    pedido.etapa = "na_fila"
    pedido.save()
    with pytest.raises(ErroDeDominio, match="já foi enviado"):
        servicos.pedir(pagina.pk, receita=None, autor=pedido.atendente)
