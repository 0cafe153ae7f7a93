from __future__ import annotations

import os
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.celery import app
from act_portal.erros import FalhaDefinitiva, OutroChegouAntes
from act_portal.saidas import consultas, reserva, rotulos, servicos, tarefas
from act_portal.saidas.fila_em_disco import Transport
from act_portal.saidas.models import Batimento, Saida
from tests.corridas import correr
from tests.fabricas import com_papel

pytestmark = pytest.mark.django_db


@pytest.fixture
def feitos(monkeypatch) -> list[int]:
    feitos: list[int] = []
    monkeypatch.setitem(servicos.TRATADORES, "teste", lambda saida: feitos.append(saida.pk))
    return feitos


@pytest.fixture
def falha(monkeypatch):
    def instalar(erro: Exception) -> None:
        def tratar(saida: Saida) -> None:
            raise erro

        monkeypatch.setitem(servicos.TRATADORES, "teste", tratar)

    return instalar


def prometer(chave: str = "k", tipo: str = "teste", **carga) -> Saida:
    with transaction.atomic():
        return servicos.prometer(tipo, chave=chave, **carga)


def vencer(saida: Saida) -> None:
    """The wait is over, or the lease has run out."""
    antes = now() - timedelta(seconds=1)
    Saida.objects.filter(pk=saida.pk, estado="pendente").update(proxima_em=antes)
    Saida.objects.filter(pk=saida.pk, estado="executando").update(reservada_ate=antes)


def situacao(saida: Saida) -> tuple[str, int, str]:
    saida.refresh_from_db()
    return saida.estado, saida.tentativas, saida.erro


# --- The promise --------------------------------------------------------------------------------------------------
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


# --- The run ------------------------------------------------------------------------------------------------------
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
    assert "test_saidas.py" in caplog.text, "o log diz onde foi"
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


# --- Lease and fence ----------------------------------------------------------------------------------------------
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
def test_trabalho_mais_longo_que_a_reserva_nao_e_tomado_por_outro(monkeypatch, settings):
    settings.SAIDAS_RESERVA = timedelta(milliseconds=300)
    tomadas = []

    def demorar(saida: Saida) -> None:
        antes = Saida.objects.get(pk=saida.pk).reservada_ate
        # Busy until the lease was renewed at least once: an event, not a guess about time.
        while Saida.objects.get(pk=saida.pk).reservada_ate == antes:
            pass
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


# --- A person says "try again" ------------------------------------------------------------------------------------
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


# --- What people read ---------------------------------------------------------------------------------------------
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


def test_trabalhador_vivo_e_lembrado_sem_ir_ao_banco(django_assert_num_queries):
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


# --- The broker on disk ---------------------------------------------------------------------------------------------
@pytest.fixture
def fila(tmp_path):
    from kombu import Connection

    pasta = tmp_path / "mensagens"
    pasta.mkdir()
    opcoes = {"data_folder_in": str(pasta), "data_folder_out": str(pasta), "control_folder": str(tmp_path / "c")}
    with Connection(transport=Transport, transport_options=opcoes) as conexao, conexao.channel() as canal:
        yield canal, pasta


def test_mensagem_ilegivel_nao_para_a_fila(fila, caplog):
    canal, pasta = fila
    (pasta / "0001_a.trabalho.msg").write_bytes(b"\xff\xfe\xfa{")
    (pasta / "0002_b.trabalho.msg").write_text("{pela metade")
    canal._put("trabalho", {"corpo": "ção"})

    assert canal._get("trabalho") == {"corpo": "ção"}

    assert caplog.text.count("mensagem_ilegivel") == 2
    assert not [p for p in pasta.iterdir() if not p.name.startswith(".")]


def test_resto_de_quem_morreu_some_depois_de_um_dia(fila):
    canal, pasta = fila
    velho, novo = pasta / ".0001_a.trabalho.msg", pasta / ".0002_b.trabalho.msg"
    for resto in (velho, novo):
        resto.write_text("{}")
    os.utime(velho, (1, 1))
    canal._put("trabalho", {})

    canal._get("trabalho")

    assert [p.name for p in pasta.iterdir()] == [novo.name]
