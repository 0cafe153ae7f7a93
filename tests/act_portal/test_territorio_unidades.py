"""Which INSS unit answers for a town."""

from __future__ import annotations

import pytest

from act_portal.territorio import carga
from act_portal.territorio.consultas import unidade_responsavel
from act_portal.territorio.models import Municipio, UnidadeInss
from tests.fabricas import MunicipioFabrica, UnidadeFabrica

pytestmark = pytest.mark.django_db


def test_responde_a_unidade_do_proprio_municipio():
    municipio = MunicipioFabrica()

    assert unidade_responsavel(municipio) == municipio.unidade


def test_municipio_novo_sem_unidade_fica_com_a_superintendencia_do_estado():
    sr = UnidadeFabrica(tipo="sr")
    MunicipioFabrica(uf="MT", unidade=UnidadeFabrica(acima=UnidadeFabrica(acima=sr)))
    UnidadeFabrica(tipo="dir", codigo="DIRBEN")

    assert unidade_responsavel(MunicipioFabrica(uf="MT", unidade=None)) == sr


def test_estado_sem_unidade_fica_com_a_direcao_central():
    direcao = UnidadeFabrica(tipo="dir", codigo="DIRBEN")
    MunicipioFabrica(uf="RR", unidade=direcao)

    assert unidade_responsavel(MunicipioFabrica(uf="RR", unidade=None)) == direcao


def test_portal_sem_unidades_nao_inventa_uma():
    assert unidade_responsavel(MunicipioFabrica(unidade=None)) is None


def test_com_o_territorio_carregado_todo_municipio_tem_quem_responda_e_ninguem_fica_sob_a_direcao():
    carga.carregar()

    assert not Municipio.objects.filter(unidade__isnull=True).exists()
    assert not Municipio.objects.filter(unidade__tipo=UnidadeInss.Tipo.DIRECAO).exists()
    assert Municipio.objects.get(pk="5300108").unidade.codigo == "GEXDF"
