"""What the public pages say that a desk does."""

from __future__ import annotations

from act_portal.telas import oferta as vitrine
from adesao.checklist.catalogo import servicos as do_acordo
from requerimentos.demanda import catalogo
from requerimentos.oferta import oferta


def test_oferta_so_promete_o_que_o_acordo_permite_e_o_balcao_faz():
    prometidos = {nome for grupo in oferta() for nome in grupo.servicos}

    for servico in catalogo.carregar():
        pode = servico.acordo.situacao == "permitido" and servico.modo == "requerer"
        assert (servico.nome in prometidos) == pode, servico.nome


def test_oferta_vem_nos_grupos_do_catalogo_sem_grupo_vazio():
    grupos = oferta()

    assert [g.codigo for g in grupos][:3] == ["beneficio_previdenciario", "beneficio_assistencial", "servico"]
    assert all(grupo.servicos for grupo in grupos)
    assert "orientacao" not in {g.codigo for g in grupos}


def test_o_balcao_se_registra_uma_vez_so():
    vitrine.registrar_oferta(oferta)

    assert [g.codigo for g in vitrine.grupos()] == [g.codigo for g in oferta()]


def test_o_que_o_balcao_pede_e_o_que_o_acordo_pode_conter_sao_uma_lista_so():
    """Two apps that do not know each other, each with its file: a town can agree on all that a desk asks."""
    da_adesao = {s.codigo: (s.nome, s.situacao) for s in do_acordo().todos}
    do_balcao = {s.codigo: (s.nome, s.acordo.situacao) for s in catalogo.carregar()}
    pedidos = {s.codigo for s in catalogo.carregar() if s.pedivel}

    assert pedidos - set(da_adesao) == set()
    assert {codigo: do_balcao.get(codigo) for codigo in da_adesao} == da_adesao
