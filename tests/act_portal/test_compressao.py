"""Pages travel compressed; a download keeps its length, so that it can be resumed."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import RequestFactory

from act_portal.compressao import ComprimirPaginas

TEXTO = b"<p>Pedido</p>" * 2000


def passar(resposta: HttpResponse | FileResponse, aceita: str = "gzip, br") -> HttpResponse | FileResponse:
    request: HttpRequest = RequestFactory().get("/", headers={"Accept-Encoding": aceita})
    return ComprimirPaginas(lambda _: resposta)(request)


def test_pagina_vai_comprimida_e_inteira():
    resposta = passar(HttpResponse(TEXTO))

    assert resposta["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in resposta["Vary"]
    assert len(resposta.content) < len(TEXTO) / 5
    assert gzip.decompress(resposta.content) == TEXTO


def test_quem_nao_aceita_recebe_como_e():
    resposta = passar(HttpResponse(TEXTO), aceita="identity")

    assert resposta.content == TEXTO
    assert "Content-Encoding" not in resposta


@pytest.mark.parametrize("tipo", ["application/pdf", "image/jpeg", "application/json"])
def test_arquivo_vai_como_e(tipo):
    resposta = passar(HttpResponse(TEXTO, content_type=tipo))

    assert resposta.content == TEXTO
    assert "Content-Encoding" not in resposta


def test_arquivo_aos_pedacos_guarda_o_tamanho():
    resposta = passar(FileResponse(BytesIO(TEXTO), content_type="text/html"))

    assert resposta["Content-Length"] == str(len(TEXTO))
    assert "Content-Encoding" not in resposta


def test_pagina_pequena_vai_como_e():
    resposta = passar(HttpResponse(TEXTO[:9_999]))

    assert resposta.content == TEXTO[:9_999]
    assert "Content-Encoding" not in resposta
