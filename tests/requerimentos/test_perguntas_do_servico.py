"""Each service asks what its own request is about, and nothing that belongs to another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from requerimentos.demanda.catalogo import carregar
from requerimentos.fichas.catalogo import pacotes, pacotes_do
from requerimentos.fichas.consultas import fichas_do
from requerimentos.fichas.no_requerimento import do_requerimento
from tests.requerimentos.fabricas import RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import preencher
from tests.requerimentos.test_fichas_outras import CONTEXTO, HOJE, lido

DE_BENEFICIO = [
    "acrescimo-25", "alterar-local-forma-pagamento", "atualizar-procurador-representante", "isencao-ir",
    "pagamento-nao-recebido", "prorrogar-auxilio", "reativar-beneficio", "reativar-bpc-cadunico",
    "renovar-declaracao-carcere", "salario-familia",
]  # fmt: skip


def perguntas_de(servico: str) -> set[tuple[str, str]]:
    return {(p.codigo, q.id) for p in pacotes_do(carregar().servico(servico)) for q in p.perguntas}


@pytest.mark.parametrize("servico", ["isencao-ir", "acrescimo-25", "auxilio-acidente"])
def test_de_quem_nao_esta_afastado_nao_se_pergunta_o_afastamento(servico):
    perguntas = perguntas_de(servico)

    assert {("incapacidade", "parou_em"), ("incapacidade", "dias")}.isdisjoint(perguntas)
    assert {("pericia", "laudo_em"), ("pericia", "locomove")} <= perguntas


@pytest.mark.parametrize("servico", DE_BENEFICIO)
def test_pedido_sobre_um_beneficio_pergunta_qual(servico):
    assert {("beneficio_do_pedido", "qual"), ("beneficio_do_pedido", "numero")} <= perguntas_de(servico)


@pytest.mark.parametrize(
    ("servico", "pergunta"),
    [
        ("atualizar-cadastro", ("correcao", "certo")),
        ("acertos-pericia", ("correcao", "certo")),
        ("pagamento-nao-recebido", ("beneficio_parado", "motivo")),
        ("reativar-beneficio", ("beneficio_parado", "motivo")),
        ("atualizar-procurador-representante", ("quem_age", "cpf")),
        ("pensao-feminicidio", ("falecido", "nome")),
    ],
)
def test_o_pedido_diz_ao_inss_o_que_quer(servico, pergunta):
    assert pergunta in perguntas_de(servico)


@pytest.mark.parametrize(
    "servico", ["certidao-inexistencia-dependentes", "valor-ate-obito", "certidao-pis-fgts", "pensao-feminicidio"]
)
def test_so_a_pensao_por_morte_pergunta_como_morreu_e_fala_do_prazo_dela(servico):
    assert {("obito", "causa"), ("obito", "situacao")}.isdisjoint(perguntas_de(servico))
    assert ("bpc_renda_e_gastos", "tem_gastos") not in perguntas_de(servico)
    ha_muito = (HOJE - timedelta(days=400)).isoformat()
    assert not lido("falecido", {"falecido": {"nome": "Zé", "quando": ha_muito}}, CONTEXTO).problemas


@pytest.mark.django_db
@pytest.mark.parametrize(("herda", "paginas"), [(True, 1), (False, 0), (None, 0)])
def test_quem_saca_o_que_e_seu_nao_diz_quem_morreu(herda, paginas):
    pedido = RequerimentoFabrica(servico_codigo="certidao-pis-fgts", respostas={"saque_por_morte": herda})

    assert [f.pacote.codigo for f in fichas_do(pedido)].count("falecido") == paginas


@pytest.mark.django_db
def test_quem_morreu_e_o_fato_do_requerimento_tambem_fora_da_pensao():
    pedido = RequerimentoFabrica(servico_codigo="certidao-inexistencia-dependentes")
    preencher(pedido)

    ditos = do_requerimento(pedido, carregar().servico(pedido.servico_codigo))

    assert ditos["fato_tipo"] == "Óbito" and ditos["outra_pessoa_nome"] == "Texto fictício"
    assert not any(c["rotulo"] == "Data da morte" for c in ditos["complementos"])


@pytest.mark.parametrize("codigo", ["beneficio_parado", "falecido"])
def test_o_fim_nao_vem_antes_do_comeco(codigo):
    [secao] = pacotes()[codigo].secoes
    ordem = next(c.de for c in pacotes()[codigo].conferencias if c.regra == "ordem_das_datas")
    datas = {ordem["antes"]: "2026-05-02", ordem["depois"]: "2026-05-01"}

    assert any("Confira as duas datas" in p.frase for p in lido(codigo, {secao.id: datas}, CONTEXTO).impedem)
