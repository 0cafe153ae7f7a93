"""The pages as a town and the logistics use them, form by form."""

from __future__ import annotations

import pytest

from cessao.models import Pedido
from tests.cessao.fabricas import Elenco, dados_do_pedido, rascunho, sala
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


def _enviado(espaco, **mais) -> dict:
    dados = {nome: valor for nome, valor in dados_do_pedido(espaco, **mais).items() if valor is not None}
    return {**dados, "dificulta_devolucao": "nao", "inicio": f"{dados['inicio']:%Y-%m-%d}", "rateio_percentual": "7,5",
            "pessoa": mais.get("pessoa", "publica")}  # fmt: skip


def test_o_municipio_pergunta_le_a_resposta_pede_e_corrige(client):
    espaco = sala()
    client.force_login(com_papel("gestor", espaco.imovel.municipio))
    endereco = f"/cessao/pedir/{espaco.codigo}/"

    nao = client.get(endereco, {"esfera": "municipal", "finalidade": "outra", "imovel": "em_uso"})
    sim = client.get(endereco, {"esfera": "municipal", "finalidade": "previdenciaria", "imovel": "em_uso"})
    feito = client.post(endereco, _enviado(espaco))

    assert "O que seria um sim" in nao.text
    assert "Salvar o pedido" not in nao.text
    assert "Salvar o pedido" in sim.text
    assert feito.status_code == 302, feito.context["form"].errors
    pedido = Pedido.objects.get()
    assert client.get(f"{pedido.get_absolute_url()}editar/").status_code == 200
    corrigido = client.post(f"{pedido.get_absolute_url()}editar/", {**_enviado(espaco, uso="novo uso"), "versao": 1})
    assert corrigido.status_code == 302
    assert client.get(f"{pedido.get_absolute_url()}documentos/oficio/").status_code == 200


def test_o_que_foi_digitado_errado_volta_com_a_frase(client):
    espaco = sala()
    client.force_login(com_papel("gestor", espaco.imovel.municipio))

    resposta = client.post(f"/cessao/pedir/{espaco.codigo}/", _enviado(espaco, meses=25))

    assert resposta.status_code == 422
    assert "até 24 meses" in resposta.text


def test_a_logistica_registra_o_oficio_de_um_orgao_federal(client):
    espaco = sala()
    elenco = Elenco(espaco)
    client.force_login(elenco.logistica)
    dados = {**_enviado(espaco, esfera="federal_uniao", finalidade="outra"), "municipio": espaco.imovel.municipio_id}

    assert client.get(f"/cessao/pedir/{espaco.codigo}/", dados).status_code == 200
    assert client.post(f"/cessao/pedir/{espaco.codigo}/", dados).status_code == 302
    assert Pedido.objects.get().pelo_inss


def test_outra_cidade_nao_ve_o_pedido(client):
    pedido = rascunho()
    client.force_login(com_papel("gestor", MunicipioFabrica()))

    assert client.get(pedido.get_absolute_url()).status_code == 404
