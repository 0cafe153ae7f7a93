"""Polling: the row is the queue, and INSS down for a day stops nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from requerimentos import tarefas
from requerimentos.acompanhamento import ronda, servicos
from requerimentos.envio.inss import InssForaDoAr, InssRecusou, inss
from requerimentos.models import Aviso, Requerimento
from requerimentos.situacoes import Etapa, SituacaoInss
from tests.corridas import correr
from tests.requerimentos.fabricas import ExigenciaFabrica, RequerimentoFabrica
from tests.requerimentos.tarefas_do_inss import decidida, em_exigencia, tarefa
from tests.requerimentos.test_inss_http import requerer

pytestmark = pytest.mark.django_db


class Canal:
    """A stand-in for the client of INSS: what it answers for each protocol, in order of asking."""

    def __init__(self) -> None:
        self.perguntas: list[str] = []
        self.respostas: dict[str, object] = {}
        self.sempre: Exception | None = None

    def consultar(self, protocolo):
        self.perguntas.append(protocolo)
        resposta = self.sempre or self.respostas.get(protocolo) or self._igual(protocolo)
        if isinstance(resposta, Exception):
            raise resposta
        return resposta

    def _igual(self, protocolo):
        return tarefa(Requerimento.objects.get(protocolo=protocolo))


@pytest.fixture
def canal(monkeypatch):
    falso = Canal()
    monkeypatch.setattr(ronda, "inss", lambda: falso)
    return falso


def test_pergunta_so_dos_que_estao_na_hora_e_remarca(canal):
    na_hora = RequerimentoFabrica(protocolado=True)
    RequerimentoFabrica(protocolado=True, proxima_consulta_em=now() + timedelta(hours=1))
    RequerimentoFabrica(protocolado=True, proxima_consulta_em=None)

    assert ronda.consultar_vencidos() == 1

    na_hora.refresh_from_db()
    assert canal.perguntas == [na_hora.protocolo]
    assert na_hora.proxima_consulta_em > now()
    assert na_hora.inss_visto_em is not None


def test_tarefa_parada_ha_muito_tempo_e_perguntada_mais_tarde(canal, settings):
    nova = RequerimentoFabrica(protocolado=True)
    parada = RequerimentoFabrica(protocolado=True, situacao_desde=now() - timedelta(days=30))

    ronda.consultar_vencidos()

    nova.refresh_from_db()
    parada.refresh_from_db()
    assert nova.proxima_consulta_em <= now() + settings.INSS_CONSULTA
    assert parada.proxima_consulta_em >= now() + settings.INSS_CONSULTA * 100


def test_inss_fora_do_ar_por_um_dia_nao_para_a_ronda_e_ela_se_recupera(canal):
    pedidos = [RequerimentoFabrica(protocolado=True) for _ in range(5)]
    canal.sempre = InssForaDoAr("O INSS está em manutenção.", timedelta(minutes=10))

    for _ in range(3):
        assert ronda.consultar_vencidos() == 0

    # Three timeouts in a row end a round; the rest stays due and nothing is lost.
    assert len(canal.perguntas) == 5
    primeiro = Requerimento.objects.get(protocolo=canal.perguntas[0])
    assert primeiro.inss_falha == "O INSS está em manutenção."
    assert primeiro.proxima_consulta_em > now() + timedelta(minutes=9)
    canal.sempre = None
    Requerimento.objects.update(proxima_consulta_em=now())

    assert ronda.consultar_vencidos() == len(pedidos)

    primeiro.refresh_from_db()
    assert primeiro.inss_falha == ""


def test_uma_resposta_ruim_nao_impede_as_outras(canal):
    ruim = RequerimentoFabrica(protocolado=True, proxima_consulta_em=now() - timedelta(hours=1))
    bom = RequerimentoFabrica(protocolado=True)
    canal.respostas[ruim.protocolo] = InssForaDoAr("O INSS respondeu de um jeito que o portal não entende.")

    assert ronda.consultar_vencidos() == 1

    bom.refresh_from_db()
    assert bom.inss_visto_em is not None


def test_protocolo_que_o_inss_nao_acha_espera_horas_e_a_tela_diz(canal):
    perdido = RequerimentoFabrica(protocolado=True)
    canal.respostas[perdido.protocolo] = InssRecusou([])

    ronda.consultar_vencidos()

    perdido.refresh_from_db()
    assert perdido.inss_falha == "O INSS não achou este protocolo."
    assert perdido.proxima_consulta_em > now() + timedelta(hours=5)


def test_quem_morreu_no_meio_e_perguntado_de_novo_depois_da_reserva(canal):
    requerimento = RequerimentoFabrica(protocolado=True)
    ronda._reservar(requerimento.pk)

    assert ronda.consultar(requerimento.pk) is None

    Requerimento.objects.update(proxima_consulta_em=now())
    assert ronda.consultar(requerimento.pk) is True


def test_fim_do_pedido_para_as_perguntas(canal):
    requerimento = RequerimentoFabrica(protocolado=True)
    canal.respostas[requerimento.protocolo] = tarefa(requerimento, situacao="CANCELADA", versao=4)

    ronda.consultar_vencidos()

    requerimento.refresh_from_db()
    assert (requerimento.etapa, requerimento.proxima_consulta_em) == (Etapa.CANCELADO, None)


def test_hora_marcada_por_outro_durante_a_pergunta_nao_e_desfeita(monkeypatch):
    requerimento = RequerimentoFabrica(protocolado=True)
    logo = now() + timedelta(seconds=5)

    class Intrometido(Canal):
        def consultar(self, protocolo):
            Requerimento.objects.filter(protocolo=protocolo).update(proxima_consulta_em=logo)
            return super().consultar(protocolo)

    monkeypatch.setattr(ronda, "inss", Intrometido)

    ronda.consultar(requerimento.pk)

    requerimento.refresh_from_db()
    assert requerimento.proxima_consulta_em == logo


def test_consultar_agora_poe_na_frente_e_toca_a_campainha(monkeypatch, django_capture_on_commit_callbacks):
    requerimento = RequerimentoFabrica(protocolado=True, proxima_consulta_em=now() + timedelta(hours=3))
    tocadas = []
    monkeypatch.setattr(tarefas.consultar_um, "apply_async", lambda args, **opcoes: tocadas.append(args))

    with django_capture_on_commit_callbacks(execute=True):
        assert ronda.pedir_consulta(requerimento.pk) is True

    requerimento.refresh_from_db()
    assert requerimento.proxima_consulta_em <= now()
    assert tocadas == [[requerimento.pk]]


def test_pedido_terminado_nao_e_mais_consultado():
    assert ronda.pedir_consulta(RequerimentoFabrica(protocolado=True, proxima_consulta_em=None).pk) is False


@pytest.mark.django_db(transaction=True)
def test_dois_trabalhadores_perguntam_uma_vez_so(canal):
    requerimento = RequerimentoFabrica(protocolado=True)

    resultados = correr(ronda.consultar, [requerimento.pk] * 4)

    assert sorted(resultados, key=str) == [None, None, None, True]
    assert len(canal.perguntas) == 1


def test_ronda_leva_da_analise_a_exigencia_e_ao_resultado(canal):
    requerimento = RequerimentoFabrica(protocolado=True)
    for resposta in (em_exigencia(requerimento), decidida(requerimento)):
        canal.respostas[requerimento.protocolo] = resposta
        Requerimento.objects.update(proxima_consulta_em=now())
        tarefas.consultar_inss()

    requerimento.refresh_from_db()
    assert requerimento.etapa == Etapa.RESULTADO


def test_a_rodada_do_dia_vence_antes_de_lembrar():
    passada = ExigenciaFabrica(prazo=localdate() - timedelta(days=2))
    perto = ExigenciaFabrica(prazo=localdate() + timedelta(days=5))

    tarefas.prazos()

    assuntos = dict(Aviso.objects.values_list("requerimento", "assunto"))
    assert assuntos == {passada.requerimento_id: "vencida", perto.requerimento_id: "prazo"}


@pytest.mark.django_db(transaction=True)
def test_com_o_inss_de_verdade_a_exigencia_chega_e_a_resposta_volta(simulador, settings, fila_na_hora):
    """The pretend INSS over real HTTP, from the request filed there to the answer delivered."""
    simulador.usar(settings)
    recibo = requerer(inss())
    requerimento = RequerimentoFabrica(protocolado=True, protocolo=recibo.protocolo)
    simulador.exigir(requerimento.protocolo, "Apresentar certidão de casamento atualizada.")

    _perguntar(requerimento)
    exigencia = requerimento.exigencias.get()
    assert requerimento.etapa == Etapa.EXIGENCIA

    servicos.declarar_sem_documentos(exigencia.pk, autor=requerimento.atendente)
    simulador.decidir(requerimento.protocolo, "indeferido", motivos=["Renda acima do limite."])
    _perguntar(requerimento)

    requerimento.refresh_from_db()
    assert (requerimento.etapa, requerimento.situacao_inss) == (Etapa.RESULTADO, SituacaoInss.CONCLUIDA)
    assert exigencia.envios.get().situacao == "recebido"
    with requerimento.resultado.carta.open("rb") as carta:
        assert carta.read().startswith(b"%PDF-")


def _perguntar(requerimento):
    Requerimento.objects.filter(pk=requerimento.pk).update(proxima_consulta_em=now())
    assert ronda.consultar(requerimento.pk) is True
    requerimento.refresh_from_db()
