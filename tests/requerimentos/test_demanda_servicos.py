from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from act_portal.contagens.models import ContagemDiaria
from act_portal.contagens.servicos import conferir
from act_portal.erros import ErroDeDominio, OutroChegouAntes
from act_portal.territorio.consultas import hoje_em
from requerimentos.demanda import servicos
from requerimentos.models import Requerimento, Resultado, ServicoVersao
from requerimentos.situacoes import Etapa, SituacaoAtendimento
from tests.corridas import correr
from tests.fabricas import BalcaoFabrica, com_papel
from tests.requerimentos.fabricas import AtendimentoFabrica, RequerimentoFabrica

SERVICO = "salario-maternidade-rural"


@pytest.fixture
def atendimento():
    return AtendimentoFabrica()


def abrir(atendimento, servico=SERVICO, *, codigo=None, **outros):
    return servicos.abrir(atendimento.pk, servico, autor=atendimento.atendente, codigo=codigo or uuid.uuid4(), **outros)


def decidido(atendimento, dias):
    hoje = hoje_em(atendimento.municipio)
    pedido = RequerimentoFabrica(
        atendimento=atendimento,
        etapa=Etapa.ENTREGUE,
        protocolo="1234567890",
        der=hoje - timedelta(days=90),
        protocolado_em=now(),
    )
    Resultado.objects.create(requerimento=pedido, tipo="indeferido", decidido_em=hoje - timedelta(days=dias))


@pytest.mark.django_db
def test_clique_duplo_abre_um_pedido_so(atendimento):
    codigo = uuid.uuid4()

    assert abrir(atendimento, codigo=codigo) == abrir(atendimento, codigo=codigo)
    assert Requerimento.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_cliques_ao_mesmo_tempo_abrem_um_pedido_so():
    atendimento, codigo = AtendimentoFabrica(), uuid.uuid4()

    abertos = correr(lambda _: abrir(atendimento, codigo=codigo).pk, [1, 2, 3])

    assert len(set(abertos)) == 1


@pytest.mark.django_db(transaction=True)
def test_dois_balcoes_ao_mesmo_tempo_nao_abrem_o_mesmo_servico_sem_aviso():
    um = AtendimentoFabrica()
    outro = AtendimentoFabrica(balcao=BalcaoFabrica(entidade=um.balcao.entidade), pessoa=um.pessoa)

    fins = correr(abrir, [um, outro])

    assert sum(isinstance(fim, ErroDeDominio) for fim in fins) == 1
    assert Requerimento.objects.count() == 1


@pytest.mark.django_db
def test_o_mesmo_servico_ainda_aberto_pede_que_se_leia_o_aviso(atendimento):
    abrir(atendimento)

    with pytest.raises(ErroDeDominio):
        abrir(atendimento)

    assert abrir(atendimento, excecao="A pessoa insiste.").etapa == Etapa.PREPARO


@pytest.mark.django_db
@pytest.mark.parametrize(("dias", "impede"), [(29, True), (31, False)])
def test_decidido_ha_menos_de_30_dias_pede_que_se_leia_o_aviso(atendimento, dias, impede):
    decidido(atendimento, dias)

    if impede:
        with pytest.raises(ErroDeDominio):
            abrir(atendimento)
    else:
        assert abrir(atendimento).etapa == Etapa.PREPARO


@pytest.mark.django_db
def test_servico_desconhecido_e_servico_so_de_orientar_nao_abrem_pedido(atendimento):
    with pytest.raises(ErroDeDominio, match="não está no catálogo"):
        abrir(atendimento, "nao-existe")
    with pytest.raises(ErroDeDominio, match="oriente a pessoa"):
        abrir(atendimento, "seguro-defeso")

    assert not Requerimento.objects.exists()


@pytest.mark.django_db
def test_so_abre_com_a_pessoa_no_guiche(atendimento):
    atendimento.situacao = SituacaoAtendimento.AGUARDANDO
    atendimento.save()

    with pytest.raises(ErroDeDominio, match="Comece o atendimento"):
        abrir(atendimento)


@pytest.mark.django_db
def test_quem_e_de_outra_cidade_nao_abre_nem_responde(atendimento):
    pedido, intruso = abrir(atendimento), com_papel("atendente", BalcaoFabrica().municipio)

    with pytest.raises(PermissionDenied):
        servicos.abrir(atendimento.pk, SERVICO, autor=intruso, codigo=uuid.uuid4())
    with pytest.raises(PermissionDenied):
        servicos.responder(pedido.pk, {}, autor=intruso, versao=1)


