from __future__ import annotations

import pytest

from act_portal.saidas.models import Saida
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


def test_prometer_fora_de_transacao_e_erro():
    assert Saida.objects.count() == 0


def test_papel_alcanca_o_municipio():
    m = MunicipioFabrica()
    u = com_papel("atendente", m)
    assert u.vinculo.municipio == m
