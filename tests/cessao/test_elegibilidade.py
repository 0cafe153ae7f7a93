"""The table of art. 2º, cell by cell, and the other law that is data."""

from __future__ import annotations

import itertools

import pytest
from django.utils.timezone import localdate

from act_portal.catalogos.folha import ErroDoCatalogo
from cessao import leis
from cessao.situacoes import Esfera, Finalidade

S, N, D = "sim", "nao", "depende"
COLUNAS = list(itertools.product(Esfera.values, Finalidade.values))
# federal (Union budget), federal (other), state, town, private; each: social security, other.
TABELA = {
    "reserva": [S, N, S, N, S, N, S, N, N, N],
    "em_uso": [S, S, D, N, D, N, D, N, N, N],
    "terreno": [D, D, D, D, D, D, D, D, N, N],
    "nao_operacional": [N] * 10,
}
CELULAS = [(i, e, f, r) for i, linha in TABELA.items() for (e, f), r in zip(COLUNAS, linha, strict=True)]


@pytest.mark.parametrize(("imovel", "esfera", "finalidade", "resposta"), CELULAS)
def test_cada_celula_responde_com_artigo_e_frase(imovel, esfera, finalidade, resposta):
    regra = leis.elegibilidade(imovel, esfera, finalidade, localdate())

    assert regra.resposta == resposta
    assert regra.frase
    assert regra.artigo
    assert bool(regra.seria_sim) == (resposta == N)
    assert bool(regra.depende_de) == (resposta == D)


def test_a_tabela_cobre_todas_as_combinacoes_uma_vez():
    assert len(CELULAS) == len(leis.ESPECIES) * len(Esfera) * len(Finalidade) == 40


@pytest.mark.parametrize(
    ("trecho", "outro", "frase"),
    [
        ('resposta = "sim"', 'resposta = "talvez"', "resposta é"),
        ('seria_sim = "Procure', 'seria_sim = ""\nartigo_a = "', "não conheço"),
        ('imoveis = ["terreno"]', 'imoveis = ["lua"]', "lua"),
    ],
)
def test_erro_na_tabela_diz_a_linha(tmp_path, trecho, outro, frase):
    texto = (leis.PASTA / "elegibilidade.toml").read_text()
    (tmp_path / "elegibilidade.toml").write_text(texto.replace(trecho, outro, 1))

    with pytest.raises(ErroDoCatalogo, match=frase):
        leis.regras(tmp_path)


def test_documentos_dizem_o_que_e_minimo_e_o_que_se_configura():
    nova = {r.codigo: r.minimo for r in leis.requisitos_para("nova", localdate())}
    velha = {r.codigo for r in leis.requisitos_para("regularizacao", localdate())}

    assert nova["oficio"]
    assert not nova["declaracao-dotacao"]
    assert velha - set(nova) == {"fotos-da-ocupacao", "prova-da-ocupacao"}


def test_o_que_nao_foi_lido_na_norma_diz_que_falta_conferir():
    for linha in (*leis.parametros(), *leis.requisitos(), *leis.regras()):
        assert "onferir norma vigente" in linha.base


def test_avisos_do_fim():
    assert [aviso.dias for aviso in leis.avisos()] == [180, 90, 60, 30]
