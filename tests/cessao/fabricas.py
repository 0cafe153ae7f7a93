"""Builders of the cession. Invented properties and people only."""

from __future__ import annotations

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from cessao.models import Espaco, Imovel
from cessao.situacoes import Natureza
from tests.fabricas import MunicipioFabrica


class ImovelFabrica(DjangoModelFactory):
    class Meta:
        model = Imovel

    codigo = factory.Sequence(lambda n: f"MG-{n:04d}")
    nome = factory.Sequence(lambda n: f"Prédio de Teste {n}")
    natureza = Natureza.RESERVA
    endereco = "Rua do Teste, 10, Centro"
    municipio = factory.SubFactory(MunicipioFabrica)
    unidade = factory.SelfAttribute("municipio.unidade")
    area_m2 = Decimal("400.00")
    custo_mensal = Decimal("1000.00")
    seguranca = "Alarme na porta dos fundos."


class EspacoFabrica(DjangoModelFactory):
    class Meta:
        model = Espaco

    imovel = factory.SubFactory(ImovelFabrica, natureza=Natureza.EM_USO)
    nome = factory.Sequence(lambda n: f"Sala {n}")
    area_m2 = Decimal("40.00")


def dados_do_imovel(imovel: Imovel, **mais) -> dict:
    """What the form of this property sends."""
    return {
        "codigo": imovel.codigo, "nome": imovel.nome, "natureza": imovel.natureza, "operacional": "sim",
        "endereco": imovel.endereco, "municipio": imovel.municipio_id, "unidade": imovel.unidade_id,
        "area_m2": str(imovel.area_m2).replace(".", ","), "versao": imovel.versao, **mais,
    }  # fmt: skip
