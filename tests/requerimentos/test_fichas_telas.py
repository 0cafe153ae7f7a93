from __future__ import annotations

import random
import re
from html import unescape

import pytest
from django.urls import reverse

from requerimentos.fichas.consultas import fichas_do
from requerimentos.models import PaginaDaFicha
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica
from tests.requerimentos.fichas_preenchidas import preencher


@pytest.fixture
def requerimento(client):
    feito = RequerimentoFabrica(servico_codigo="bpc-idoso")
    client.force_login(feito.atendente)
    return feito


def endereco(requerimento, pacote="bpc_grupo_familiar", secao="familia", rota="pagina-da-ficha"):
    return reverse(f"requerimentos:{rota}", args=[requerimento.codigo, pacote, secao])


def texto(resposta):
    return unescape(resposta.content.decode())


def salvar(client, requerimento, *onde, versao=0, janela="a", rota="pagina-da-ficha", **dados):
    corpo = {"_versao": versao, "_janela": janela, **dados}
    return client.post(endereco(requerimento, *onde, rota=rota), corpo)


@pytest.mark.django_db
def test_nada_vem_marcado(client, requerimento):
    for ficha in fichas_do(requerimento):
        for secao in ficha.lida.secoes():
            pagina = texto(client.get(endereco(requerimento, ficha.pacote.codigo, secao.id)))
            formulario = pagina[pagina.index("data-ficha") :]
            assert not re.search(r"<input[^>]*\bchecked", formulario)
            assert not re.search(r'<option value="[^"]+" selected', formulario)


@pytest.mark.django_db
def test_acrescentar_e_tirar_sem_script_guardam_o_que_ja_estava_escrito(client, requerimento):
    salvar(client, requerimento, acrescentar="familia", **{"mora_sozinha": "nao", "quantos-familia": "0"})
    resposta = salvar(
        client, requerimento, versao=1, acrescentar="familia",
        **{"mora_sozinha": "nao", "quantos-familia": "1", "familia-0-nome": "João Fictício"},
    )  # fmt: skip
    assert resposta.status_code == 302
    assert resposta["Location"].endswith("#item-familia-1")
    assert PaginaDaFicha.objects.get().dados["familia"][0]["nome"] == "João Fictício"

    pagina = texto(client.get(endereco(requerimento)))
    assert 'value="João Fictício"' in pagina
    salvar(
        client, requerimento, versao=2, tirar="familia-0",
        **{"mora_sozinha": "nao", "quantos-familia": "2", "familia-0-nome": "João Fictício", "familia-1-nome": "Rita"},
    )  # fmt: skip
    assert [p["nome"] for p in PaginaDaFicha.objects.get().dados["familia"]] == ["Rita"]


@pytest.mark.django_db
def test_o_que_falta_e_dito_no_seu_campo_e_o_que_foi_escrito_esta_guardado(client, requerimento):
    resposta = salvar(
        client, requerimento, **{"mora_sozinha": "nao", "quantos-familia": "1", "familia-0-cpf": "11111111111"}
    )

    assert resposta.status_code == 422
    pagina = texto(resposta)
    assert "O que você preencheu está guardado." in pagina
    assert "Os números deste CPF não conferem" in pagina
    assert 'id="id_familia-0-nome_error"' in pagina
    assert PaginaDaFicha.objects.get().dados["familia"][0]["cpf"] == "11111111111"


@pytest.mark.django_db
def test_pagina_completa_passa_para_a_seguinte_e_a_ultima_para_o_resumo(client, requerimento):
    resposta = salvar(client, requerimento, "processo_anterior", "pedido", ja_pediu="nao")
    assert resposta["Location"] == endereco(requerimento)

    ultima = salvar(client, requerimento, "beneficio_anterior", "beneficio", recebe="Nunca recebeu")
    assert ultima["Location"] == reverse("requerimentos:ficha", args=[requerimento.codigo])
    assert "2 de 9 páginas prontas" in texto(client.get(ultima["Location"]))


@pytest.mark.django_db
def test_o_segundo_a_salvar_ve_quem_quando_e_o_que_difere_e_nao_perde_o_seu(client, requerimento):
    salvar(client, requerimento, "processo_anterior", "pedido", ja_pediu="sim", protocolo="111")
    bruno = com_papel("atendente", requerimento.municipio)
    client.force_login(bruno)

    resposta = salvar(client, requerimento, "processo_anterior", "pedido", janela="b", ja_pediu="nao", protocolo="222")

    pagina = texto(resposta)
    assert resposta.status_code == 422
    assert f"{requerimento.atendente} mudou esta página" in pagina
    assert "111" in pagina
    assert 'value="222"' in pagina
    assert 'name="_versao" id="versao" value="1"' in pagina
    salvo = salvar(
        client, requerimento, "processo_anterior", "pedido", versao=1, janela="b", ja_pediu="nao", protocolo="222"
    )
    assert salvo.status_code == 302


