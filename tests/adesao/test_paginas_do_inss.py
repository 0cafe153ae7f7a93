"""The pages of INSS: they open in every state, and show what may be done."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from adesao.analise.atos import ATOS
from adesao.situacoes import PASSOS_DA_ADESAO, Quem, Situacao
from tests.acesso.adesao import ATOS_POSSIVEIS
from tests.adesao.fabricas import (
    PecaFabrica,
    ProcessoFabrica,
    assinado_pelo_municipio,
    em_analise,
    instruido,
    preencher,
    vigente_hoje,
)
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db
# The verb of the table of states, where the button has another name.
VERBO_DO_ATO = {"parecer": "instruir", "assinar": "assinar_inss", "recusar-assinatura": "recusar_assinatura"}


def atos_na_pagina(client, processo) -> set[str]:
    resposta = client.get(f"/adesao/{processo.codigo}/analise/")
    assert resposta.status_code == 200
    return {ato.slug for lado in ("principais", "outros") for ato, _ in resposta.context[lado]}


def test_todo_ato_esta_na_tabela_de_acesso():
    assert ATOS.keys() == ATOS_POSSIVEIS.keys()


def test_todo_passo_do_inss_tem_um_ato():
    verbos = {VERBO_DO_ATO.get(slug, slug) for slug in ATOS}
    do_inss = {passo.verbo for passo in PASSOS_DA_ADESAO if Quem.GESTOR not in passo.quem}

    assert do_inss <= verbos


@pytest.mark.parametrize("papel", ["analista_inss", "autoridade_inss"])
def test_as_paginas_abrem_em_toda_situacao(client, papel):
    for situacao in Situacao:
        processo = ProcessoFabrica(situacao=situacao, enviado_em="2026-11-01T12:00Z")
        preencher(processo)
        PecaFabrica(item=processo.itens.first())
        client.force_login(com_papel(papel, processo.unidade))
        base = f"/adesao/{processo.codigo}"
        for caminho in ("/analise/", "/analise/preenchido/", "/historico/", "/analise/itens/lei-criacao/"):
            assert client.get(base + caminho).status_code == 200, (situacao, caminho)


def test_quem_nao_tem_o_pedido_ve_tudo_e_nao_decide(client):
    processo, _ = em_analise()
    client.force_login(com_papel("analista_inss", processo.unidade))

    assert not atos_na_pagina(client, processo) & {"devolver", "parecer", "pedir-documento", "repassar"}
    assert (
        "Decidir este item" not in client.get(f"/adesao/{processo.codigo}/analise/itens/lei-criacao/").content.decode()
    )


def test_a_autoridade_ve_a_decisao_e_quem_instruiu_ve_por_que_nao(client):
    processo, inss = instruido()
    client.force_login(inss.autoridade)
    assert {"aprovar", "indeferir", "retomar"} <= atos_na_pagina(client, processo)

    processo.decisoes.update(autor=inss.autoridade)
    assert not atos_na_pagina(client, processo) & {"aprovar", "indeferir"}
    assert "Quem instrui não decide" in client.get(f"/adesao/{processo.codigo}/analise/").content.decode()


def test_ato_recusado_guarda_o_que_foi_digitado(client):
    processo, inss = em_analise()
    client.force_login(inss.analista)

    resposta = client.post(
        f"/adesao/{processo.codigo}/analise/atos/parecer/", {"conclusao": "favoravel", "texto": "Texto comprido."}
    )

    pagina = resposta.content.decode()
    assert resposta.status_code == 422
    assert "todos os itens resolvidos" in pagina
    assert "Texto comprido." in pagina


def test_ato_que_ja_nao_cabe_diz_por_que_na_propria_pagina(client):
    processo, inss = instruido()
    client.force_login(inss.analista)

    resposta = client.post(f"/adesao/{processo.codigo}/analise/atos/devolver/", {"prazo": f"{localdate():%Y-%m-%d}"})

    assert resposta.status_code == 422
    assert "isto já não pode ser feito" in resposta.content.decode()


def test_guardar_um_item_leva_ao_proximo_por_conferir(client):
    processo, inss = em_analise()
    client.force_login(inss.analista)
    base = f"/adesao/{processo.codigo}/analise/itens"

    resposta = client.post(f"{base}/oficio-manifestacao/", {"decisao": "aceitar"})

    assert resposta["Location"] == f"{base}/lei-criacao/"


def test_devolver_item_sem_motivo_diz_o_que_falta(client):
    processo, inss = em_analise()
    client.force_login(inss.analista)

    resposta = client.post(
        f"/adesao/{processo.codigo}/analise/itens/lei-criacao/", {"decisao": "devolver", "texto": "Envie a lei."}
    )

    assert resposta.status_code == 422
    assert resposta.context["form"].errors["motivo"] == ["Escolha o motivo na lista."]
    assert "Envie a lei." in resposta.content.decode()


def test_a_assinatura_mostra_o_resumo_e_o_validador(client):
    processo, inss = assinado_pelo_municipio()
    client.force_login(inss.analista)

    pagina = client.get(f"/adesao/{processo.codigo}/analise/").content.decode()

    assert processo.acordo.assinaturas.get().sha256 in pagina
    assert "validar.iti.gov.br" in pagina


def test_o_municipio_ve_o_acordo_e_a_decisao(client):
    processo, _ = vigente_hoje()
    client.force_login(processo.criado_por)

    pagina = client.get(f"/adesao/{processo.codigo}/").content.decode()

    assert processo.acordo.numero in pagina
    assert f"{processo.acordo.fim:%d/%m/%Y}" in pagina
    assert "Parecer e lista" not in pagina


def test_a_pagina_da_analise_custa_o_mesmo_com_mais_arquivos(client, django_assert_max_num_queries):
    processo, inss = em_analise()
    client.force_login(inss.analista)
    caminho = f"/adesao/{processo.codigo}/analise/"
    client.get(caminho)
    with django_assert_max_num_queries(90) as antes:
        client.get(caminho)
    for item in processo.itens.all():
        PecaFabrica(item=item)

    with django_assert_max_num_queries(len(antes.captured_queries)):
        client.get(caminho)
