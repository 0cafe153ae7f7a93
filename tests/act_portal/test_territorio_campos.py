"""A town as people type it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from act_portal.territorio.campos import CampoMunicipio
from tests.fabricas import MunicipioFabrica

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("digitado", ["Serra do Ipê/MG", "serra do ipe / mg", "SERRA DO IPE", "3199999"])
def test_nome_com_ou_sem_acento_uf_e_codigo_acham_o_municipio(digitado):
    municipio = MunicipioFabrica(codigo_ibge="3199999", nome="Serra do Ipê", uf="MG")

    assert CampoMunicipio().clean(digitado) == municipio


def test_nome_de_dois_pede_a_uf_e_diz_quais_sao():
    MunicipioFabrica(nome="Bom Jesus", uf="PI"), MunicipioFabrica(nome="Bom Jesus", uf="RS")

    with pytest.raises(ValidationError, match=r"Bom Jesus/PI, Bom Jesus/RS\. Escreva também a UF"):
        CampoMunicipio().clean("bom jesus")
    assert CampoMunicipio().clean("Bom Jesus/RS").uf == "RS"


def test_nome_pela_metade_sugere_os_parecidos():
    MunicipioFabrica(nome="Serra do Ipê", uf="MG")

    with pytest.raises(ValidationError, match="Será Serra do Ipê/MG"):
        CampoMunicipio().clean("Ipê")


@pytest.mark.parametrize("digitado", ["Lugar Nenhum", "9999999", "/", "x" * 120])
def test_o_que_nao_existe_e_dito(digitado):
    MunicipioFabrica(nome="Serra do Ipê", uf="MG")

    with pytest.raises(ValidationError, match="Confira a escrita"):
        CampoMunicipio().clean(digitado)


def test_vazio_e_nenhum_quando_nao_e_obrigatorio():
    assert CampoMunicipio(required=False).clean("  ") is None
    with pytest.raises(ValidationError, match="ou deixe em branco"):
        CampoMunicipio(required=False).clean("Lugar Nenhum")


def test_o_valor_inicial_aparece_com_a_uf():
    assert CampoMunicipio().prepare_value(MunicipioFabrica(nome="Serra do Ipê", uf="MG")) == "Serra do Ipê/MG"
