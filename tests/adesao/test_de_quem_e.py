"""Whose the e-mail, the registration, the CNPJ, the certificate and the file are."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.erros import ErroDeDominio
from adesao.acesso.forms import SolicitacaoForm
from adesao.analise.servicos import itens as da_analise
from adesao.checklist.catalogo import checklist
from adesao.checklist.regras import avisos
from adesao.demonstracao.exemplos import MAIS_UMA
from adesao.emails import problema_do_setor
from adesao.habilitacao.servicos import fichas
from adesao.pedido.servicos import formularios
from adesao.pedido.servicos import processo as servicos
from adesao.regras import CNPJ_DO_INSS, problema_do_cnpj
from tests.adesao.fabricas import (
    CNPJ_DA_PREFEITURA,
    PecaFabrica,
    ProcessoFabrica,
    SolicitacaoFabrica,
    em_analise,
    pronto_para_enviar,
    vigente_hoje,
)
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db
HOJE = localdate
OUTRO_CNPJ = "00394460005887"


@pytest.mark.parametrize(
    "email", ["prefeitura@x.invalid", "GABINETE.prefeito@x.invalid", "rh2@x.invalid", "Ouvidoria-geral@x.invalid"]
)
def test_email_de_setor_e_dito(email):
    assert "é de um setor" in problema_do_setor(email)
    form = SolicitacaoForm({"email": email})
    assert "é de um setor" in form.errors["email"][0]


@pytest.mark.parametrize("email", ["ana@x.invalid", "maria.prefeitura@x.invalid", "rhaissa@x.invalid"])
def test_email_de_pessoa_passa(email):
    assert problema_do_setor(email) == ""


@pytest.fixture
def processo():
    return pronto_para_enviar()


def indicar(processo, **campos):
    return formularios.salvar_representante(processo.pk, {**MAIS_UMA, **campos}, autor=processo.criado_por)


def test_email_do_municipio_de_outra_conta_e_de_outro_pedido_sao_recusados(processo):
    linha = processo.formularios.get(tipo="municipio")
    linha.dados |= {"email": "vila.nova@exemplo.invalid"}
    linha.save()
    conta = com_papel("atendente", MunicipioFabrica(), cpf="")
    de_fora = pronto_para_enviar(municipio=MunicipioFabrica(), cnpj=OUTRO_CNPJ)
    indicar(de_fora, email="so.dela@exemplo.invalid", cpf="11144477735")

    for email, frase in (
        ("prefeitura@exemplo.invalid", "é de um setor"),
        ("Vila.Nova@exemplo.invalid", "é o da prefeitura"),
        (processo.criado_por.email, "é de outra pessoa"),
        (conta.email, "é de outra pessoa"),
        ("so.dela@exemplo.invalid", "é de outra pessoa"),
    ):
        with pytest.raises(ErroDeDominio, match=frase):
            indicar(processo, email=email)
    assert indicar(processo).pk


def test_matricula_de_outra_pessoa_e_recusada(processo):
    with pytest.raises(ErroDeDominio, match="matrícula já é de outra pessoa"):
        indicar(processo, matricula=" 1001 ")


def test_depois_do_acordo_a_regra_e_a_mesma():
    processo, _ = vigente_hoje()
    for campos, frase in (({"email": "contato@exemplo.invalid"}, "setor"), ({"matricula": "1002"}, "matrícula")):
        with pytest.raises(ErroDeDominio, match=frase):
            fichas.indicar(processo.acordo.pk, {**MAIS_UMA, **campos}, autor=processo.criado_por)


# --- CNPJ ---------------------------------------------------------------------------------------------------------


def test_cnpj_do_inss_nao_serve():
    assert "é o do INSS" in problema_do_cnpj(CNPJ_DO_INSS)
    assert problema_do_cnpj(CNPJ_DA_PREFEITURA) == ""


def test_o_pedido_usa_o_cnpj_que_o_inss_viu_no_acesso():
    municipio = MunicipioFabrica()
    gestor = com_papel("gestor", municipio)
    quem = com_papel("analista_inss", municipio.unidade)
    SolicitacaoFabrica(
        municipio=municipio, situacao="aprovada", decidida_em="2026-11-01T12:00Z", decidida_por=quem, decisor_nome="A"
    )
    dados = {"instrumento": "act", "regime": "rgps", "autor": gestor}

    with pytest.raises(ErroDeDominio, match=r"aprovou o acesso do município com o CNPJ 99\.000\.101"):
        servicos.comecar(municipio, cnpj=OUTRO_CNPJ, **dados)
    processo = servicos.comecar(municipio, cnpj=CNPJ_DA_PREFEITURA, **dados)
    with pytest.raises(ErroDeDominio, match="Use esse"):
        servicos.mudar_tipo(processo.pk, cnpj=OUTRO_CNPJ, **dados)


# --- The item -----------------------------------------------------------------------------------------------------


def test_certidao_com_o_nome_de_outra_cidade_avisa_e_quem_aceita_diz_por_que(client):
    processo, inss = em_analise(municipio=MunicipioFabrica(nome="Brumadinho"))
    processo.itens.filter(codigo="regularidade-federal").update(titular_nome="Município de Moeda")
    item = processo.itens.get(codigo="regularidade-federal")
    client.force_login(inss.analista)

    pagina = client.get(f"/adesao/{processo.codigo}/analise/itens/{item.codigo}/").content.decode()
    assert "não traz “Brumadinho”" in pagina
    with pytest.raises(ErroDeDominio, match="escreva por quê"):
        da_analise.aceitar(item.pk, verificado_em=HOJE(), autor=inss.analista)
    da_analise.aceitar(item.pk, verificado_em=HOJE(), texto="Nome de antes da lei.", autor=inss.analista)


def test_guardar_uma_certidao_que_vence_hoje_diz_para_renovar(client):
    processo = ProcessoFabrica()
    client.force_login(processo.criado_por)
    dados = {
        "especie": "cnd", "numero": "1", "emitido_em": f"{HOJE() - timedelta(days=9)}", "valido_ate": f"{HOJE()}",
        "titular_cnpj": processo.cnpj, "titular_nome": f"Município de {processo.municipio.nome}",
    }  # fmt: skip

    pagina = client.post(f"/adesao/{processo.codigo}/itens/regularidade-federal/", dados, follow=True).content.decode()

    assert "Guardado. Vence hoje" in pagina


def test_documento_que_nao_e_pdf_avisa_dos_dois_lados(client):
    processo = ProcessoFabrica()
    peca = PecaFabrica(item=processo.itens.get(codigo="documento-representante"))
    peca.arquivo.tipo, peca.arquivo.nome_original = "image/jpeg", "IMG_2026.jpg"
    peca.arquivo.save()
    client.force_login(processo.criado_por)

    pagina = client.get(f"/adesao/{processo.codigo}/itens/documento-representante/").content.decode()

    assert "“IMG_2026.jpg”: se é foto de celular, o INSS costuma devolver" in pagina
    assert "Este item está completo." not in pagina


def test_imagem_que_o_digitalizador_fez_nao_e_tomada_por_foto(client):
    processo = ProcessoFabrica()
    peca = PecaFabrica(item=processo.itens.get(codigo="documento-representante"))
    peca.arquivo.tipo, peca.arquivo.digitalizado = "image/jpeg", True
    peca.arquivo.save()
    client.force_login(processo.criado_por)

    pagina = client.get(f"/adesao/{processo.codigo}/itens/documento-representante/").content.decode()

    assert "se é foto de celular" not in pagina
    assert "Este item está completo." in pagina


def test_avisos_so_do_que_o_item_pede():
    requisito = checklist().requisito("documento-representante")
    sem_foto = dataclasses.replace(requisito, motivos=("ilegivel",))

    assert avisos(requisito, {}, municipio="Moeda", imagens=["a.jpg"], hoje=HOJE())
    assert avisos(sem_foto, {}, municipio="Moeda", imagens=["a.jpg"], hoje=HOJE()) == []
