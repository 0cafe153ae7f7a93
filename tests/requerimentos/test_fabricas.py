from __future__ import annotations

import pytest

from requerimentos.situacoes import Etapa
from tests.requerimentos.fabricas import RepresentanteFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db


def test_tudo_o_que_a_fabrica_monta_e_do_mesmo_municipio():
    pedido = RequerimentoFabrica(servico_codigo="bpc-idoso")

    assert {pedido.pessoa.municipio, pedido.atendimento.municipio, pedido.balcao.municipio} == {pedido.municipio}
    assert pedido.atendente.vinculo.municipio == pedido.municipio
    assert pedido.servico.dados["codigo"] == "bpc-idoso"
    assert pedido.etapa == Etapa.PREPARO


def test_a_mae_da_fabrica_representa_uma_pessoa():
    assert list(RepresentanteFabrica().pessoa.representantes.values_list("tipo", flat=True)) == ["pai_mae"]
