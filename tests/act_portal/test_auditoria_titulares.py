"""Who opened the data of one citizen: found by CPF, name or protocol, listed whole to be handed over."""

from __future__ import annotations

import re

import pytest

from act_portal.auditoria import servicos
from act_portal.auditoria.models import Acesso
from tests.fabricas import EntidadeFabrica, MunicipioFabrica, com_papel
from tests.requerimentos.fabricas import PessoaFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db

ACESSOS = "/auditoria/acessos/"


@pytest.fixture
def municipio():
    return MunicipioFabrica()


@pytest.fixture
def benedita(municipio):
    return PessoaFabrica(municipio=municipio, nome_civil="Benedita Alves")


@pytest.fixture
def gestor(client, municipio):
    client.force_login(com_papel("gestor", municipio))
    return client


def abrir(pessoa, quem=None, vezes: int = 1) -> None:
    quem = quem or com_papel("atendente", pessoa.municipio)
    for n in range(vezes):
        servicos.registrar_acesso(
            quem, f"abriu o cadastro {n}" if n else "abriu o cadastro", pessoa, titular_id=pessoa.pk,
            municipio=pessoa.municipio,
        )  # fmt: skip


def linhas(html: str) -> int:
    return html.count('<th scope="row"')


@pytest.mark.parametrize("como", ["cpf", "nome", "protocolo"])
def test_o_cidadao_e_achado_e_so_os_acessos_dele_aparecem(gestor, municipio, benedita, como):
    pedido = RequerimentoFabrica(pessoa=benedita, protocolado=True)
    texto = {"cpf": benedita.cpf, "nome": "benedita alves", "protocolo": pedido.protocolo}[como]
    abrir(benedita, com_papel("atendente", municipio, nome="Ana Teste"))
    abrir(PessoaFabrica(municipio=municipio), com_papel("atendente", municipio, nome="Eva Teste"))

    resposta = gestor.post(ACESSOS, {"q": texto}, follow=True)

    html = resposta.content.decode()
    assert resposta.redirect_chain[-1][0] == f"{ACESSOS}{benedita.pk}/"
    assert "Quem abriu os dados de Benedita Alves" in html
    assert "Ana Teste" in html.partition("<tbody")[2]
    assert "Eva Teste" not in html.partition("<tbody")[2]


def test_o_que_se_digitou_nunca_vai_para_o_endereco(gestor, benedita):
    PessoaFabrica(municipio=benedita.municipio, nome_civil="Benedita Souza")

    resposta = gestor.post(ACESSOS, {"q": "Benedita"}, follow=True)

    enderecos = [endereco for endereco, _ in resposta.redirect_chain]
    assert len(enderecos) == 1
    assert re.fullmatch(rf"{ACESSOS}\?busca=[0-9a-f]+", enderecos[0])


def test_nome_de_mais_de_uma_pessoa_pede_para_escolher(gestor, benedita):
    outra = PessoaFabrica(municipio=benedita.municipio, nome_civil="Benedita Souza")

    html = gestor.post(ACESSOS, {"q": "Benedita"}, follow=True).content.decode()

    for pessoa in (benedita, outra):
        assert f'href="{ACESSOS}{pessoa.pk}/"' in html


def test_gente_de_outro_municipio_nao_existe_para_o_gestor(gestor):
    de_fora = PessoaFabrica(municipio=MunicipioFabrica(), nome_civil="Benedita de Longe")

    html = gestor.post(ACESSOS, {"q": de_fora.cpf}, follow=True).content.decode()

    assert "Ninguém com este CPF, nome ou protocolo" in html
    assert "Benedita de Longe" not in html
    assert not Acesso.objects.exists()


def test_procura_vazia_volta_a_lista_inteira(gestor, benedita):
    abrir(benedita)

    resposta = gestor.post(ACESSOS, {"q": "  "}, follow=True)

    assert resposta.redirect_chain == [(ACESSOS, 302)]
    assert f"cadastro {benedita.pk}" in resposta.content.decode()


def test_ver_quem_abriu_tambem_fica_anotado(gestor, benedita):
    gestor.get(f"{ACESSOS}{benedita.pk}/")

    acesso = Acesso.objects.get()
    assert (acesso.acao, acesso.titular_id, acesso.municipio) == (
        "viu quem abriu os dados",
        benedita.pk,
        benedita.municipio,
    )


def test_a_tela_vem_em_paginas_e_a_lista_de_entregar_vem_inteira(gestor, benedita, django_assert_max_num_queries):
    abrir(benedita, vezes=60)

    tela = gestor.get(f"{ACESSOS}{benedita.pk}/").content.decode()
    with django_assert_max_num_queries(14):
        lista = gestor.get(f"{ACESSOS}{benedita.pk}/lista/").content.decode()

    assert linhas(tela) == 50
    assert linhas(lista) == 61
    assert "?pagina=2" in tela


def test_a_lista_de_entregar_diz_de_quem_e_e_a_quem_perguntar(gestor, benedita):
    EntidadeFabrica(municipio=benedita.municipio, encarregado="Ouvidoria do Ipê")

    html = gestor.get(f"{ACESSOS}{benedita.pk}/lista/").content.decode()

    assert "Benedita Alves" in html
    assert "Ouvidoria do Ipê" in html
    assert "arts. 18 e 19." in html and "norma vigente" not in html
    assert "data-imprimir" in html


def test_os_filtros_valem_dentro_do_cidadao(gestor, benedita):
    abrir(benedita)

    html = gestor.get(f"{ACESSOS}{benedita.pk}/", {"acao": "abriu o cadastro"}).content.decode()

    assert linhas(html) == 1
    assert gestor.get(f"{ACESSOS}{benedita.pk}/", {"dia": "ontem"}).status_code == 422
