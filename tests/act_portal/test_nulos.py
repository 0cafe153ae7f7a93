"""A NUL character, which PostgreSQL keeps in no text, is answered and never breaks a page."""

from __future__ import annotations

import pytest

from act_portal.telas import views
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def gestor(client):
    client.force_login(com_papel("gestor", MunicipioFabrica()))
    return client


@pytest.mark.parametrize(
    "endereco",
    [
        "/requerimentos/?servico=%00", "/requerimentos/?depois=%00", "/requerimentos/?etapa=%00", "/equipe/?busca=%00",
        "/auditoria/?acao=%00", "/conferir/?c=%00", "/ajuda/%00/", "/%00", "/entrar/?next=/%00",
    ],
)  # fmt: skip
def test_no_endereco_nao_derruba_a_pagina(gestor, endereco):
    assert gestor.get(endereco).status_code < 500


def test_o_que_o_banco_recusa_por_isso_e_um_pedido_que_nao_serve(client, monkeypatch):
    def recusar(*args, **kwargs):
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")

    monkeypatch.setattr(views.ajuda, "indice", recusar)

    resposta = client.get("/ajuda/")

    assert resposta.status_code == 400
    assert "O portal não entendeu o pedido" in resposta.content.decode()


def test_outro_erro_de_valor_continua_sendo_falha_do_portal(client, monkeypatch):
    def falhar(*args, **kwargs):
        raise ValueError("outra coisa")

    monkeypatch.setattr(views.ajuda, "indice", falhar)
    client.raise_request_exception = False

    assert client.get("/ajuda/").status_code == 500


@pytest.mark.parametrize("tela", ["/equipe/", "/auditoria/acessos/", "/requerimentos/", "/requerimentos/recepcao/"])
def test_na_procura_conta_como_espaco(gestor, tela):
    resposta = gestor.post(tela, {"q": "Ana\0Maria"}, follow=True)

    assert resposta.status_code == 200
    assert "Ana Maria" in resposta.content.decode()


@pytest.mark.parametrize(
    ("tela", "campos"),
    [
        ("/entrar/", {"email": "a\0@exemplo.invalid", "senha": "x\0"}),
        ("/esqueci-a-senha/", {"email": "a\0@exemplo.invalid"}),
        ("/papel/", {"vinculo": "\0", "next": "/\0"}),
        ("/minha-conta/", {"nome": "Ana\0"}),
        ("/equipe/convidar/", {"email": "a\0@x.invalid", "nome": "\0", "papel": "\0", "municipio": "\0"}),
        ("/minha-conta/senha/", {"atual": "\0", "nova": "\0", "repetida": "\0"}),
    ],
)
def test_nos_formularios_e_dito_em_uma_frase(gestor, tela, campos):
    assert gestor.post(tela, campos).status_code == 422