@pytest.mark.django_db
def test_guardar_sozinha_diz_a_hora_e_a_nova_versao_e_recusa_a_de_outra_janela(client, requerimento):
    onde = ("processo_anterior", "pedido")
    rota = "guardar-pagina-da-ficha"
    primeira = salvar(client, requerimento, *onde, rota=rota, ja_pediu="sim")
    outra = salvar(client, requerimento, *onde, rota=rota, janela="b", ja_pediu="nao")

    assert "Guardado às" in texto(primeira)
    assert 'id="versao" value="1"' in texto(primeira)
    assert outra.status_code == 422
    assert "mudou esta página" in texto(outra)
    assert PaginaDaFicha.objects.get().dados == {"ja_pediu": "sim"}


@pytest.mark.django_db
def test_lixo_no_formulario_nao_derruba_nem_entra(client, requerimento):
    resposta = salvar(
        client, requerimento,
        **{"mora_sozinha": "nao\0", "quantos-familia": "99999", "familia-0-nome": "x" * 9000, "outro": "1"},
    )  # fmt: skip

    assert resposta.status_code == 422
    [pagina] = PaginaDaFicha.objects.all()
    assert len(pagina.dados["familia"]) == 60
    assert set(pagina.dados) == {"mora_sozinha", "familia"}
    assert len(pagina.dados["familia"][0]["nome"]) == 6000


@pytest.mark.django_db
@pytest.mark.parametrize("onde", [("inventada", "familia"), ("bpc_grupo_familiar", "inventada"), ("obito", "obito")])
def test_pagina_que_o_pedido_nao_tem_nao_existe(client, requerimento, onde):
    assert client.get(endereco(requerimento, *onde)).status_code == 404
    assert salvar(client, requerimento, *onde).status_code == 404


@pytest.mark.django_db
def test_o_resumo_mostra_contas_e_avisos_e_a_conferencia_leva_a_pagina_que_falta(client, requerimento):
    preencher(requerimento)
    PaginaDaFicha.objects.filter(secao="bolsa").update(dados={})

    resumo = texto(client.get(reverse("requerimentos:ficha", args=[requerimento.codigo])))
    conferencia = texto(client.get(reverse("requerimentos:conferencia", args=[requerimento.codigo])))

    assert "É uma conta de balcão" in resumo
    assert "Falta 1 resposta na página “Bolsa Família” da ficha." in conferencia
    assert f"{reverse('requerimentos:ficha', args=[requerimento.codigo])}bolsa_familia/bolsa/" in conferencia
    assert "não está no CadÚnico desta família" in conferencia


@pytest.mark.django_db
def test_duas_abas_e_mil_trocas_nunca_mostram_a_resposta_de_outra_pessoa(client):
    """Two people, one clerk, two windows: each page has the marks of its own person and never those of the other."""
    um = RequerimentoFabrica(servico_codigo="bpc-idoso")
    visita = AtendimentoFabrica(balcao=um.balcao, atendente=um.atendente)
    outro = RequerimentoFabrica(servico_codigo="bpc-idoso", atendimento=visita)
    client.force_login(um.atendente)
    marcas = {um: "MARCA-DE-UM", outro: "MARCA-DE-OUTRO"}
    sorte = random.Random(1)  # noqa: S311 - repeatable on purpose
    versoes = {um: 0, outro: 0}
    for n in range(1000):
        pedido, alheio = sorte.sample([um, outro], 2)
        marca, marca_alheia = marcas[pedido], marcas[alheio]
        if n % 5 == 0:
            salvar(
                client, pedido, "processo_anterior", "pedido", rota="guardar-pagina-da-ficha", versao=versoes[pedido],
                janela=f"{pedido.pk}", ja_pediu="sim", protocolo=f"{marca}{n}",
            )  # fmt: skip
            versoes[pedido] += 1
            continue
        onde = [("processo_anterior", "pedido"), ("bolsa_familia", "bolsa"), None][n % 3]
        alvo = endereco(pedido, *onde) if onde else reverse("requerimentos:ficha", args=[pedido.codigo])
        pagina = texto(client.get(alvo))
        assert marca_alheia not in pagina
        if versoes[pedido] and onde != ("bolsa_familia", "bolsa"):
            assert marca in pagina
    assert PaginaDaFicha.objects.count() == 2


# --- Another page's answer ------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("variante", "defeso", "turismo"),
    [("Rural", False, True), ("Pesca artesanal", True, False), ("Extrativismo vegetal", False, False)],
)
def test_so_se_pergunta_o_que_a_resposta_de_outra_pagina_deixa(client, variante, defeso, turismo):
    requerimento = RequerimentoFabrica(servico_codigo="aposentadoria-idade-rural")
    client.force_login(requerimento.atendente)
    auto = "autodeclaracao_rural"
    salvar(client, requerimento, auto, "segurado", variante=variante, sobre_si="sim")

    pagina = texto(client.get(endereco(requerimento, auto, "producao")))

    for nome, cabe in {
        "recebeu_defeso": defeso, "defeso_anos": defeso, "houve_turismo": turismo, "turismo_dias": turismo,
        "quantos-ipi": turismo,
    }.items():  # fmt: skip
        assert (f'name="{nome}"' in pagina) == cabe, nome
    assert 'name="quantos-producao"' in pagina
