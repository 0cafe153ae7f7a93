"""Brazil has four time zones: each person reads the hours of the place where they work."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.utils.timezone import get_current_timezone_name

from act_portal.contas.middleware import VinculoAtivo
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


def relogio_de(rf, usuario) -> str:
    pedido = rf.get("/")
    pedido.user, pedido.session = usuario, {}
    resposta = VinculoAtivo(lambda request: HttpResponse(get_current_timezone_name()))(pedido)
    return resposta.content.decode()


def test_a_hora_e_a_do_municipio_e_so_durante_o_pedido(rf):
    atendente = com_papel("atendente", MunicipioFabrica(uf="AC", fuso_horario="America/Rio_Branco"))

    assert relogio_de(rf, atendente) == "America/Rio_Branco"
    assert get_current_timezone_name() == "America/Sao_Paulo"


def test_a_do_analista_e_a_da_sede_da_unidade(rf):
    sede = MunicipioFabrica(uf="AM", fuso_horario="America/Manaus")

    assert relogio_de(rf, com_papel("analista_inss", UnidadeFabrica(municipio=sede))) == "America/Manaus"
    assert relogio_de(rf, com_papel("analista_inss", UnidadeFabrica())) == "America/Sao_Paulo"


def test_quem_cuida_do_portal_inteiro_usa_a_hora_de_brasilia(rf):
    assert relogio_de(rf, com_papel("administrador")) == "America/Sao_Paulo"
