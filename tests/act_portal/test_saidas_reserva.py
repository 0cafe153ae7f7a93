"""The outbox: lease and fence."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.timezone import now

from act_portal.saidas import consultas, reserva, servicos, tarefas
from act_portal.saidas.models import Batimento, Saida
from tests.act_portal.saidas import prometer, situacao, vencer
from tests.corridas import correr
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db


def test_reserva_abandonada_e_retomada(feitos):
    saida = prometer()
    Saida.objects.reservar(saida.pk)
    assert Saida.objects.reservar(saida.pk) is None
    vencer(saida)

    tarefas.cumprir(saida.pk)

    assert feitos == [saida.pk]
    saida.refresh_from_db()
    assert saida.quedas == 1


def test_quem_derruba_o_trabalhador_sempre_acaba_enterrada(fila_anotada, feitos):
    saida = prometer()
    for _ in range(Saida.QUEDAS_TOLERADAS + 1):
        assert Saida.objects.reservar(saida.pk)
        vencer(saida)
    assert Saida.objects.reservar(saida.pk) is None

    tarefas.varrer()

    saida.refresh_from_db()
    assert saida.estado == Saida.Estado.MORTA
    assert fila_anotada == []


def test_quem_perdeu_a_reserva_nao_escreve_o_desfecho(feitos):
    saida = prometer()
    lerdo = Saida.objects.reservar(saida.pk)
    vencer(saida)
    atual = Saida.objects.reservar(saida.pk)

    assert not servicos.concluir(lerdo)
    assert not servicos.adiar(lerdo, "x")
    assert not servicos.enterrar(lerdo, "x")
    assert not reserva.renovar(lerdo)
    assert servicos.concluir(atual)


def test_tentar_de_novo_nao_reabre_a_cerca_para_quem_perdeu_a_reserva(feitos, falha):
    saida = prometer()
    lerdo = Saida.objects.reservar(saida.pk)
    servicos.enterrar(Saida.objects.get(pk=saida.pk), "x")
    servicos.tentar_de_novo(autor=com_papel("administrador"))
    atual = Saida.objects.reservar(saida.pk)

    assert not servicos.concluir(lerdo)
    assert servicos.concluir(atual)


def test_renovar_estende_a_reserva_e_mostra_que_ha_vida(feitos, settings):
    servicos.bater(Batimento.Quem.TRABALHADOR)
    Batimento.objects.update(em=now() - timedelta(minutes=5))
    saida = Saida.objects.reservar(prometer().pk)
    vencer(saida)

    assert reserva.renovar(saida)

    assert Saida.objects.reservar(saida.pk) is None
    assert consultas.trabalhador_vivo()


@pytest.mark.django_db(transaction=True)
def test_trabalho_mais_longo_que_a_reserva_nao_e_tomado_por_outro(monkeypatch):
    class Depressa(threading.Event):
        """Renewal is due at once, while a lease once renewed holds for long: nothing here hangs on the clock."""

        def wait(self, timeout: float | None = None) -> bool:
            return super().wait(0.01)

    monkeypatch.setattr(reserva, "threading", SimpleNamespace(Event=Depressa, Thread=threading.Thread))
    tomadas = []

    def demorar(saida: Saida) -> None:
        vencer(saida)
        for _ in range(6000):
            if Saida.objects.get(pk=saida.pk).reservada_ate > now():
                break
            time.sleep(0.01)
        tomadas.append(Saida.objects.reservar(saida.pk))

    monkeypatch.setitem(servicos.TRATADORES, "teste", demorar)
    saida = prometer()

    servicos.executar(saida.pk)

    assert tomadas == [None]
    assert situacao(saida) == (Saida.Estado.FEITA, 1, "")


@pytest.mark.django_db(transaction=True)
def test_quatro_trabalhadores_disputam_e_um_leva(feitos):
    saida = prometer()

    correr(servicos.executar, [saida.pk] * 4)

    assert feitos == [saida.pk]
    assert situacao(saida) == (Saida.Estado.FEITA, 1, "")


@pytest.mark.django_db(transaction=True)
def test_quatro_prometem_a_mesma_chave_e_nasce_uma_linha(feitos, fila_anotada):
    saidas = correr(lambda _: prometer().pk, range(4))

    assert len(set(saidas)) == 1
    assert Saida.objects.count() == 1
    assert fila_anotada == [saidas[0]]
