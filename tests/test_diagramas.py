"""The drawn states are those of the code, and every state has a way out."""

from __future__ import annotations

import pytest

from act_portal.diagramas import PASTA, paginas
from act_portal.estados import CAMINHOS, PASSOS, TONS

TIPOS = sorted(CAMINHOS, key=lambda tipo: f"{tipo.__module__}.{tipo.__name__}")


def nome(tipo) -> str:
    return tipo.__name__


@pytest.mark.parametrize("arquivo", sorted(paginas()), ids=lambda arquivo: arquivo.name)
def test_o_diagrama_esta_em_dia(arquivo):
    assert arquivo.read_text(encoding="utf-8") == paginas()[arquivo], "rode manage.py diagramas"


def test_nao_sobra_diagrama_de_parte_que_nao_existe():
    assert sorted(PASTA.glob("*.md")) == sorted(paginas())


@pytest.mark.parametrize("tipo", TIPOS, ids=nome)
def test_a_tabela_fala_de_todos_os_estados_e_so_deles(tipo):
    assert set(CAMINHOS[tipo]) == set(tipo)
    assert set(TONS[tipo]) <= set(tipo)


@pytest.mark.parametrize("tipo", TIPOS, ids=nome)
def test_de_todo_estado_se_chega_a_um_fim_ou_se_volta_ao_trabalho(tipo):
    """No dead end by accident: from each one an end is reached, or the kind has none and goes on for ever."""
    fins = {estado for estado in tipo if estado.final}
    alcanca = set(fins)
    while novos := {e for e in tipo if e not in alcanca and e.caminhos & alcanca}:
        alcanca |= novos

    assert not fins or alcanca == set(tipo)


@pytest.mark.parametrize("tipo", TIPOS, ids=nome)
def test_todo_estado_e_alcancado_a_partir_do_primeiro(tipo):
    vistos = {next(iter(tipo))}
    while novos := {d for e in vistos for d in e.caminhos} - vistos:
        vistos |= novos

    assert vistos == set(tipo)


def test_onde_os_passos_tem_nome_todo_caminho_tem_o_seu():
    for tipo, nomes in PASSOS.items():
        assert set(nomes) == {(origem, destino) for origem in tipo for destino in origem.caminhos}, tipo
