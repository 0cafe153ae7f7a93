"""What the public pages say that a desk does."""

from __future__ import annotations

from act_portal.telas import oferta as vitrine
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
