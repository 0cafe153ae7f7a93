"""The town begins, fills in, sends, answers, gives up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from act_portal.auditoria.models import Evento
from act_portal.erros import ErroDeDominio, OutroChegouAntes, TransicaoInvalida
from act_portal.saidas.models import Saida
from adesao.avisos.servicos import AVISAR
from adesao.models import Acordo, Formulario, Item, Processo
from adesao.pedido.servicos import itens as servicos_de_itens
from adesao.pedido.servicos import processo as servicos
from adesao.pedido.servicos.formularios import salvar_formulario
from adesao.situacoes import Situacao, SituacaoItem
from tests.adesao.fabricas import (
    CNPJ_DA_PREFEITURA,
    ProcessoFabrica,
    completar_item,
    devolvido,
    preencher,
    pronto_para_enviar,
)
from tests.corridas import correr
from tests.fabricas import EntidadeFabrica, MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipio():
    return MunicipioFabrica(nome="Serra do Ipê")


@pytest.fixture
def gestor(municipio):
    return com_papel("gestor", municipio)


def comecar(municipio, gestor, **campos) -> Processo:
    dados = {"instrumento": "act", "regime": "rgps", "cnpj": CNPJ_DA_PREFEITURA, **campos}
    return servicos.comecar(municipio, autor=gestor, **dados)


# --- Begin --------------------------------------------------------------------------------------------------------


def test_o_regime_decide_que_certidao_se_pede(municipio, gestor):
    codigos = {item.codigo for item in comecar(municipio, gestor).itens.all()}

    assert "regularidade-federal" in codigos
    assert not codigos & {"crp", "cndt", "crf-fgts", "vinculo-guarda-chuva"}


def test_rpps_pede_o_crp(municipio, gestor):
    codigos = {item.codigo for item in comecar(municipio, gestor, regime="rpps").itens.all()}

    assert "crp" in codigos
    assert "regularidade-federal" not in codigos


def test_dois_gestores_caem_no_mesmo_pedido(client, municipio, gestor):
    processo = comecar(municipio, gestor)
    client.force_login(com_papel("gestor", municipio))

    assert client.get("/adesao/pedido/")["Location"] == f"/adesao/{processo.codigo}/"
    with pytest.raises(ErroDeDominio, match="já tem um pedido aberto"):
        comecar(municipio, gestor)


def test_o_banco_recusa_dois_pedidos_abertos(municipio):
    ProcessoFabrica(municipio=municipio)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessoFabrica(municipio=municipio, situacao=Situacao.EM_ANALISE)


def test_depois_de_encerrado_comeca_outro(municipio, gestor):
    primeiro = comecar(municipio, gestor)
    servicos.desistir(primeiro.pk, motivo="Mudou a gestão.", autor=gestor)

    assert comecar(municipio, gestor).pk != primeiro.pk


@pytest.mark.django_db(transaction=True)
def test_corrida_de_dois_gestores_deixa_um_pedido():
    municipio = MunicipioFabrica()
    gestores = [com_papel("gestor", municipio) for _ in range(2)]

    fins = correr(lambda gestor: comecar(municipio, gestor), gestores)

    assert Processo.objects.filter(municipio=municipio).count() == 1
    assert [str(f) for f in fins if isinstance(f, Exception)] == [servicos.JA_EXISTE]


def test_clique_duplo_e_um_pedido_so(client, municipio, gestor):
    client.force_login(gestor)
    pagina = client.get("/adesao/pedido/")
    dados = {
        "codigo": pagina.context["codigo_novo"],
        "instrumento": "act",
        "regime": "rgps",
        "cnpj": CNPJ_DA_PREFEITURA,
    }

    client.post("/adesao/pedido/", dados)
    segunda = servicos.comecar(municipio, autor=gestor, **dados)

    assert Processo.objects.get() == segunda


def test_municipio_com_acordo_em_vigor_nao_pede_outro(client, municipio, gestor):
    EntidadeFabrica(municipio=municipio)

    with pytest.raises(ErroDeDominio, match="já tem o acordo 999/2026"):
        comecar(municipio, gestor)
    client.force_login(gestor)
    assert "já tem acordo em vigor" in client.get("/adesao/pedido/").content.decode()


def test_cnpj_de_outro_municipio_e_recusado(municipio, gestor):
    ProcessoFabrica(situacao=Situacao.ENVIADO)

    with pytest.raises(ErroDeDominio, match="prefeitura de outro município"):
        comecar(municipio, gestor)


@pytest.mark.parametrize(
    ("campos", "campo", "frase"),
    [
        ({"cnpj": "99.000.101/0002-00"}, "cnpj", "é de uma filial"),
        ({"cnpj": "99.000.101/0001-21"}, "cnpj", "não conferem"),
        ({"instrumento": "termo_adesao"}, "guarda_chuva", "Escolha o acordo principal"),
        ({"regime": ""}, "regime", "Escolha"),
    ],
)
def test_cada_erro_do_comeco_diz_o_que_fazer(client, municipio, gestor, campos, campo, frase):
    client.force_login(gestor)
    dados = {"instrumento": "act", "regime": "rgps", "cnpj": CNPJ_DA_PREFEITURA, **campos}

    resposta = client.post("/adesao/pedido/", dados)

    assert resposta.status_code == 422
    assert any(frase in erro for erro in resposta.context["form"].errors[campo]), resposta.context["form"].errors
    assert not Processo.objects.exists()


def test_gestor_de_outra_cidade_nao_comeca(municipio):
    with pytest.raises(PermissionDenied):
        comecar(municipio, com_papel("gestor", MunicipioFabrica()))


# --- Change the type ----------------------------------------------------------------------------------------------


def test_mudar_o_regime_troca_a_certidao_e_guarda_o_que_veio(municipio, gestor):
    processo = comecar(municipio, gestor)
    antiga = processo.itens.get(codigo="regularidade-federal")
    completar_item(antiga, gestor=gestor)

    servicos.mudar_tipo(processo.pk, instrumento="act", regime="rpps", cnpj=CNPJ_DA_PREFEITURA, autor=gestor)

    antiga.refresh_from_db()
    assert antiga.estado == SituacaoItem.DISPENSADO
    assert antiga.pecas.vivas().count() == 1
    assert processo.itens.get(codigo="crp").estado == SituacaoItem.FALTA

    servicos.mudar_tipo(processo.pk, instrumento="act", regime="rgps", cnpj=CNPJ_DA_PREFEITURA, autor=gestor)
    antiga.refresh_from_db()
    assert antiga.estado == SituacaoItem.PRONTO


def test_mudar_o_tipo_sobre_outro_gestor_e_dito(municipio, gestor):
    processo = comecar(municipio, gestor)
    dados = {"instrumento": "act", "cnpj": CNPJ_DA_PREFEITURA, "versao": processo.versao, "autor": gestor}
    servicos.mudar_tipo(processo.pk, regime="rpps", **dados)

    with pytest.raises(OutroChegouAntes, match="Nada foi salvo por cima"):
        servicos.mudar_tipo(processo.pk, regime="rpps_extincao", **dados)
    processo.refresh_from_db()
    assert processo.regime == "rpps"


# --- Send ---------------------------------------------------------------------------------------------------------


def test_pedido_incompleto_nao_vai_e_diz_o_que_falta(municipio, gestor):
    processo = comecar(municipio, gestor)

    with pytest.raises(ErroDeDominio, match="Ainda falta: Ofício de manifestação de interesse; Lei ou ato"):
        servicos.enviar(processo.pk, autor=gestor)


def test_pedido_completo_vai_para_o_inss():
    processo = pronto_para_enviar()

    servicos.enviar(processo.pk, autor=processo.criado_por)

    processo.refresh_from_db()
    assert processo.estado == Situacao.ENVIADO
    assert processo.enviado_em is not None
    assert Evento.objects.get(acao="adesao.enviar").dados["para"] == "enviado"


def test_enviar_duas_vezes_nao_envia_duas():
    processo = pronto_para_enviar()
    servicos.enviar(processo.pk, autor=processo.criado_por)

    with pytest.raises(TransicaoInvalida):
        servicos.enviar(processo.pk, autor=processo.criado_por)
    assert Evento.objects.filter(acao="adesao.enviar").count() == 1


def test_certidao_que_venceu_depois_de_pronta_segura_o_envio():
    processo = pronto_para_enviar()
    Item.objects.filter(codigo="regularidade-federal").update(valido_ate=localdate() - timedelta(days=1))

    with pytest.raises(ErroDeDominio, match="Certidão de débitos federais"):
        servicos.enviar(processo.pk, autor=processo.criado_por)


def test_o_inss_so_ve_depois_do_envio():
    processo = pronto_para_enviar()
    analista = com_papel("analista_inss", processo.unidade)
    assert not Processo.objects.visiveis_para(analista).exists()

    servicos.enviar(processo.pk, autor=processo.criado_por)

    assert Processo.objects.visiveis_para(analista).get() == processo


def test_outra_regiao_e_outra_cidade_nao_veem():
    ProcessoFabrica(situacao=Situacao.ENVIADO)

    for alguem in (com_papel("analista_inss", MunicipioFabrica().unidade), com_papel("gestor", MunicipioFabrica())):
        assert not Processo.objects.visiveis_para(alguem).exists()


# --- Answer a return ----------------------------------------------------------------------------------------------


def test_a_resposta_volta_para_quem_analisa(mailoutbox, fila_na_hora, django_capture_on_commit_callbacks):
    processo = devolvido("lei-criacao")
    gestor, item = processo.criado_por, processo.itens.get(codigo="lei-criacao")
    with pytest.raises(ErroDeDominio, match="Ainda falta: Lei ou ato"):
        servicos.reenviar(processo.pk, autor=gestor)

    servicos_de_itens.responder(item.pk, texto="Digitalizada de novo.", autor=gestor)
    with django_capture_on_commit_callbacks(execute=True):
        servicos.reenviar(processo.pk, autor=gestor)

    processo.refresh_from_db()
    assert (processo.estado, processo.prazo) == (Situacao.EM_ANALISE, None)
    assert mailoutbox[-1].to == [processo.responsavel.email]
    assert Saida.objects.filter(tipo=AVISAR).count() == 1


def test_item_aceito_nao_muda_na_devolucao():
    processo = devolvido("lei-criacao")
    aceito = processo.itens.get(codigo="documento-representante")

    with pytest.raises(ErroDeDominio, match="não muda agora"):
        servicos_de_itens.responder(aceito.pk, texto="", autor=processo.criado_por)


def test_mudar_o_que_um_papel_aceito_diz_reabre_o_papel():
    processo = devolvido("lei-criacao")
    gestor = processo.criado_por
    linha = processo.formularios.get(tipo="municipio")
    dados = {**linha.dados, "endereco": "Rua Nova, 2"}
    salvar_formulario(processo.pk, Formulario.Tipo.MUNICIPIO, dados, versao=linha.versao, pagina="p", autor=gestor)

    reabertos = set(processo.itens.filter(situacao=SituacaoItem.REABERTO).values_list("codigo", flat=True))
    assert reabertos == {
        "oficio-manifestacao", "estrutura-minima", "indicacao-representantes", "aceite-minuta-plano",
    }  # fmt: skip
    assert all(i.aberto_ao_municipio for i in processo.itens.filter(codigo__in=reabertos))


# --- Give up ------------------------------------------------------------------------------------------------------


def test_desistir_pede_o_motivo_e_fecha_o_numero_do_acordo():
    processo = ProcessoFabrica(situacao=Situacao.ASSINATURA)
    Acordo.objects.create(
        processo=processo, municipio=processo.municipio, objeto=processo.objeto, instrumento="act", numero="001/2026",
        aprovado_em=localdate(),
    )  # fmt: skip
    with pytest.raises(ErroDeDominio, match="por que o município desiste"):
        servicos.desistir(processo.pk, motivo="  ", autor=processo.criado_por)

    servicos.desistir(processo.pk, motivo="Sem servidores.", autor=processo.criado_por)

    processo.refresh_from_db()
    assert (processo.estado, processo.motivo) == (Situacao.DESISTIDO, "Sem servidores.")
    assert Acordo.objects.get().encerrado_em == localdate()


def test_depois_da_aprovacao_quase_nada_muda():
    processo = ProcessoFabrica(situacao=Situacao.CONFERENCIA)

    with pytest.raises(TransicaoInvalida):
        servicos.desistir(processo.pk, motivo="Tarde.", autor=processo.criado_por)


def test_toda_pagina_do_pedido_abre_em_toda_situacao(client):
    for situacao in Situacao:
        processo = ProcessoFabrica(
            situacao=situacao, enviado_em=None if situacao == "rascunho" else "2026-11-01T12:00Z"
        )
        preencher(processo)
        client.force_login(processo.criado_por)
        base = f"/adesao/{processo.codigo}"
        for caminho in ("/", "/historico/", "/formulario/municipio/", "/pontos/", "/pessoas/", "/itens/lei-criacao/"):
            assert client.get(base + caminho).status_code == 200, (situacao, caminho)
