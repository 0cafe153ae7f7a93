"""What pages make the browser ask for is there: style sheets, scripts, pictures, and the icon that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db

ATIVO = re.compile(r"""<(?:link|script|img|use|source|image)\b[^>]*?\b(?:href|src)=["']([^"'#]+)""")
PAGINAS = {
    "": ["/", "/entrar/", "/esqueci-a-senha/", "/consulta/", "/conferir/", "/ajuda/", "/adesao/", "/cessao/", "/nada/"],
    "atendente": ["/painel/", "/requerimentos/", "/requerimentos/recepcao/", "/requerimentos/fila/", "/minha-conta/"],
    "gestor": ["/painel/", "/equipe/", "/equipe/convidar/", "/auditoria/", "/auditoria/acessos/"],
    "administrador": [
        *("/saidas/", "/admin/", "/admin/contas/usuario/", "/admin/contas/vinculo/", "/admin/territorio/municipio/"),
        *("/admin/territorio/unidadeinss/", "/admin/territorio/unidadeinss/add/", "/admin/territorio/feriado/add/"),
    ],
}


def ativos(html: str) -> set[str]:
    return {endereco for endereco in ATIVO.findall(html) if not endereco.startswith("data:")} | {"/favicon.ico"}


def faltam(client, enderecos: set[str]) -> Iterator[str]:
    for endereco in sorted(enderecos):
        if not endereco.startswith("/"):
            yield endereco  # another site: the policy of the page refuses it
        elif endereco.startswith(settings.STATIC_URL):
            if not finders.find(endereco.removeprefix(settings.STATIC_URL)):
                yield endereco
        else:
            resposta = client.get(endereco)
            if resposta.status_code == 302:
                yield from faltam(client, {resposta["Location"]})
            elif resposta.status_code != 200:
                yield endereco


@pytest.mark.parametrize("papel", PAGINAS)
def test_tudo_que_as_paginas_pedem_existe(client, papel):
    if papel:
        lugar = None if papel == "administrador" else MunicipioFabrica()
        client.force_login(com_papel(papel, lugar, is_staff=not lugar, is_superuser=not lugar))

    for pagina in PAGINAS[papel]:
        html = client.get(pagina).content.decode()
        assert ".css" in html, pagina
        assert list(faltam(client, ativos(html))) == [], pagina


def test_o_icone_que_o_navegador_procura_sozinho_fica_guardado_nele(client):
    resposta = client.get(reverse("telas:icone"))

    assert set(resposta["Cache-Control"].split(", ")) == {"public", "max-age=86400"}
