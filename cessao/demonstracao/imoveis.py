"""Invented properties of INSS, as its logistics would register them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from act_portal.contas.models import Usuario
from act_portal.demonstracao.lugares import GERENCIA, JABOTICATUBAS
from act_portal.territorio.models import Municipio, UnidadeInss
from cessao.imoveis import servicos as imoveis

# code, name, kind, operational, town, area, rooms
IMOVEIS: tuple[tuple[str, str, str, bool, str, int, tuple[tuple[str, int], ...]], ...] = (
    ("DEMO-01", "Agência do Centro (fictícia)", "em_uso", True, JABOTICATUBAS, 480, (("Sala 3", 40), ("Sala 4", 25))),
    ("DEMO-02", "Antiga agência da Praça (fictícia)", "reserva", True, "3106408", 320, (("Térreo", 150),)),
    ("DEMO-03", "Terreno da Avenida (fictício)", "terreno", True, "3154804", 900, ()),
    ("DEMO-04", "Prédio à venda (fictício)", "reserva", False, "3106200", 1200, ()),
    (
        "DEMO-05",
        "Gerência, 2º andar (fictício)",
        "em_uso",
        True,
        "3106200",
        2000,
        (
            ("Ala norte", 180),
            ("Ala sul", 120),
            ("Ala leste", 90),
            ("Ala oeste", 60),
            ("Arquivo", 50),
            ("Sala de reuniões", 45),
        ),
    ),
)


def criar() -> None:
    logistica = Usuario.objects.get(email="otavio@exemplo.invalid")
    unidade = UnidadeInss.objects.get(codigo=GERENCIA)
    for codigo, nome, natureza, operacional, cidade, area, salas in IMOVEIS:
        imovel = imoveis.cadastrar(
            codigo,
            {
                "nome": nome, "natureza": natureza, "operacional": operacional, "matricula": f"{codigo[-2:]}.001",
                "cartorio": "1º Ofício fictício", "endereco": "Rua da Demonstração, 10, Centro", "cep": "",
                "municipio": Municipio.objects.get(pk=cidade), "unidade": unidade, "area_m2": Decimal(area),
                "descricao": "Dados fictícios.", "acessibilidade": "Rampa na entrada", "custo_mensal": Decimal(4200),
                "custos": "Água, energia e vigilância", "seguranca": "Alarme na porta dos fundos (fictício).",
            },
            autor=logistica,
        )  # fmt: skip
        inteiro = imovel.espacos.first()
        for sala, metros in salas:
            dados: dict[str, Any] = {"nome": sala, "area_m2": Decimal(metros), "dentro_de": inteiro, "descricao": ""}
            imoveis.guardar_espaco(imovel.pk, {**dados, "disponivel_de": None, "disponivel_ate": None}, autor=logistica)
