"""What an item lacks, and what is wrong with a certificate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from adesao.checklist.catalogo import checklist
from adesao.checklist.regras import Fatos, aviso_de_validade, faltas, marco, problemas

HOJE = date(2026, 11, 20)
CNPJ = "99000101000120"
BOA = {
    "especie": "cnd",
    "numero": "A1",
    "emitido_em": HOJE - timedelta(days=5),
    "valido_ate": HOJE + timedelta(days=100),
    "titular_cnpj": CNPJ,
    "titular_nome": "Município de Serra do Ipê",
}


def frases(codigo: str = "regularidade-federal", **campos) -> list[str]:
    requisito = checklist().requisito(codigo)
    return [p.frase for p in problemas(requisito, {**BOA, **campos}, cnpj=CNPJ, hoje=HOJE)]


@pytest.mark.parametrize("especie", ["cnd", "cpend"])
def test_cnd_e_cpend_servem(especie):
    assert frases(especie=especie) == []


@pytest.mark.parametrize(
    ("campos", "frase"),
    [
        ({"especie": "cpd"}, "não serve. Regularize ou parcele"),
        ({"especie": "cnd_inss"}, "deixou de existir em novembro de 2014"),
        ({"valido_ate": HOJE - timedelta(days=1)}, "venceu em 19/11/2026. Emita outra"),
        ({"emitido_em": HOJE + timedelta(days=1)}, "ainda não chegou"),
        ({"emitido_em": HOJE, "valido_ate": HOJE + timedelta(days=181)}, "há mais de 180 dias"),
        ({"titular_cnpj": "99000101000200"}, "é de uma filial"),
        ({"titular_cnpj": "11222333000181"}, "não é o da prefeitura"),
        ({"titular_nome": "Câmara Municipal de Serra do Ipê"}, "é da Câmara, e não do município"),
        ({"titular_nome": "Fundo Municipal de Saúde"}, "é de um fundo"),
    ],
)
def test_cada_engano_da_certidao_diz_o_que_fazer(campos, frase):
    assert any(frase in dita for dita in frases(**campos)), frases(**campos)


def test_certidao_que_vence_hoje_ainda_serve_e_avisa():
    assert frases(valido_ate=HOJE) == []
    assert aviso_de_validade(HOJE, HOJE).startswith("Vence hoje: amanhã este item reabre")


def test_crp_do_fundo_e_dito():
    assert frases("crp", titular_nome="Instituto de Previdência dos Servidores")


def test_mandato_que_acabou_e_dito():
    assert "acabou em 31/12/2024" in frases("poderes-representante", mandato_fim=date(2024, 12, 31))[0]


@pytest.mark.parametrize(
    ("dias", "esperado"), [(90, None), (61, None), (60, 60), (31, 60), (30, 30), (10, 10), (1, 10), (0, 10), (-1, None)]
)
def test_cada_aviso_vem_no_seu_marco(dias, esperado):
    assert marco(HOJE + timedelta(days=dias), HOJE) == esperado


def test_o_que_falta_e_dito_de_uma_vez():
    crp = checklist().requisito("crp")

    ditas = faltas(crp, Fatos(campos={"numero": "1"}))

    assert ditas == [
        "Preencha o dia da emissão, até quando vale, como foi emitida, o CNPJ que aparece nela "
        "e o nome que aparece nela.",
        "Envie o documento.",
    ]


def test_o_papel_da_estrutura_diz_que_as_fotos_tambem_o_mudam():
    estrutura = checklist().requisito("estrutura-minima")

    assert faltas(estrutura, Fatos(papel="desatualizado", arquivos=1)) == [
        "O que você preencheu ou as fotos mudaram depois que o papel foi feito. Faça o papel de novo."
    ]
    assert "primeiro as fotos" in faltas(estrutura, Fatos())[0]


def test_papel_desatualizado_nao_serve():
    oficio = checklist().requisito("oficio-manifestacao")

    assert faltas(oficio, Fatos(papel="feito", arquivos=1)) == []
    assert len(faltas(oficio, Fatos(papel="desatualizado", arquivos=1))) == 1


def test_fotos_sao_pelo_menos_quatro():
    fotos = checklist().requisito("fotos-local")

    assert faltas(fotos, Fatos(arquivos=3)) == ["Envie pelo menos 4 fotos (há 3)."]
    assert faltas(fotos, Fatos(arquivos=4)) == []