@pytest.mark.django_db
def test_uma_visita_abre_varios_pedidos(atendimento):
    abrir(atendimento)
    abrir(atendimento, "ctc")

    assert atendimento.requerimentos.count() == 2


@pytest.mark.django_db
def test_resposta_tirada_volta_a_ser_nao_respondida(atendimento):
    pedido = abrir(atendimento)
    servicos.responder(
        pedido.pk, {"recebe_beneficio_inss": False, "reafirmar_der": True}, autor=atendimento.atendente, versao=1
    )

    feito = servicos.responder(pedido.pk, {"recebe_beneficio_inss": None}, autor=atendimento.atendente, versao=2)

    assert feito.respostas == {"reafirmar_der": True}


@pytest.mark.django_db
def test_o_segundo_a_responder_sabe_quem_mudou_e_nada_se_perde(atendimento):
    pedido, ana = abrir(atendimento), com_papel("atendente", atendimento.municipio, nome="Ana")
    servicos.responder(pedido.pk, {"reafirmar_der": True}, autor=ana, versao=1)

    with pytest.raises(OutroChegouAntes, match=r"^Ana mudou este pedido em"):
        servicos.responder(pedido.pk, {"reafirmar_der": False}, autor=atendimento.atendente, versao=1)

    pedido.refresh_from_db()
    assert pedido.respostas == {"reafirmar_der": True}


@pytest.mark.django_db
def test_trocar_o_servico_guarda_as_respostas_e_a_contagem_vai_junto(atendimento):
    pedido = abrir(atendimento)
    servicos.responder(pedido.pk, {"reafirmar_der": True}, autor=atendimento.atendente, versao=1)

    trocado = servicos.trocar_servico(pedido.pk, "ctc", autor=atendimento.atendente, versao=2)

    assert (trocado.servico_codigo, trocado.respostas) == ("ctc", {"reafirmar_der": True})
    assert [d for d in conferir() if d.lugar.fato in {"aberto", "desistido"}] == []
    assert ContagemDiaria.objects.get(fato="aberto", chave="ctc").quantidade == 1


@pytest.mark.django_db
def test_trocar_duas_vezes_pelo_mesmo_servico_e_uma_troca(atendimento):
    pedido = abrir(atendimento)
    servicos.trocar_servico(pedido.pk, "ctc", autor=atendimento.atendente, versao=1)

    assert servicos.trocar_servico(pedido.pk, "ctc", autor=atendimento.atendente, versao=1).versao == 2


@pytest.mark.django_db
def test_trocar_por_servico_que_a_pessoa_ja_tem_aberto_tambem_avisa(atendimento):
    abrir(atendimento, "ctc")
    pedido = abrir(atendimento)

    with pytest.raises(ErroDeDominio):
        servicos.trocar_servico(pedido.pk, "ctc", autor=atendimento.atendente)

    assert (
        servicos.trocar_servico(
            pedido.pk, "ctc", autor=atendimento.atendente, excecao="A pessoa insiste."
        ).servico_codigo
        == "ctc"
    )


@pytest.mark.django_db
def test_desistir_pede_o_motivo_e_de_novo_nao_conta_duas_vezes(atendimento):
    pedido = abrir(atendimento)
    with pytest.raises(ErroDeDominio, match="por que a pessoa desistiu"):
        servicos.desistir(pedido.pk, motivo="  ", autor=atendimento.atendente)

    servicos.desistir(pedido.pk, motivo="Vai pedir sozinha", autor=atendimento.atendente)
    servicos.desistir(pedido.pk, motivo="De novo", autor=atendimento.atendente)

    pedido.refresh_from_db()
    assert (pedido.etapa, pedido.etapa_motivo) == (Etapa.CANCELADO, "Vai pedir sozinha")
    assert [d for d in conferir() if d.lugar.fato in {"aberto", "desistido"}] == []


@pytest.mark.django_db
def test_a_mesma_versao_do_servico_e_guardada_uma_vez(atendimento):
    abrir(atendimento)
    abrir(AtendimentoFabrica())

    assert ServicoVersao.objects.count() == 1
