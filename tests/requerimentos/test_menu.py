"""The menu says where one is, also on pages whose address begins elsewhere."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.fabricas import BalcaoFabrica, com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, PessoaFabrica

pytestmark = pytest.mark.django_db


def aceso(html: str) -> str:
    achado = re.search(r'class="nav__item" href="([^"]+)" aria-current="page"', html)
    assert achado
    return achado[1]


def test_a_pessoa_fica_na_recepcao_e_a_visita_na_fila(client):
    balcao = BalcaoFabrica()
    pessoa = PessoaFabrica(municipio=balcao.municipio)
    visita = AtendimentoFabrica(balcao=balcao, pessoa=pessoa)
    client.force_login(com_papel("atendente", balcao.municipio))

    de_pessoa = client.get(reverse("requerimentos:pessoa", args=[pessoa.pk])).text
    de_visita = client.get(reverse("requerimentos:atendimento", args=[visita.codigo])).text

    assert aceso(de_pessoa) == reverse("requerimentos:recepcao")
    assert aceso(de_visita) == reverse("requerimentos:fila")
    assert aceso(client.get(reverse("requerimentos:lista")).text) == reverse("requerimentos:lista")
