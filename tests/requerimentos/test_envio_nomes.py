from __future__ import annotations

import re

import pytest
from django.conf import settings

from requerimentos.envio.nomes import MAXIMO, padroes


@pytest.mark.parametrize(
    ("regra", "esperado"),
    [
        ("nome-cpf-tipo", "JOAO_11144477735_ORIGINAIS_termo-representacao"),
        ("nome-e-sobrenome", "Joao-Davila_11144477735_originais_termo-representacao"),
        ("nome-completo", "JOAO-DA-SILVA-DAVILA_11144477735_ORIGINAIS_termo-representacao"),
    ],
)
def test_cada_guia_tem_a_sua_regra(regra, esperado):
    nome = padroes()[regra].nome("João da Silva D'Ávila", "11144477735", "original", "termo_representacao")

    assert nome == esperado


@pytest.mark.parametrize("regra", padroes())
@pytest.mark.parametrize("nome", ["../../etc/passwd", "Ǆ漢字", "  ", "A" * 300, 'Ana "x" <b>'])
def test_nome_estranho_nunca_sai_do_seguro(regra, nome):
    escrito = padroes()[regra].nome(nome, "11144477735", "simples", "outros_documentos")

    assert re.fullmatch(r"[A-Za-z0-9_-]+", escrito)
    assert len(escrito) <= MAXIMO
    assert escrito.endswith("_outros-documentos")


def test_a_regra_escolhida_existe_e_toda_regra_diz_de_onde_veio():
    assert settings.NOME_DOS_ARQUIVOS in padroes()
    assert all(padrao.fonte and padrao.fonte_url and padrao.grau for padrao in padroes().values())
