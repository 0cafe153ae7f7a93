"""The queue of a unit and all below."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from adesao.analise import consultas
from adesao.analise.servicos import distribuicao
from adesao.models import Processo
from adesao.situacoes import Situacao
from tests.adesao.fabricas import ProcessoFabrica
from tests.fabricas import MunicipioFabrica, UnidadeFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def sr():
    return UnidadeFabrica(tipo="sr")


@pytest.fixture
def gex(sr):
    return UnidadeFabrica(acima=sr)


@pytest.fixture
def analista(gex):
    return com_papel("analista_inss", gex)


def processo(unidade, situacao=Situacao.ENVIADO, *, ha: int = 0, nome: str = "Serra do Ipê", **campos) -> Processo:
    municipio = MunicipioFabrica(unidade=unidade, nome=nome)
    return ProcessoFabrica(municipio=municipio, situacao=situacao, situacao_desde=now() - timedelta(days=ha), **campos)


def nomes(usuario, **filtros) -> list[str]:
    return [p.municipio.nome for p in consultas.fila(usuario, **filtros)]


def test_quem_esta_ha_mais_tempo_vem_primeiro(gex, analista):
    processo(gex, ha=2, nome="Nova")
    processo(gex, ha=9, nome="Velha")

    assert nomes(analista) == ["Velha", "Nova"]


def test_a_superintendencia_ve_as_gerencias_e_a_gerencia_so_a_sua(sr, gex, analista):
    processo(gex, nome="Daqui")
    processo(UnidadeFabrica(acima=sr), nome="Vizinha")
    processo(UnidadeFabrica(tipo="sr"), nome="Longe")

    assert nomes(analista) == ["Daqui"]
    assert set(nomes(com_papel("analista_inss", sr))) == {"Daqui", "Vizinha"}


def test_a_direcao_central_ve_tudo(gex):
    processo(gex, nome="Daqui")

    assert nomes(com_papel("autoridade_inss", UnidadeFabrica(tipo="dir"))) == ["Daqui"]


def test_o_comum_e_o_que_esta_com_o_inss(gex, analista):
    for situacao in Situacao:
        processo(gex, situacao, nome=situacao.value)

    assert set(nomes(analista)) == {"enviado", "em_analise", "instruido", "conferencia", "assinado"}
    assert set(nomes(analista, etapa="municipio")) == {"devolvido", "assinatura"}
    assert set(nomes(analista, etapa="todas")) == set(Situacao.values) - {"rascunho", "desistido"}
    assert nomes(analista, etapa="indeferido") == ["indeferido"]


def test_meus_de_ninguem_por_unidade_e_por_nome(sr, gex, analista):
    processo(gex, Situacao.EM_ANALISE, nome="Minha", responsavel=analista)
    processo(gex, nome="Água Boa")
    outra = UnidadeFabrica(acima=sr)
    processo(outra, nome="Outra")
    da_sr = com_papel("analista_inss", sr)

    assert nomes(analista, de_quem="meus") == ["Minha"]
    assert nomes(analista, de_quem="livres") == ["Água Boa"]
    assert nomes(da_sr, unidade=str(outra.pk)) == ["Outra"]
    assert nomes(analista, busca="agua") == ["Água Boa"]


def test_o_que_me_pediram_para_ler_esta_entre_os_meus(gex, analista):
    leitora = com_papel("analista_inss", gex)
    feito = processo(gex, Situacao.EM_ANALISE, nome="Lida", responsavel=analista)
    distribuicao.pedir_leitura(feito.pk, leitor=leitora, autor=analista)

    assert nomes(leitora, de_quem="meus") == ["Lida"]


def test_as_etapas_dizem_quantos_e_o_mais_antigo(gex, analista):
    processo(gex, ha=3)
    processo(gex, ha=12)
    processo(gex, Situacao.DEVOLVIDO, ha=1)

    etapas = {e.situacao: (e.quantos, e.dias) for e in consultas.etapas(analista)}

    assert etapas == {Situacao.ENVIADO: (2, 12), Situacao.DEVOLVIDO: (1, 1)}


def test_a_fila_custa_o_mesmo_com_um_ou_com_vinte(client, gex, analista, django_assert_max_num_queries):
    client.force_login(analista)
    processo(gex)
    client.get("/adesao/fila/")
    with django_assert_max_num_queries(40) as poucas:
        client.get("/adesao/fila/")
    for n in range(19):
        processo(gex, nome=f"Cidade {n}")

    with django_assert_max_num_queries(len(poucas.captured_queries)):
        client.get("/adesao/fila/")


def test_filtro_que_nao_existe_mostra_a_fila_comum(client, gex, analista):
    processo(gex, nome="Daqui")
    client.force_login(analista)

    resposta = client.get("/adesao/fila/?etapa=xxx&unidade=999&pagina=abc")

    assert resposta.status_code == 200
    assert "Daqui" in resposta.content.decode()


def test_fila_vazia_diz_o_que_vai_aparecer(client, analista):
    client.force_login(analista)

    assert "Nenhuma adesão com o INSS" in client.get("/adesao/fila/").content.decode()
