"""The last days of a denounced agreement: no request begins, and what was begun goes on to its end."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from act_portal.territorio.servicos import parar_pedidos_novos
from requerimentos.demanda import servicos
from requerimentos.models import Requerimento
from requerimentos.recepcao.servicos import dar_senha
from requerimentos.situacoes import SituacaoExigencia
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, ExigenciaFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db

SERVICO = "salario-maternidade-rural"


def parar(municipio, dias=0):
    """New requests stop `dias` days from today."""
    desde = hoje_em(municipio) + timedelta(days=dias)
    parar_pedidos_novos(municipio.pk, desde, autor=None)
    return f"{desde:%d/%m/%Y}"


def abrir(atendimento, codigo=None):
    return servicos.abrir(atendimento.pk, SERVICO, autor=atendimento.atendente, codigo=codigo or uuid.uuid4())


def test_na_vespera_abre_e_no_dia_ja_nao():
    vespera, no_dia = AtendimentoFabrica(), AtendimentoFabrica()
    parar(vespera.municipio, dias=1)
    desde = parar(no_dia.municipio)

    assert abrir(vespera).pk
    with pytest.raises(ErroDeDominio, match=f"Desde {desde} este município não abre pedidos novos.*135.*Meu INSS"):
        abrir(no_dia)
    assert not no_dia.requerimentos.exists()


def test_pergunta_a_linha_como_ela_esta_e_o_clique_de_antes_repete_o_mesmo_pedido():
    atendimento, codigo = AtendimentoFabrica(), uuid.uuid4()
    aberto = abrir(atendimento, codigo)
    parar(atendimento.municipio)

    assert abrir(atendimento, codigo) == aberto
    with pytest.raises(ErroDeDominio, match="não abre pedidos novos"):
        abrir(atendimento)

    parar_pedidos_novos(atendimento.municipio_id, None, autor=None)
    assert servicos.abrir(atendimento.pk, "ctc", autor=atendimento.atendente, codigo=uuid.uuid4()).pk


def test_o_pedido_ja_aberto_se_edita_e_troca_de_servico_e_a_senha_sai():
    pedido = RequerimentoFabrica(servico_codigo=SERVICO)
    parar(pedido.municipio)

    servicos.responder(pedido.pk, {"reafirmar_der": True}, autor=pedido.atendente, versao=pedido.versao)
    assert servicos.trocar_servico(pedido.pk, "ctc", autor=pedido.atendente).servico_codigo == "ctc"
    assert dar_senha(
        pedido.pessoa_id, balcao=pedido.balcao, prioridade="nenhuma", motivo="andamento", autor=pedido.atendente
    ).senha


def test_a_exigencia_se_responde(client, fila_anotada):
    exigencia = ExigenciaFabrica()
    municipio = exigencia.requerimento.municipio
    parar(municipio)
    client.force_login(com_papel("atendente", municipio))

    endereco = reverse("requerimentos:responder-exigencia", args=[exigencia.codigo])
    client.post(endereco, {"texto": "Segue o documento.", "acao": "responder"})

    exigencia.refresh_from_db()
    assert exigencia.estado == SituacaoExigencia.RESPONDENDO


def paginas(atendimento):
    return (
        reverse("telas:painel"),
        reverse("requerimentos:recepcao"),
        reverse("requerimentos:fila"),
        reverse("requerimentos:pessoa", args=[atendimento.pessoa_id]),
        reverse("requerimentos:atendimento", args=[atendimento.codigo]),
        reverse("requerimentos:escolher", args=[atendimento.codigo]),
        reverse("requerimentos:servico", args=[atendimento.codigo, SERVICO]),
    )


@pytest.mark.parametrize(("dias", "frase"), [(20, "A partir de {}"), (0, "Desde {}")])
@pytest.mark.parametrize("papel", ["atendente", "gestor"])
def test_a_recepcao_avisa_antes_e_depois(client, dias, frase, papel):
    atendimento = AtendimentoFabrica()
    client.force_login(com_papel(papel, atendimento.municipio))
    for endereco in paginas(atendimento):
        assert "não abre pedidos novos" not in client.get(endereco).content.decode(), endereco
    desde = parar(atendimento.municipio, dias)

    for endereco in paginas(atendimento):
        html = client.get(endereco).content.decode()
        assert f"{frase.format(desde)} este município não abre pedidos novos" in html, endereco


def test_no_lugar_do_botao_de_abrir_vem_a_folha_com_aonde_ir(client):
    atendimento = AtendimentoFabrica()
    client.force_login(atendimento.atendente)
    servico = reverse("requerimentos:servico", args=[atendimento.codigo, SERVICO])
    abertura = reverse("requerimentos:abrir", args=[atendimento.codigo, SERVICO])
    assert abertura in client.get(servico).content.decode()
    parar(atendimento.municipio)

    html = client.get(servico).content.decode()

    assert abertura not in html
    for texto in ("Ligue 135", "Meu INSS", "Concluir como orientação", "podem ser enviados"):
        assert texto in html, texto
    assert reverse("onde:cidade", args=[atendimento.municipio_id]) in html
    # Whoever had the page open from before reads the same sentence.
    resposta = client.post(abertura, {"codigo": str(uuid.uuid4())}, follow=True)
    assert "Desde" in resposta.content.decode()
    assert not Requerimento.objects.exists()
