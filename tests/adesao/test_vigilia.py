"""Every night: what ended opens again, what is about to end is told."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate

from act_portal.emissao import modelos
from act_portal.saidas.models import Saida
from adesao.models import Item, Processo
from adesao.pedido.servicos import vigilia
from adesao.situacoes import Situacao, SituacaoItem
from adesao.tarefas import vigiar
from tests.adesao.fabricas import devolvido, pronto_para_enviar
from tests.fabricas import MunicipioFabrica, com_papel

pytestmark = pytest.mark.django_db
CERTIDAO = "regularidade-federal"


def com_validade(dias: int, situacao: Situacao = Situacao.EM_ANALISE, item: SituacaoItem = SituacaoItem.ACEITO) -> Item:
    """A sent application whose certificate ends in `dias`."""
    processo = pronto_para_enviar()
    Processo.objects.filter(pk=processo.pk).update(situacao=situacao, enviado_em="2026-11-01T12:00Z")
    certidao = processo.itens.get(codigo=CERTIDAO)
    validade = localdate() + timedelta(days=dias)
    Item.objects.filter(pk=certidao.pk).update(
        valido_ate=validade, emitido_em=validade - timedelta(days=100), situacao=item
    )
    return Item.objects.get(pk=certidao.pk)


@pytest.mark.parametrize("situacao", [Situacao.ENVIADO, Situacao.EM_ANALISE, Situacao.INSTRUIDO])
def test_certidao_vencida_reabre_o_item_e_avisa(situacao, fila_na_hora, django_capture_on_commit_callbacks):
    item = com_validade(-1, situacao)

    with django_capture_on_commit_callbacks(execute=True):
        vigiar()
        vigiar()

    item.refresh_from_db()
    assert item.estado == SituacaoItem.REABERTO
    assert "A certidão venceu em" in item.motivo
    assert [m.to for m in mail.outbox] == [[item.processo.criado_por.email]]
    assert "precisa ser trocado" in mail.outbox[0].subject


def test_certidao_que_vence_hoje_ainda_vale():
    item = com_validade(0)

    vigilia.rever()

    item.refresh_from_db()
    assert item.estado == SituacaoItem.ACEITO


def test_hoje_e_o_dia_do_municipio(monkeypatch):
    item = com_validade(-1)
    monkeypatch.setattr("adesao.pedido.servicos.itens.hoje_em", lambda m: localdate() - timedelta(days=1))

    vigilia.rever()

    item.refresh_from_db()
    assert item.estado == SituacaoItem.ACEITO


def test_depois_da_aprovacao_nada_reabre():
    item = com_validade(-1, Situacao.ASSINATURA)

    vigilia.rever()

    item.refresh_from_db()
    assert item.estado == SituacaoItem.ACEITO


def test_certidao_vencida_na_devolucao_fica_com_o_municipio():
    processo = devolvido("lei-criacao")
    vencida = localdate() - timedelta(days=1)
    processo.itens.filter(codigo=CERTIDAO).update(valido_ate=vencida)

    vigilia.rever()

    assert processo.itens.get(codigo=CERTIDAO).aberto_ao_municipio


@pytest.mark.parametrize(("dias", "quantos"), [(61, 0), (60, 1), (30, 1), (10, 1), (0, 1)])
def test_aviso_vem_uma_vez_em_cada_marco(dias, quantos):
    item = com_validade(dias)

    for _ in range(2):
        vigilia.avisar_validades()

    assert Saida.objects.filter(tipo="adesao.avisar", carga__qual="validade").count() == quantos
    assert item.processo.municipio_id


def test_aviso_que_a_noite_perdida_deixou_para_tras_vem_no_dia_seguinte():
    com_validade(29)

    vigilia.avisar_validades()

    assert Saida.objects.get(carga__qual="validade").chave.split(":")[4] == "30"


def test_so_os_gestores_de_hoje_recebem():
    item = com_validade(5)
    com_papel("gestor", MunicipioFabrica())
    segundo = com_papel("gestor", item.processo.municipio)
    item.processo.criado_por.vinculos.update(fim=localdate() - timedelta(days=1))

    vigilia.avisar_validades()

    assert Saida.objects.get(carga__qual="validade").carga["usuario"] == segundo.pk


def test_modelo_novo_reabre_o_aceite(monkeypatch):
    item = com_validade(100).processo.itens.get(codigo="aceite-minuta-plano")
    Item.objects.filter(pk=item.pk).update(situacao=SituacaoItem.ACEITO)
    vigilia.rever()
    item.refresh_from_db()
    assert item.estado == SituacaoItem.ACEITO
    original = modelos.vigente

    def com_outra_minuta(codigo, em):
        modelo = original(codigo, em)
        return dataclasses.replace(modelo, template="papeis/adesao/plano.html") if codigo == "adesao-minuta" else modelo

    monkeypatch.setattr(modelos, "vigente", com_outra_minuta)
    vigilia.rever()

    item.refresh_from_db()
    assert item.estado == SituacaoItem.REABERTO
    assert "aceite de novo" in item.motivo
