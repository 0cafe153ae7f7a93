"""Two at once: the database holds one, on PostgreSQL and on SQLite."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from act_portal.erros import ErroDeDominio
from cessao.analise import servicos as analise
from cessao.models import Reserva, Termo
from cessao.pedido.servicos import desfazer_termo
from tests.cessao.fabricas import DECISAO, Elenco, EspacoFabrica, aprovado, para_decisao, sala
from tests.corridas import correr

pytestmark = pytest.mark.django_db(transaction=True)
HOJE = localdate()


def test_dois_aprovam_ao_mesmo_tempo_o_mesmo_espaco_e_um_so_fica_com_ele():
    andar = sala(nome="Andar", area_m2=80)
    parte = EspacoFabrica(imovel=andar.imovel, dentro_de=andar, area_m2=20)
    elenco = Elenco(andar)
    pedidos = [para_decisao(espaco, elenco)[0] for espaco in (andar, andar, parte)]

    def aprovar(pedido):
        return analise.aprovar(
            pedido.pk, **DECISAO, inicio=HOJE, meses=12, escolha="Chegou antes.", autor=elenco.diretor
        )

    fins = correr(aprovar, pedidos)

    erros = [f for f in fins if isinstance(f, Exception)]
    assert len(erros) == 2
    assert all(isinstance(e, ErroDeDominio) for e in erros), erros
    assert Termo.objects.count() == 1


def test_dois_diretores_aprovam_o_mesmo_pedido_e_um_so_vale():
    pedido, elenco = para_decisao()

    def aprovar(autor):
        return analise.aprovar(pedido.pk, **DECISAO, inicio=HOJE, meses=12, autor=autor)

    fins = correr(aprovar, [elenco.diretor, elenco.outro_diretor])

    assert sum(isinstance(f, ErroDeDominio) for f in fins) == 1
    assert pedido.decisoes.filter(ato="aprovacao").count() == 1


def test_sem_a_trava_o_banco_ainda_recusa():
    """The constraint alone, as if the lock of the property did not exist."""
    espaco = sala()
    termo = Termo.objects.get(pedido=aprovado(espaco)[0])
    with transaction.atomic():
        desfazer_termo(termo.pedido)

    def reservar(dias):
        with transaction.atomic():
            return Reserva.objects.create(espaco=espaco, termo=termo, inicio=HOJE, fim=HOJE + timedelta(days=dias))

    fins = correr(reservar, [10, 20, 30])

    assert sum(isinstance(f, IntegrityError) for f in fins) == 2, fins
    assert Reserva.objects.filter(liberada_em=None).count() == 1
