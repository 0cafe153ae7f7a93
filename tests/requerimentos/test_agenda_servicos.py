"""Booking at a real (pretend) INSS: one hour for one person, once, and never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from act_portal.auditoria.models import Evento
from act_portal.emissao.situacoes import Situacao as SituacaoDoPapel
from act_portal.erros import ErroDeDominio
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from requerimentos.acompanhamento import ronda
from requerimentos.acompanhamento.servicos import sincronizar
from requerimentos.agenda import consultas, servicos
from requerimentos.envio.inss import inss as canal_do_inss
from requerimentos.models import Agendamento, Aviso, Marcacao
from requerimentos.situacoes import Etapa, SituacaoMarcacao
from tests.corridas import correr
from tests.fabricas import com_papel
from tests.requerimentos.agenda import (
    AVALIACAO,
    PERICIA,
    cidades,
    escolha,
    marcado,
    marcar,
    pedido_no_inss,
    trabalhar,
)
from tests.requerimentos.fabricas import AgendamentoFabrica
from tests.simulador import Simulador

pytestmark = pytest.mark.django_db(transaction=True)
S = Agendamento.Situacao
FALHAS = ["derrubar_antes", "derrubar_depois", "erro_500", "pedido_repetido", "resposta_duplicada", "pagina_html"]


@pytest.fixture
def inss(simulador: Simulador, settings) -> Simulador:
    simulador.usar(settings, espera_segundos=5)
    cidades()
    return simulador


@pytest.fixture
def pedido(inss):
    return pedido_no_inss(inss)


def no_inss(inss: Simulador, pedido) -> list[tuple[str, str]]:
    return [(a["tipo"], a["situacao"]) for a in inss.tarefa(pedido.protocolo)["agendamentos"]]


def sincronizado(pedido) -> None:
    pedido.refresh_from_db()
    sincronizar(pedido.pk, canal_do_inss().consultar(pedido.protocolo))


# --- Free hours ---------------------------------------------------------------------------------------------------
def test_as_unidades_vem_da_mais_perto_a_mais_longe_com_a_distancia(pedido):
    ofertas = consultas.ofertas(pedido, PERICIA)

    conhecidas = [(o.unidade.municipio, o.km) for o in ofertas if o.km is not None]
    assert conhecidas == [("3137601", 29), ("3106705", 32), ("3167202", 61)]
    assert all(vaga.quando > now() for oferta in ofertas for vaga in oferta.vagas)


def test_uma_vaga_marcada_sai_da_lista(inss, pedido):
    qual = escolha(pedido)

    marcar(pedido, qual)
    trabalhar()

    assert qual.vaga not in {vaga.id for oferta in consultas.ofertas(pedido, PERICIA) for vaga in oferta.vagas}


# --- Booking ------------------------------------------------------------------------------------------------------
def test_marcar_as_duas_etapas_do_bpc(inss, pedido):
    marcado(pedido, PERICIA)
    marcado(pedido, AVALIACAO)

    assert no_inss(inss, pedido) == [("PERICIA_MEDICA", "AGENDADO"), ("AVALIACAO_SOCIAL", "AGENDADO")]
    assert set(pedido.avisos.values_list("assunto", flat=True)) == {Aviso.Assunto.AGENDAMENTO}
    acoes = list(Evento.objects.filter(acao__startswith="agenda.").values_list("acao", flat=True))
    assert sorted(acoes) == ["agenda.marcar", "agenda.marcar", "agenda.marcar_feito", "agenda.marcar_feito"]


@pytest.mark.parametrize("falha", FALHAS)
def test_falha_no_meio_marca_uma_vez_so(inss, pedido, falha):
    qual = escolha(pedido)
    inss.falha(falha, operacao="marcar")

    marcacao = marcar(pedido, qual)
    trabalhar(2)

    marcacao.refresh_from_db()
    assert marcacao.estado == SituacaoMarcacao.FEITA
    assert no_inss(inss, pedido) == [("PERICIA_MEDICA", "AGENDADO")]
    assert pedido.agendamentos.get().quando == qual.quando


def test_inss_fora_do_ar_fica_na_fila_e_depois_marca(inss, pedido):
    qual = escolha(pedido)
    inss.falha("manutencao", operacao="marcar", vezes=3)

    marcacao = marcar(pedido, qual, transporte=True)
    trabalhar(3)
    marcacao.refresh_from_db()
    assert (marcacao.estado, marcacao.falha) == (SituacaoMarcacao.NA_FILA, "O INSS está em manutenção.")
    assert Saida.objects.get(tipo=servicos.MARCAR).estado == "pendente"

    trabalhar()

    marcacao.refresh_from_db()
    assert marcacao.estado == SituacaoMarcacao.FEITA
    assert pedido.agendamentos.get().transporte


def test_segundo_clique_acha_o_que_ja_anda(inss, pedido):
    qual = escolha(pedido)

    primeira, segunda = marcar(pedido, qual), marcar(pedido, escolha(pedido, n=1))

    assert primeira == segunda


def test_o_que_ja_tem_data_nao_se_marca_de_novo(inss, pedido):
    marcado(pedido)

    with pytest.raises(ErroDeDominio, match="já marcou perícia médica"):
        marcar(pedido, escolha(pedido))


def test_quem_so_le_nao_marca(inss, pedido):
    qual = escolha(pedido)

    de_outra_cidade = com_papel("atendente", pedido_no_inss(inss).municipio)

    with pytest.raises(PermissionDenied):
        servicos.pedir_marcacao(pedido.pk, qual, acompanhante=False, transporte=False, autor=de_outra_cidade)


def test_pedido_decidido_nao_marca_mais(inss, pedido):
    qual = escolha(pedido)
    type(pedido).objects.filter(pk=pedido.pk).update(etapa=Etapa.RESULTADO)

    with pytest.raises(ErroDeDominio, match="não há o que marcar"):
        marcar(pedido, qual)


# --- The last hour ------------------------------------------------------------------------------------------------
def test_dois_atendentes_na_mesma_vaga_um_leva_e_ao_outro_se_oferece_a_seguinte(inss):
    pedidos = [pedido_no_inss(inss), pedido_no_inss(inss)]
    qual, seguinte = escolha(pedidos[0]), escolha(pedidos[0], n=1)

    def marca(pedido):
        marcacao = marcar(pedido, qual)
        saidas.executar(Saida.objects.get(chave=servicos.chave_do_trabalho(marcacao)).pk)

    erros = [fim for fim in correr(marca, pedidos) if isinstance(fim, Exception)]
    trabalhar()

    assert erros == []
    feita = Marcacao.objects.get(situacao=SituacaoMarcacao.FEITA)
    recusada = Marcacao.objects.get(situacao=SituacaoMarcacao.RECUSADA)
    assert [m["codigo"] for m in recusada.motivos] == ["vaga_tomada"]
    assert recusada.oferta["vaga"] == seguinte.vaga
    assert feita.requerimento.agendamentos.get().quando == qual.quando
    assert not recusada.requerimento.agendamentos.exists()


def test_dois_atendentes_no_mesmo_pedido_marcam_uma_vez(inss, pedido):
    escolhas = [escolha(pedido), escolha(pedido, n=1)]

    fins = correr(lambda qual: marcar(pedido, qual), escolhas)
    trabalhar()

    assert [fim for fim in fins if isinstance(fim, Exception)] == []
    assert Marcacao.objects.count() == 1
    assert no_inss(inss, pedido) == [("PERICIA_MEDICA", "AGENDADO")]


def test_sem_resposta_do_inss_a_recusa_vem_sem_oferta(inss, pedido):
    qual = escolha(pedido)
    marcado(pedido_no_inss(inss))
    inss.falha("erro_500", operacao="vagas", vezes=9)

    marcacao = marcar(pedido, qual)
    trabalhar()

    marcacao.refresh_from_db()
    assert (marcacao.estado, marcacao.oferta) == (SituacaoMarcacao.RECUSADA, {})


# --- Rescheduling and giving up -----------------------------------------------------------------------------------
def remarcar(agendamento, qual):
    autor = agendamento.requerimento.atendente
    return servicos.pedir_remarcacao(agendamento.pk, qual, acompanhante=False, transporte=True, autor=autor)


def test_remarcar_uma_vez_so(inss, pedido):
    antigo = marcado(pedido)
    qual = escolha(pedido)

    remarcar(antigo, qual)
    trabalhar()

    antigo.refresh_from_db()
    novo = pedido.agendamentos.valendo().get()
    assert (antigo.situacao, novo.quando, novo.remarcacao, novo.transporte) == (S.REMARCADO, qual.quando, True, True)
    with pytest.raises(ErroDeDominio, match="Já foi remarcada uma vez"):
        remarcar(novo, escolha(pedido))


@pytest.mark.parametrize("falha", ["derrubar_depois", "pedido_repetido"])
def test_remarcar_com_a_resposta_perdida_remarca_uma_vez(inss, pedido, falha):
    antigo = marcado(pedido)
    inss.falha(falha, operacao="remarcar")

    remarcar(antigo, escolha(pedido))
    trabalhar(2)

    assert no_inss(inss, pedido) == [("PERICIA_MEDICA", "REMARCADO"), ("PERICIA_MEDICA", "AGENDADO")]


def test_remarcar_numa_vaga_perdida_deixa_a_data_antiga_valendo(inss, pedido):
    antigo = marcado(pedido)
    disputada = escolha(pedido)
    marcado(pedido_no_inss(inss))

    remarcar(antigo, disputada)
    trabalhar()

    antigo.refresh_from_db()
    assert antigo.vale
    assert Marcacao.objects.get(ato="remarcar").oferta["vaga"]


def test_o_papel_da_data_antiga_perde_o_valor_com_a_remarcacao(inss, pedido):
    antigo = marcado(pedido)
    trabalhar(tipo=servicos.COMPROVANTE)
    antigo.refresh_from_db()

    remarcar(antigo, escolha(pedido))
    trabalhar()

    antigo.comprovante.refresh_from_db()
    assert antigo.comprovante.situacao == SituacaoDoPapel.REVOGADO
    trabalhar(tipo=servicos.COMPROVANTE)
    novo = pedido.agendamentos.valendo().get()
    assert novo.comprovante_id != antigo.comprovante_id
    assert novo.comprovante.situacao == SituacaoDoPapel.PEDIDO


def test_resposta_velha_nao_faz_a_data_remarcada_valer_de_novo(inss, pedido):
    antigo = marcado(pedido)
    velha = canal_do_inss().consultar(pedido.protocolo)
    remarcar(antigo, escolha(pedido))
    trabalhar()

    sincronizar(pedido.pk, velha)

    antigo.refresh_from_db()
    assert antigo.situacao == S.REMARCADO


def test_desmarcar_pede_o_motivo_e_libera_para_marcar_outra(inss, pedido):
    antigo = marcado(pedido)
    with pytest.raises(ErroDeDominio, match="por que"):
        servicos.pedir_desmarcacao(antigo.pk, motivo=" ", autor=pedido.atendente)

    servicos.pedir_desmarcacao(antigo.pk, motivo="Vai viajar.", autor=pedido.atendente)
    trabalhar()

    assert no_inss(inss, pedido) == [("PERICIA_MEDICA", "CANCELADO")]
    assert servicos.por_marcar(pedido) == [PERICIA, AVALIACAO]
    assert not pedido.avisos.filter(assunto=Aviso.Assunto.DESMARCADO).exists()


# --- What changes at INSS -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("situacao", "assunto"),
    [("FALTOU", Aviso.Assunto.FALTA), ("CANCELADO", Aviso.Assunto.DESMARCADO), ("CUMPRIDO", None)],
)
def test_o_que_o_inss_registra_chega_pela_consulta(inss, pedido, situacao, assunto):
    agendamento = marcado(pedido)
    trabalhar(tipo=servicos.COMPROVANTE)
    inss.registrar(pedido.protocolo, agendamento.numero_inss, situacao)

    assert ronda.consultar(pedido.pk) is True

    agendamento.refresh_from_db()
    assert agendamento.situacao == situacao
    assert agendamento.comprovante.situacao == (SituacaoDoPapel.PEDIDO if assunto is None else SituacaoDoPapel.REVOGADO)
    novos = set(pedido.avisos.values_list("assunto", flat=True)) - {Aviso.Assunto.AGENDAMENTO}
    assert novos == ({assunto} if assunto else set())


def test_quem_faltou_remarca_dentro_do_prazo(inss, pedido):
    agendamento = marcado(pedido)
    inss.registrar(pedido.protocolo, agendamento.numero_inss, "FALTOU")
    sincronizado(pedido)

    assert servicos.por_marcar(pedido) == [AVALIACAO]
    remarcar(agendamento, escolha(pedido))
    trabalhar()

    assert no_inss(inss, pedido) == [("PERICIA_MEDICA", "REMARCADO"), ("PERICIA_MEDICA", "AGENDADO")]


# --- Reminders ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("dias", "lembra"), [(8, False), (7, True), (3, True), (1, True)])
def test_lembretes_nos_dias_da_norma(dias, lembra):
    agendamento = AgendamentoFabrica(quando=now() + timedelta(days=dias))

    assert servicos.lembrar() == int(lembra)
    assert servicos.lembrar() == 0
    assert agendamento.requerimento.avisos.filter(assunto=Aviso.Assunto.LEMBRETE).exists() == lembra


@pytest.mark.parametrize("situacao", [S.REMARCADO, S.CANCELADO, S.FALTOU, S.CUMPRIDO])
def test_so_o_que_vale_e_lembrado(situacao):
    AgendamentoFabrica(quando=now() + timedelta(days=2), situacao=situacao)

    assert servicos.lembrar() == 0


def test_data_que_o_inss_poe_no_lugar_da_pedida_guarda_como_a_pessoa_vai(inss, pedido):
    qual = escolha(pedido)
    inss.falha("manutencao", operacao="marcar", vezes=3)
    marcar(pedido, qual, transporte=True, acompanhante=True)
    trabalhar()

    inss.agendar(pedido.protocolo, "PERICIA_MEDICA", (now() + timedelta(days=20)).isoformat())
    sincronizar(pedido.pk, canal_do_inss().consultar(pedido.protocolo))

    data = pedido.agendamentos.get()
    assert data.quando != qual.quando
    assert (data.transporte, data.acompanhante) == (True, True)
