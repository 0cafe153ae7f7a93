"""What is too large is turned away at the door, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from act_portal.arquivos import porteiro
from act_portal.arquivos.limites import tecnicos
from tests.fabricas import MunicipioFabrica, com_papel


@pytest.fixture
def porta_estreita(monkeypatch) -> None:
    monkeypatch.setattr(porteiro, "tecnicos", lambda: replace(tecnicos(), requisicao_bytes=10_000))


@pytest.mark.django_db
@pytest.mark.usefixtures("porta_estreita")
def test_pedido_enorme_nem_chega_ao_disco(client, monkeypatch):
    monkeypatch.setattr(
        "django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file",
        lambda *args, **kwargs: pytest.fail("gravou"),
    )

    resposta = client.post("/entrar/", {"foto": SimpleUploadedFile("a.jpg", b"x" * 20_000)})

    assert resposta.status_code == 413
    assert "O envio é grande demais" in resposta.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("porta_estreita")
def test_pedido_que_cabe_passa(client):
    resposta = client.post("/entrar/", {"foto": SimpleUploadedFile("a.jpg", b"x" * 2_000)})

    assert resposta.status_code == 422


@pytest.mark.django_db
def test_arquivo_de_quem_nao_entrou_nao_vai_a_lugar_nenhum(client):
    foto = SimpleUploadedFile("a.jpg", b"x" * 3_000_000)

    de_fora = client.post("/entrar/", {"email": "a@exemplo.invalid", "senha": "x", "foto": foto})
    client.force_login(com_papel("atendente", MunicipioFabrica()))
    foto.seek(0)
    de_dentro = client.post("/minha-conta/", {"nome": "", "foto": foto})

    assert not de_fora.wsgi_request.FILES
    assert de_fora.wsgi_request.POST["email"] == "a@exemplo.invalid", "o resto do formulário chega"
    assert de_dentro.wsgi_request.FILES["foto"].size == 3_000_000


@pytest.mark.django_db
def test_de_quem_nao_entrou_so_o_arquivo_que_uma_pagina_espera(client):
    sessao = client.session
    sessao[porteiro.ESPERADO] = True
    sessao.save()

    esperado = client.post("/entrar/", {"foto": SimpleUploadedFile("a.jpg", b"x")})

    assert "foto" in esperado.wsgi_request.FILES


@pytest.mark.django_db
def test_arquivos_demais_de_uma_vez_sao_recusados_em_palavras(client):
    muitos = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)]

    resposta = client.post("/entrar/", {"foto": muitos})

    assert resposta.status_code == 413
    assert "poucos arquivos de cada vez" in resposta.content.decode()


def test_um_arquivo_do_maior_tamanho_cabe_em_um_pedido():
    assert tecnicos().envio_bytes * 1.1 < tecnicos().requisicao_bytes
