"""A notice to end: what it means for new requests, said to both sides before it comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from act_portal.saidas.models import Saida
from act_portal.territorio.models import Entidade
from adesao.acordo.servicos import supervisao
from adesao.models import Acordo
from adesao.regras import primeiro_dia_sem_novos
from adesao.tarefas import vigiar
from tests.adesao.fabricas import em_operacao


@pytest.fixture
def denunciado(db):
    processo, _ = em_operacao()
    fim = localdate() + timedelta(days=40)
    return supervisao.denunciar(processo.acordo.pk, termina_em=fim, texto="Sem gente.", autor=processo.criado_por)


def aviso(client, acordo):
    client.force_login(acordo.processo.criado_por)
    html = client.get(f"/adesao/{acordo.processo.codigo}/acordo/").content.decode()
    return html.partition("Pedidos novos</b>")[2].partition("</div>")[0]


def test_os_ultimos_dias_contam_o_proprio_ultimo():
    ultimo = localdate()

    assert primeiro_dia_sem_novos(ultimo, 1) == ultimo
    assert primeiro_dia_sem_novos(ultimo, 15) == ultimo - timedelta(days=14)
    assert primeiro_dia_sem_novos(ultimo, 0) is None


def test_a_denuncia_marca_os_dias_sem_pedidos_novos_e_a_pagina_diz(denunciado, client):
    desde = denunciado.termina_em - timedelta(days=14)

    assert Entidade.objects.get().sem_novos_desde == desde
    antes = aviso(client, denunciado)
    assert f"A partir de {desde:%d/%m/%Y} o balcão não abre pedidos novos" in antes
    assert f"até o último dia: {denunciado.termina_em:%d/%m/%Y}" in antes
    Entidade.objects.update(sem_novos_desde=localdate())
    assert f"Desde {localdate():%d/%m/%Y} o balcão não abre pedidos novos" in aviso(client, denunciado)


def test_quem_volta_atras_volta_a_abrir_pedidos_novos(denunciado, client):
    supervisao.retratar(denunciado.pk, texto="Contratamos.", autor=denunciado.processo.criado_por)

    assert Entidade.objects.get().sem_novos_desde is None
    assert aviso(client, denunciado) == ""


def test_perto_do_fim_da_denuncia_ninguem_manda_pedir_prorrogacao(denunciado):
    Acordo.objects.filter(pk=denunciado.pk).update(termina_em=localdate() + timedelta(days=9))

    vigiar()

    perto = Saida.objects.filter(chave__contains=f"fim-do-acordo:{denunciado.pk}:")
    assert {saida.carga["qual"] for saida in perto} == {"acordo_denunciado_perto_do_fim"}
