"""The outbox: the promise and the run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from act_portal.celery import app
from act_portal.erros import FalhaDefinitiva, OutroChegouAntes
from act_portal.saidas import consultas, servicos, tarefas
from act_portal.saidas.models import Saida
from tests.act_portal.saidas import prometer, situacao, vencer

pytestmark = pytest.mark.django_db


# --- The promise ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_prometer_fora_de_transacao_e_erro_de_programa(feitos):
    with pytest.raises(RuntimeError):
        servicos.prometer("teste", chave="k")


def test_tipo_sem_tratador_nao_entra_na_fila():
    with pytest.raises(LookupError):
        prometer(tipo="inexistente")


def test_um_tipo_tem_um_so_tratador(feitos):
    with pytest.raises(ValueError):
        servicos.tratador("teste")(lambda saida: None)


def test_mesma_chave_e_um_so_trabalho(feitos, fila_anotada, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        primeira, segunda = prometer(), prometer()

    assert primeira.pk == segunda.pk
    assert fila_anotada == [primeira.pk]


@pytest.mark.django_db(transaction=True)
def test_transacao_desfeita_leva_a_promessa_junto(feitos, fila_anotada):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        servicos.prometer("teste", chave="k")
        raise ZeroDivisionError

    assert not Saida.objects.exists()
    assert fila_anotada == []


def test_trabalho_marcado_para_depois_nao_toca_nem_vence(feitos, fila_anotada, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        saida = servicos.prometer("teste", chave="k", em=timedelta(hours=1))

    tarefas.varrer()

    assert fila_anotada == []
    assert Saida.objects.reservar(saida.pk) is None


def test_broker_fora_do_ar_nao_derruba_o_pedido_e_a_varredura_acha(
    feitos, monkeypatch, caplog, request, django_capture_on_commit_callbacks
):
    tentados: list[int] = []

    def falhar(args, **opcoes):
        tentados.append(args[0])
        raise ConnectionError("broker fora do ar")

    monkeypatch.setattr(tarefas.cumprir, "apply_async", falhar)
    with django_capture_on_commit_callbacks(execute=True):
        primeira, segunda = prometer("a"), prometer("b")
    assert "broker fora do ar" in caplog.text
    assert tentados == [primeira.pk], "quem vem depois não espera pelo broker que acabou de falhar"

    request.getfixturevalue("fila_na_hora")
    tarefas.varrer()

    assert feitos == [primeira.pk, segunda.pk]
    assert set(Saida.objects.values_list("estado", flat=True)) == {Saida.Estado.FEITA}


def test_todo_aviso_caduca(feitos, monkeypatch, django_capture_on_commit_callbacks, settings):
    validades: list[float] = []
    monkeypatch.setattr(tarefas.cumprir, "apply_async", lambda args, expires: validades.append(expires))
    with django_capture_on_commit_callbacks(execute=True):
        prometer()

    tarefas.varrer()

    assert validades == [60, settings.SAIDAS_VARREDURA.total_seconds()]
    assert all(linha["options"]["expires"] for nome, linha in settings.CELERY_BEAT_SCHEDULE.items() if nome in {
        "varrer", "batimento"
    })  # fmt: skip


def test_toda_tarefa_da_agenda_existe(settings):
    app.loader.import_default_modules()

    assert {linha["task"] for linha in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


# --- The run --------------------------------------------------------------------------------------------------------
def test_aviso_repetido_roda_uma_vez(feitos):
    saida = prometer()

    tarefas.cumprir(saida.pk)
    tarefas.cumprir(saida.pk)

    assert feitos == [saida.pk]
    assert situacao(saida) == (Saida.Estado.FEITA, 1, "")


def test_aviso_de_linha_que_nao_existe_e_ignorado(feitos):
    tarefas.cumprir(987654)

    assert feitos == []


def test_falha_passageira_volta_com_espera_crescente(falha):
    falha(TimeoutError("lento"))
    saida = prometer()
    esperas = []

    for _ in range(4):
        vencer(saida)
        inicio = now()
        tarefas.cumprir(saida.pk)
        saida.refresh_from_db()
        esperas.append((saida.proxima_em - inicio).total_seconds())

    assert [round(espera) for espera in esperas] == [5, 30, 120, 600]
    assert situacao(saida) == (Saida.Estado.PENDENTE, 4, "TimeoutError")


def test_o_limite_de_tempo_do_celery_e_uma_falha_como_outra(falha):
    falha(SoftTimeLimitExceeded())
    saida = prometer()

    tarefas.cumprir(saida.pk)

    assert situacao(saida) == (Saida.Estado.PENDENTE, 1, "SoftTimeLimitExceeded")
    assert consultas.situacao_de("k").erro == "Demorou demais e foi interrompido."


def test_a_mensagem_do_erro_inesperado_nao_vai_ao_log_nem_a_linha(falha, caplog):
    falha(IntegrityError("Key (cpf)=(52998224725) already exists."))
    saida = prometer()

    tarefas.cumprir(saida.pk)

    assert "saida_falhou" in caplog.text
    assert "conftest.py" in caplog.text, "o log diz onde foi"
    assert "52998224725" not in caplog.text
    assert situacao(saida) == (Saida.Estado.PENDENTE, 1, "IntegrityError")


def test_esgotadas_as_esperas_a_saida_morre_e_fica_a_vista(falha):
    falha(TimeoutError("lento"))
    saida = prometer()

    for _ in range(len(Saida.ESPERAS) + 1):
        vencer(saida)
        tarefas.cumprir(saida.pk)

    assert situacao(saida) == (Saida.Estado.MORTA, len(Saida.ESPERAS) + 1, "TimeoutError")


def test_as_esperas_cobrem_um_dia_inteiro_do_inss_fora_do_ar():
    assert sum(Saida.ESPERAS, timedelta()) > timedelta(hours=24)


def test_falha_definitiva_nao_se_repete(falha):
    falha(FalhaDefinitiva("O arquivo foi apagado."))
    saida = prometer()

    tarefas.cumprir(saida.pk)

    assert situacao(saida) == (Saida.Estado.MORTA, 1, "O arquivo foi apagado.")


def test_tentar_depois_espera_o_que_foi_pedido_e_nunca_enterra(falha):
    falha(servicos.TentarDepois("O INSS volta às 22h.", timedelta(hours=3)))
    saida = prometer()

    for _ in range(len(Saida.ESPERAS) + 5):
        vencer(saida)
        tarefas.cumprir(saida.pk)

    estado, _, erro = situacao(saida)
    assert (estado, erro, saida.falhas) == (Saida.Estado.PENDENTE, "O INSS volta às 22h.", 0)
    assert timedelta(hours=2, minutes=59) < saida.proxima_em - now() <= timedelta(hours=3)


def test_tentar_depois_sem_prazo_segue_a_tabela(falha):
    falha(servicos.TentarDepois("Ainda não dá."))
    saida = prometer()

    tarefas.cumprir(saida.pk)

    saida.refresh_from_db()
    assert saida.falhas == 1
    assert saida.proxima_em - now() <= Saida.ESPERAS[0]


def test_erro_de_dominio_guarda_a_frase(falha):
    falha(OutroChegouAntes("O pedido já foi enviado."))
    saida = prometer()

    tarefas.cumprir(saida.pk)

    assert situacao(saida) == (Saida.Estado.PENDENTE, 1, "O pedido já foi enviado.")


def test_tipo_de_uma_versao_que_voltou_atras_espera_sem_derrubar_ninguem(feitos):
    desconhecida = Saida.objects.create(tipo="versao.futura", chave="x")

    tarefas.cumprir(desconhecida.pk)
    tarefas.cumprir(prometer().pk)

    estado, _, erro = situacao(desconhecida)
    assert (estado, desconhecida.falhas) == (Saida.Estado.PENDENTE, 0)
    assert erro == "Esta versão do portal não conhece este trabalho."
    assert len(feitos) == 1
