"""Looking for a town by name, and for who answers for it at INSS."""

from __future__ import annotations

import pytest

from act_portal.territorio import carga
from act_portal.territorio.consultas import o_procurado, procurar_municipios, unidades_de
from act_portal.territorio.models import Municipio
from act_portal.territorio.ufs import UFS
from tests.fabricas import MunicipioFabrica, UnidadeFabrica

pytestmark = pytest.mark.django_db


@pytest.fixture
def cidades():
    nomes = [("Água Branca", "AL"), ("Água Branca", "PB"), ("São Pedro da Água Branca", "MA"), ("Serra", "ES"),
             ("Serra Negra", "SP"), ("Alta Floresta D'Oeste", "RO")]  # fmt: skip
    return [MunicipioFabrica(nome=nome, uf=uf) for nome, uf in nomes]


def nomes(achados) -> list[str]:
    return [str(m) for m in achados]


@pytest.mark.parametrize("texto", ["Água Branca", "agua branca", "  AGUA   BRANCA "])
def test_acha_sem_acento_e_mostra_os_homonimos_com_o_mesmo_nome_primeiro(cidades, texto):
    assert nomes(procurar_municipios(texto)) == ["Água Branca/AL", "Água Branca/PB", "São Pedro da Água Branca/MA"]


@pytest.mark.parametrize("texto", ["agua branca/pb", "Água Branca - PB", "Água Branca (PB)", "agua branca, pb"])
def test_a_uf_no_fim_do_texto_escolhe(cidades, texto):
    assert nomes(procurar_municipios(texto)) == ["Água Branca/PB"]


def test_a_uf_escolhida_vale_mais_que_a_do_texto(cidades):
    assert nomes(procurar_municipios("agua branca/pb", "AL")) == ["Água Branca/AL"]


def test_letras_que_nao_sao_uf_fazem_parte_do_nome(cidades):
    assert procurar_municipios("agua branca/zz") == []
    assert nomes(procurar_municipios("d'oeste")) == ["Alta Floresta D'Oeste/RO"]


@pytest.mark.parametrize("texto", ["", "  ", "s", "/ES", "%", "não há tal cidade"])
def test_texto_que_nao_diz_nada_nao_acha_nada(cidades, texto):
    assert procurar_municipios(texto) == []


def test_o_codigo_do_ibge_acha_o_municipio(cidades):
    assert procurar_municipios(cidades[0].pk) == [cidades[0]]


def test_o_procurado_e_o_unico_ou_o_unico_com_esse_nome(cidades):
    assert str(o_procurado("serra", procurar_municipios("serra"))) == "Serra/ES"
    assert str(o_procurado("floresta", procurar_municipios("floresta"))) == "Alta Floresta D'Oeste/RO"
    assert o_procurado("agua branca", procurar_municipios("agua branca")) is None
    assert o_procurado("nada", []) is None


def test_responde_primeiro_a_agencia_da_cidade_depois_quem_esta_acima_dela():
    sr = UnidadeFabrica(tipo="sr", nome="A superintendência")
    gex = UnidadeFabrica(tipo="gex", nome="B gerência", acima=sr)
    UnidadeFabrica(tipo="gex", nome="Outra gerência", acima=sr)
    municipio = MunicipioFabrica(unidade=gex)
    UnidadeFabrica(tipo="aps", nome="C agência", acima=gex, municipio=municipio)

    assert [u.nome for u in unidades_de(municipio)] == ["C agência", "B gerência", "A superintendência"]


def test_unidades_saem_com_os_contatos_em_numero_constante_de_consultas(django_assert_num_queries):
    unidade = UnidadeFabrica()
    for setor in ("A", "B", "C"):
        unidade.contatos.create(setor=setor, email="x@exemplo.invalid")
    municipio = Municipio.objects.select_related("unidade").get(pk=MunicipioFabrica(unidade=unidade).pk)

    with django_assert_num_queries(2):
        achadas = [[c.setor for c in u.contatos.all()] for u in unidades_de(municipio)]

    assert achadas == [["A", "B", "C"]]


def test_as_ufs_sao_as_dos_municipios_e_minas_e_parana_tem_cada_um_a_sua_unidade():
    carga.carregar()

    assert set(Municipio.objects.values_list("uf", flat=True)) == UFS.keys()
    de_minas, do_parana = (unidades_de(Municipio.objects.get(pk=codigo)) for codigo in ("3134608", "4106902"))
    assert {u.codigo for u in de_minas} & {u.codigo for u in do_parana} == set()
    assert [u.codigo for u in unidades_de(Municipio.objects.get(pk="3106200"))] == ["GEXBHZ", "SRSE2"]
