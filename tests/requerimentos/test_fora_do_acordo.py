"""A service that the agreement of the town does not have: the desk opens no request for it and says where to go."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from act_portal.erros import ErroDeDominio
from act_portal.territorio.servicos import mudar_servicos
from requerimentos.demanda import servicos
from requerimentos.models import Requerimento
from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica

pytestmark = pytest.mark.django_db

SERVICO = "salario-maternidade-rural"


@pytest.fixture
def atendimento():
    return AtendimentoFabrica()


def abrir(atendimento, servico=SERVICO):
    return servicos.abrir(atendimento.pk, servico, autor=atendimento.atendente, codigo=uuid.uuid4())


def test_sem_lista_de_servicos_o_balcao_nao_recusa_nenhum(atendimento):
    assert atendimento.balcao.entidade.servicos is None
    assert abrir(atendimento).pk


def test_so_abre_o_que_o_acordo_autoriza_e_a_lista_pode_mudar(atendimento):
    mudar_servicos(atendimento.municipio_id, ["ctc"], autor=None)

    with pytest.raises(ErroDeDominio, match=r"não inclui este serviço.*135.*avise o gestor"):
        abrir(atendimento)
    assert abrir(atendimento, "ctc").pk
    mudar_servicos(atendimento.municipio_id, ["ctc", SERVICO], autor=None)
    assert abrir(atendimento).pk


def test_a_regra_vale_pelo_servico_que_se_pede(atendimento):
    mudar_servicos(atendimento.municipio_id, ["aposentadoria-tempo-contribuicao"], autor=None)

    assert abrir(atendimento, "aposentadoria-tc-pontos").servico_codigo == "aposentadoria-tempo-contribuicao"


def test_o_pedido_aberto_nao_se_troca_por_servico_de_fora_mas_continua():
    pedido = RequerimentoFabrica(servico_codigo=SERVICO)
    mudar_servicos(pedido.municipio_id, ["revisao"], autor=None)

    with pytest.raises(ErroDeDominio, match="não inclui este serviço"):
        servicos.trocar_servico(pedido.pk, "ctc", autor=pedido.atendente)
    servicos.responder(pedido.pk, {"reafirmar_der": True}, autor=pedido.atendente, versao=pedido.versao)
    assert servicos.trocar_servico(pedido.pk, "revisao", autor=pedido.atendente).servico_codigo == "revisao"


def test_a_lista_marca_e_a_pagina_do_servico_diz_aonde_ir(client, atendimento):
    mudar_servicos(atendimento.municipio_id, ["ctc"], autor=None)
    client.force_login(atendimento.atendente)

    lista = client.get(reverse("requerimentos:escolher", args=[atendimento.codigo]), {"q": "maternidade rural"})
    assert "Fora do acordo" in lista.content.decode()
    lista = client.get(reverse("requerimentos:escolher", args=[atendimento.codigo]), {"q": "certidão de tempo"})
    do_ctc = lista.content.decode().split("/servicos/ctc/")[1].split("</li>")[0]
    assert "Fora do acordo" not in do_ctc

    abertura = reverse("requerimentos:abrir", args=[atendimento.codigo, SERVICO])
    pagina = client.get(reverse("requerimentos:servico", args=[atendimento.codigo, SERVICO])).content.decode()
    assert abertura not in pagina
    for texto in ("não inclui este serviço", "Ligue 135", "Concluir como orientação"):
        assert texto in pagina, texto
    client.post(abertura, {"codigo": str(uuid.uuid4())})
    assert not Requerimento.objects.exists()


def test_na_troca_so_se_oferece_o_que_o_acordo_tem(client):
    pedido = RequerimentoFabrica(servico_codigo=SERVICO)
    mudar_servicos(pedido.municipio_id, ["revisao"], autor=None)
    client.force_login(pedido.atendente)

    pagina = client.get(reverse("requerimentos:demanda", args=[pedido.codigo])).content.decode()

    assert '<option value="revisao"' in pagina
    assert '<option value="ctc"' not in pagina


def test_o_que_o_acordo_tem_ja_nao_e_duvida(client, atendimento):
    client.force_login(atendimento.atendente)
    endereco = reverse("requerimentos:servico", args=[atendimento.codigo, "auxilio-incapacidade-temporaria"])
    duvida = "Não é certo que o acordo do município inclua este serviço"
    assert duvida in client.get(endereco).content.decode()

    mudar_servicos(atendimento.municipio_id, ["auxilio-incapacidade-temporaria"], autor=None)

    assert duvida not in client.get(endereco).content.decode()
