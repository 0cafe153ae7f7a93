"""The outbox: what people read of it and do to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.erros import FalhaDefinitiva
from act_portal.saidas import consultas, rotulos, servicos, tarefas
from act_portal.saidas.models import Batimento, Saida
from tests.act_portal.saidas import prometer, situacao, vencer
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db


# --- A person says "try again" --------------------------------------------------------------------------------------
def test_tentar_de_novo_desenterra_do_zero_e_deixa_rastro(falha, fila_anotada, django_capture_on_commit_callbacks):
    falha(FalhaDefinitiva("não"))
    saida, outra = prometer("a"), prometer("b")
    for linha in (saida, outra):
        tarefas.cumprir(linha.pk)
    fila_anotada.clear()
    admin = com_papel("administrador")

    with django_capture_on_commit_callbacks(execute=True):
        quantas = servicos.tentar_de_novo(autor=admin, saida_id=saida.pk)

    assert quantas == 1
    assert fila_anotada == [saida.pk]
    assert situacao(saida)[0] == Saida.Estado.PENDENTE
    assert situacao(outra)[0] == Saida.Estado.MORTA
    evento = Evento.objects.get(acao="saidas.tentar_de_novo")
    assert (evento.autor, evento.dados) == (admin, {"quantas": 1, "saidas": [saida.pk]})


def test_tentar_todas_so_mexe_nas_paradas(falha, fila_anotada, feitos):
    feita = prometer("feita")
    tarefas.cumprir(feita.pk)
    falha(FalhaDefinitiva("não"))
    for chave in "abc":
        tarefas.cumprir(prometer(chave).pk)

    assert servicos.tentar_de_novo(autor=com_papel("administrador")) == 3
    assert servicos.tentar_de_novo(autor=com_papel("administrador")) == 0
    assert situacao(feita)[0] == Saida.Estado.FEITA
    assert Evento.objects.filter(acao="saidas.tentar_de_novo").count() == 1


def test_apressar_tira_da_espera_mas_nao_refaz_o_feito(falha, monkeypatch, feitos):
    falha(TimeoutError())
    saida = prometer()
    tarefas.cumprir(saida.pk)
    assert Saida.objects.reservar(saida.pk) is None

    assert servicos.apressar("k")

    monkeypatch.setitem(servicos.TRATADORES, "teste", lambda saida: feitos.append(saida.pk))
    tarefas.cumprir(saida.pk)
    assert feitos == [saida.pk]
    assert not servicos.apressar("k")
    assert not servicos.apressar("nunca prometida")


# --- What people read -----------------------------------------------------------------------------------------------
def test_trabalhador_vivo_conforme_o_ultimo_batimento(settings):
    assert not consultas.trabalhador_vivo()

    consultas.cache.clear()
    tarefas.batimento()
    assert consultas.trabalhador_vivo()

    consultas.cache.clear()
    Batimento.objects.update(em=now() - settings.SAIDAS_BATIMENTO_MAXIMO - timedelta(seconds=1))
    assert not consultas.trabalhador_vivo()


def test_trabalho_feito_tambem_e_sinal_de_vida(feitos):
    tarefas.cumprir(prometer().pk)

    assert consultas.trabalhador_vivo()


def test_trabalhador_vivo_e_lembrado_sem_ir_ao_banco(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(consultas, "CACHE_SEGUNDOS", 3600)
    consultas.trabalhador_vivo()

    with django_assert_num_queries(0):
        consultas.trabalhador_vivo()


def test_a_situacao_de_um_trabalho_em_palavras(falha, feitos, monkeypatch):
    assert consultas.situacao_de("k") is None
    saida = prometer()
    assert "está parada. O pedido está guardado" in consultas.situacao_de("k").frase

    consultas.cache.clear()
    tarefas.batimento()
    assert consultas.situacao_de("k").frase == "Está na fila e começa em instantes."

    Saida.objects.reservar(saida.pk)
    assert consultas.situacao_de("k").frase == "Está sendo feito agora."

    vencer(saida)
    falha(TimeoutError())
    tarefas.cumprir(saida.pk)
    assert "O outro sistema não respondeu. Nova tentativa às" in consultas.situacao_de("k").frase

    falha(FalhaDefinitiva("O modelo não existe mais."))
    vencer(saida)
    tarefas.cumprir(saida.pk)
    assert consultas.situacao_de("k").parado
    assert "O modelo não existe mais." in consultas.situacao_de("k").frase


def test_estado_da_fila_conta_e_diz_a_espera(feitos, falha, django_assert_max_num_queries):
    tarefas.cumprir(prometer("feita").pk)
    velha = prometer("velha")
    Saida.objects.filter(pk=velha.pk).update(proxima_em=now() - timedelta(minutes=20))
    prometer("futura")
    Saida.objects.filter(chave="futura").update(proxima_em=now() + timedelta(hours=1))
    falha(FalhaDefinitiva("Sumiu o arquivo."))
    tarefas.cumprir(prometer("parada").pk)
    rodando = Saida.objects.reservar(prometer("rodando").pk)

    with django_assert_max_num_queries(5):
        fila = consultas.estado_da_fila()

    assert rodando
    assert (fila.na_fila, fila.em_andamento, fila.paradas, fila.feitas_na_ultima_hora) == (2, 1, 1, 1)
    assert fila.espera_em_minutos == 20
    assert [(linha.rotulo, linha.frase, linha.quantas, linha.parada) for linha in fila.falhas] == [
        ("teste", "Sumiu o arquivo.", 1, True)
    ]


def test_reserva_esquecida_conta_como_espera(feitos):
    saida = Saida.objects.reservar(prometer().pk)
    Saida.objects.filter(pk=saida.pk).update(
        proxima_em=now() - timedelta(days=2), reservada_ate=now() - timedelta(minutes=3)
    )

    assert timedelta(minutes=3) <= consultas.idade_da_mais_antiga(now()) < timedelta(minutes=4)


def test_rotulos_e_erros_em_palavras(monkeypatch):
    monkeypatch.setattr(rotulos, "TIPOS", {})
    rotulos.rotular({"a.b": "Fazer os papéis"})

    assert rotulos.rotulo("a.b") == "Fazer os papéis"
    assert rotulos.rotulo("c.d") == "c.d"
    assert rotulos.frase("ConnectError") == "O outro sistema não respondeu."
    assert rotulos.frase("KeyError") == "Falha do programa (KeyError)."
    assert rotulos.frase("Já é uma frase.") == "Já é uma frase."
    assert rotulos.frase("") == ""


# --- Clean-up -------------------------------------------------------------------------------------------------------
def test_a_poda_apaga_so_o_que_acabou_ha_muito_tempo(feitos, settings, monkeypatch):
    monkeypatch.setattr(servicos, "LOTE_DA_PODA", 2)
    velha = now() - settings.SAIDAS_GUARDADAS - timedelta(minutes=1)
    linhas = [
        Saida(tipo="teste.feito", chave=f"velha:{n}", estado="feita", feita_em=velha, criada_em=velha) for n in range(5)
    ]
    linhas += [
        Saida(tipo="teste.feito", chave="recente", estado="feita", feita_em=now(), criada_em=velha),
        Saida(tipo="teste.feito", chave="parada", estado="morta", criada_em=velha),
        Saida(tipo="teste.feito", chave="espera", estado="pendente", criada_em=velha, proxima_em=velha),
    ]
    Saida.objects.bulk_create(linhas)

    assert servicos.podar() == 5

    assert set(Saida.objects.values_list("chave", flat=True)) == {"recente", "parada", "espera"}
