"""What INSS says becomes the state of the request: once, and never backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Evento
from act_portal.contagens.models import ContagemDiaria
from act_portal.saidas.models import Saida
from requerimentos.acompanhamento import servicos
from requerimentos.envio.servicos import COMPROVANTE, enviar_resposta, registrar_recusa, registrar_resposta
from requerimentos.models import Aviso, Exigencia, Resultado
from requerimentos.situacoes import Etapa, SituacaoExigencia, SituacaoInss
from tests.corridas import correr
from tests.requerimentos.fabricas import ExigenciaFabrica, RequerimentoFabrica, ResultadoFabrica
from tests.requerimentos.tarefas_do_inss import decidida, em_exigencia, marcado, pedida, tarefa

pytestmark = pytest.mark.django_db


@pytest.fixture
def requerimento():
    return RequerimentoFabrica(protocolado=True)


def assuntos(requerimento):
    return list(requerimento.avisos.order_by("pk").values_list("assunto", flat=True))


def contagem(fato):
    return sum(c.quantidade for c in ContagemDiaria.objects.filter(fato=fato))


def test_em_analise_muda_so_a_situacao_do_inss(requerimento):
    servicos.sincronizar(requerimento.pk, tarefa(requerimento, situacao="EM_ANALISE"))

    requerimento.refresh_from_db()
    assert (requerimento.situacao_inss, requerimento.etapa) == (SituacaoInss.EM_ANALISE, Etapa.ACOMPANHANDO)
    assert requerimento.inss_visto_em is not None
    assert assuntos(requerimento) == [Aviso.Assunto.ANALISE]


def test_exigencia_abre_com_prazo_contagem_e_um_aviso(requerimento):
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))

    requerimento.refresh_from_db()
    exigencia = Exigencia.objects.get()
    assert requerimento.etapa == Etapa.EXIGENCIA
    assert (exigencia.estado, exigencia.causa) == (SituacaoExigencia.ABERTA, "estado_civil")
    assert exigencia.prazo > exigencia.ciencia_em
    assert contagem("exigencia") == 1
    assert assuntos(requerimento) == [Aviso.Assunto.EXIGENCIA]


def test_a_mesma_resposta_duas_vezes_e_um_so_aviso_um_so_evento_e_uma_so_contagem(requerimento):
    vinda = em_exigencia(requerimento, agendamentos=(marcado(),))
    assert servicos.sincronizar(requerimento.pk, vinda) is True
    antes = (Evento.objects.count(), Aviso.objects.count(), Saida.objects.count(), contagem("exigencia"))

    assert servicos.sincronizar(requerimento.pk, vinda) is False

    assert (Evento.objects.count(), Aviso.objects.count(), Saida.objects.count(), contagem("exigencia")) == antes


def test_resposta_mais_velha_nao_desfaz_a_mais_nova(requerimento):
    velha = em_exigencia(requerimento, versao=2)
    servicos.sincronizar(requerimento.pk, decidida(requerimento, versao=5))

    assert servicos.sincronizar(requerimento.pk, velha) is False

    requerimento.refresh_from_db()
    assert (requerimento.etapa, requerimento.situacao_inss) == (Etapa.RESULTADO, SituacaoInss.CONCLUIDA)
    assert not Exigencia.objects.exists()


def test_resposta_de_outro_protocolo_e_jogada_fora(requerimento):
    outra = replace(decidida(requerimento), protocolo="9999999999")

    assert servicos.sincronizar(requerimento.pk, outra) is False

    assert not Resultado.objects.exists()


def test_exigencia_cumprida_pelo_cidadao_volta_para_o_acompanhamento(requerimento):
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))
    cumprida = pedida(situacao="CUMPRIDA", cumprida_em=now())

    servicos.sincronizar(requerimento.pk, tarefa(requerimento, versao=3, situacao="EM_ANALISE", exigencias=(cumprida,)))

    requerimento.refresh_from_db()
    exigencia = Exigencia.objects.get()
    assert (exigencia.estado, requerimento.etapa) == (SituacaoExigencia.CUMPRIDA, Etapa.ACOMPANHANDO)
    assert exigencia.encerrada_em is not None
    assert contagem("exigencia_cumprida") == 1


def test_a_foto_tirada_antes_da_resposta_nao_reabre_a_exigencia(requerimento, fila_anotada):
    autor = requerimento.atendente
    vinda = em_exigencia(requerimento)
    servicos.sincronizar(requerimento.pk, vinda)
    envio = enviar_resposta(Exigencia.objects.get().pk, texto="Segue.", autor=autor)
    _na_fila(envio)
    registrar_resposta(envio.pk, "EM_ANALISE")

    servicos.sincronizar(requerimento.pk, vinda)

    requerimento.refresh_from_db()
    assert Exigencia.objects.get().estado == SituacaoExigencia.CUMPRIDA
    assert (requerimento.etapa, requerimento.situacao_inss) == (Etapa.ACOMPANHANDO, SituacaoInss.EM_ANALISE)
    assert contagem("exigencia_cumprida") == 1


def test_consulta_que_ve_a_resposta_antes_do_recibo_conta_uma_vez_so(requerimento, fila_anotada):
    autor = requerimento.atendente
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))
    envio = enviar_resposta(Exigencia.objects.get().pk, texto="Segue.", autor=autor)
    _na_fila(envio)
    cumprida = pedida(situacao="CUMPRIDA", cumprida_em=now())
    servicos.sincronizar(requerimento.pk, tarefa(requerimento, versao=3, situacao="EM_ANALISE", exigencias=(cumprida,)))

    registrar_resposta(envio.pk, "EM_ANALISE")

    envio.refresh_from_db()
    assert envio.situacao == "recebido"
    assert contagem("exigencia_cumprida") == 1


def test_recusa_da_resposta_de_exigencia_que_o_inss_ja_encerrou_nao_trava_o_envio(requerimento, fila_anotada):
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))
    envio = enviar_resposta(Exigencia.objects.get().pk, texto="Segue.", autor=requerimento.atendente)
    _na_fila(envio)
    servicos.sincronizar(requerimento.pk, decidida(requerimento))

    registrar_recusa(envio.pk, [])

    envio.refresh_from_db()
    assert envio.situacao == "recusado"
    assert Exigencia.objects.get().estado == SituacaoExigencia.ENCERRADA


def test_prazo_que_o_inss_alongou_reabre_a_vencida(requerimento):
    ontem = localdate() - timedelta(days=40)
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento, pedida(emissao=ontem)))
    servicos.vencer_exigencias()
    assert Exigencia.objects.get().estado == SituacaoExigencia.VENCIDA
    nova = pedida(emissao=ontem, prazo=localdate() + timedelta(days=15))

    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento, nova, versao=3))

    exigencia = Exigencia.objects.get()
    assert exigencia.estado == SituacaoExigencia.ABERTA
    assert exigencia.prazo >= localdate() + timedelta(days=15)


def test_decisao_cria_o_resultado_promete_a_carta_e_avisa_uma_vez(requerimento):
    servicos.sincronizar(requerimento.pk, decidida(requerimento))
    servicos.sincronizar(requerimento.pk, decidida(requerimento))

    requerimento.refresh_from_db()
    resultado = Resultado.objects.get()
    assert requerimento.etapa == Etapa.RESULTADO
    assert (resultado.tipo, resultado.motivos) == ("indeferido", ["Renda acima do limite."])
    assert localdate() + timedelta(days=30) <= resultado.recorrer_ate < resultado.prazo_recurso
    assert "art. 580" in resultado.prazo_base
    assert Saida.objects.filter(tipo=servicos.CARTA).count() == 1
    assert assuntos(requerimento) == [Aviso.Assunto.RESULTADO]
    assert contagem("resultado") == 1


def test_deferido_nao_mostra_prazo_de_recurso(requerimento):
    servicos.sincronizar(requerimento.pk, decidida(requerimento, "deferido"))

    assert Resultado.objects.get().prazo_recurso is None


def test_concluida_sem_decisao_espera(requerimento):
    servicos.sincronizar(requerimento.pk, tarefa(requerimento, versao=4, situacao="CONCLUIDA"))

    requerimento.refresh_from_db()
    assert (requerimento.etapa, requerimento.situacao_inss) == (Etapa.ACOMPANHANDO, SituacaoInss.CONCLUIDA)


def test_decisao_encerra_a_exigencia_que_ficou_aberta(requerimento):
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))

    servicos.sincronizar(requerimento.pk, decidida(requerimento, "arquivado"))

    assert Exigencia.objects.get().estado == SituacaoExigencia.ENCERRADA


def test_decisao_trocada_toma_o_lugar_da_antiga_e_a_contagem_acompanha(requerimento):
    servicos.sincronizar(requerimento.pk, decidida(requerimento))
    autor = requerimento.atendente
    servicos.entregar_resultado(requerimento.pk, a_quem="Benedita", como="No balcão, em papel", autor=autor)

    servicos.sincronizar(requerimento.pk, decidida(requerimento, "deferido", versao=9))

    requerimento.refresh_from_db()
    resultado = Resultado.objects.get()
    assert (resultado.tipo, resultado.entregue_em, requerimento.etapa) == ("deferido", None, Etapa.RESULTADO)
    assert contagem("resultado") == 1


def test_pedido_reaberto_no_inss_volta_para_o_acompanhamento():
    requerimento = ResultadoFabrica().requerimento

    servicos.sincronizar(requerimento.pk, tarefa(requerimento, versao=9, situacao="EM_ANALISE"))

    requerimento.refresh_from_db()
    assert requerimento.etapa == Etapa.ACOMPANHANDO


def test_cancelado_no_inss_fecha_o_pedido_e_para_de_perguntar(requerimento):
    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))

    servicos.sincronizar(requerimento.pk, tarefa(requerimento, versao=3, situacao="CANCELADA"))

    requerimento.refresh_from_db()
    assert (requerimento.etapa, requerimento.proxima_consulta_em) == (Etapa.CANCELADO, None)
    assert requerimento.encerrado_em is not None
    assert Exigencia.objects.get().estado == SituacaoExigencia.ENCERRADA
    assert Aviso.Assunto.CANCELADO in assuntos(requerimento)


def test_agendamento_remarcado_fica_riscado_e_o_novo_entra_no_comprovante(requerimento):
    servicos.sincronizar(requerimento.pk, tarefa(requerimento, versao=2, agendamentos=(marcado("900"),)))
    velho = marcado("900", situacao="REMARCADO", quando=now() + timedelta(days=12))

    servicos.sincronizar(requerimento.pk, tarefa(requerimento, versao=3, agendamentos=(velho, marcado("901"))))

    situacoes = dict(requerimento.agendamentos.values_list("numero_inss", "situacao"))
    assert situacoes == {"900": "REMARCADO", "901": "AGENDADO"}
    assert assuntos(requerimento) == [Aviso.Assunto.AGENDAMENTO, Aviso.Assunto.AGENDAMENTO]
    assert Saida.objects.filter(tipo=COMPROVANTE).count() == 2


def test_exigencia_que_nasceu_e_acabou_entre_duas_consultas_fica_no_historico_sem_aviso(requerimento):
    pronta = pedida(situacao="CUMPRIDA", cumprida_em=now())

    servicos.sincronizar(requerimento.pk, tarefa(requerimento, situacao="EM_ANALISE", exigencias=(pronta,)))

    requerimento.refresh_from_db()
    assert Exigencia.objects.get().estado == SituacaoExigencia.CUMPRIDA
    assert requerimento.etapa == Etapa.ACOMPANHANDO
    assert Aviso.Assunto.EXIGENCIA not in assuntos(requerimento)


def test_quem_pediu_so_no_balcao_nao_recebe_aviso(requerimento):
    requerimento.pessoa.canal = "balcao"
    requerimento.pessoa.save()

    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento))

    assert assuntos(requerimento) == []


def test_pedido_em_preparo_nao_e_movido_pelo_inss():
    rascunho = RequerimentoFabrica()

    assert servicos.sincronizar(rascunho.pk, tarefa(rascunho, situacao="CANCELADA")) is False

    rascunho.refresh_from_db()
    assert rascunho.etapa == Etapa.PREPARO


@pytest.mark.django_db(transaction=True)
def test_duas_consultas_ao_mesmo_tempo_abrem_uma_so_exigencia(fila_anotada):
    requerimento = RequerimentoFabrica(protocolado=True)
    vinda = em_exigencia(requerimento)

    resultados = correr(lambda t: servicos.sincronizar(requerimento.pk, t), [vinda, vinda, vinda])

    assert sorted(resultados) == [False, False, True]
    assert Exigencia.objects.count() == 1
    assert Aviso.objects.count() == 1


def test_exigencia_respondida_so_volta_a_andar_pelo_envio():
    exigencia = ExigenciaFabrica(situacao=SituacaoExigencia.RESPONDENDO)
    requerimento = exigencia.requerimento

    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento, pedida(exigencia.numero_inss)))

    requerimento.refresh_from_db()
    exigencia.refresh_from_db()
    assert (exigencia.estado, requerimento.etapa) == (SituacaoExigencia.RESPONDENDO, Etapa.EXIGENCIA)


def _na_fila(envio):
    envio.situacao = "na_fila"
    envio.save(update_fields=["situacao"])
