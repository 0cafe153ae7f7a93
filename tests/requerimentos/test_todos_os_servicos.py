"""Every service that the desk asks for goes all the way, from the visit to the protocol of a (pretend) INSS."""

from __future__ import annotations

import uuid

import pytest

from act_portal.simulador_inss import catalogo as catalogo_do_inss
from requerimentos.demanda import servicos as demanda
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.consultas import servico_do, vagas_do
from requerimentos.envio import servicos as envio
from requerimentos.models import Papel, Requerimento
from requerimentos.papeis import servicos as papeis
from requerimentos.papeis.preenchimento import conteudos
from requerimentos.situacoes import Etapa
from tests.requerimentos.fabricas import AtendimentoFabrica
from tests.requerimentos.fabricas_envio import papeis_recebidos, peca_pronta, respostas_de
from tests.requerimentos.fichas_preenchidas import preencher
from tests.simulador import Simulador, cpf_novo

PEDIVEIS = [servico.codigo for servico in carregar() if servico.pedivel]


@pytest.fixture
def inss(simulador: Simulador, settings, tmp_path) -> Simulador:
    simulador.usar(settings, espera_segundos=5)
    proprio = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": proprio}
    return simulador


def abrir(codigo: str) -> Requerimento:
    """As at the desk: opened in a visit, asked, signed for by the person, papers received."""
    atendimento = AtendimentoFabrica(pessoa__cpf=cpf_novo())
    autor = atendimento.atendente
    pedido = demanda.abrir(atendimento.pk, codigo, autor=autor, codigo=uuid.uuid4())
    pedido = demanda.responder(pedido.pk, respostas_de(servico_do(pedido)), autor=autor, versao=pedido.versao)
    preencher(pedido)
    pedido = papeis.escolher_quem_assina(pedido.pk, quem="titular", autor=autor, versao=pedido.versao)
    papeis_recebidos(pedido)
    return pedido


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("codigo", PEDIVEIS)
def test_vai_da_abertura_ao_protocolo(codigo, inss, fila_na_hora):
    pedido = abrir(codigo)
    for exigida in vagas_do(pedido):
        if exigida.obrigatoria:
            peca_pronta(pedido, exigida.vaga.id)

    envio.enviar(pedido.pk, autor=pedido.atendente)

    pedido.refresh_from_db()
    [tarefa] = inss.recebidas(pedido.pessoa.cpf)
    assert (pedido.etapa, pedido.protocolo) == (Etapa.ACOMPANHANDO, tarefa["protocolo"])
    assert tarefa["pedido"]["codigoServico"] == codigo
    assert {anexo["slot"] for anexo in tarefa["anexos"]} >= {"termo_representacao", "id_interessado"}


@pytest.mark.django_db
@pytest.mark.parametrize("codigo", PEDIVEIS)
def test_os_papeis_dizem_o_nome_do_servico_e_cada_resposta_do_seu_jeito(codigo):
    pedido = abrir(codigo)

    papeis_do_pedido = conteudos(pedido, pedido.atendente)

    assert {dados["servico_nome"] for dados in papeis_do_pedido.values()} == {carregar().servico(codigo).nome}
    respostas = papeis_do_pedido[Papel.Especie.REQUERIMENTO]["respostas"]
    ditas = {r["pergunta"]: r.get("texto") for r in respostas}
    medidas = carregar().vocabulario.medidas
    assert ditas.get(medidas["tempo_contribuicao"], "20 anos") == "20 anos"
    assert ditas.get(medidas["renda_por_pessoa"], "R$ 300,00") == "R$ 300,00"
    assert ditas.get(medidas["cadunico_em"], "01/06/2026") == "01/06/2026"


@pytest.mark.parametrize("servico", [s for s in carregar() if s.modo != "regra"], ids=lambda s: s.codigo)
def test_o_inss_de_treino_conhece_o_servico_como_o_catalogo(servico):
    la = catalogo_do_inss.servicos()[servico.codigo]

    assert (la.nome, la.habilitado) == (servico.nome, servico.pedivel)
    assert (la.pat, la.sigla) == (servico.pat.codigo, servico.pat.sigla)
    assert not servico.pedivel or set(la.agendamentos) == set(servico.agendamentos)


@pytest.mark.parametrize("codigo", PEDIVEIS)
def test_tudo_o_que_o_inss_exige_o_portal_exige_antes(codigo):
    """Same boxes, and the mandatory ones are asked for here."""
    servico, la = carregar().servico(codigo), catalogo_do_inss.servicos()[codigo]

    assert {vaga.caixa for vaga in servico.vagas} <= set(catalogo_do_inss.caixas())
    sempre = {vaga.caixa for vaga in servico.vagas if vaga.quando == "sempre"}
    assert set(la.obrigatorios) <= sempre
    de_quem_representa = {v.caixa for v in servico.vagas if {"representante_legal", "procurador"} & set(v.se)}
    assert {"representacao_legal", "id_representante_legal", "id_procurador"} <= de_quem_representa | sempre


@pytest.mark.django_db
def test_regra_de_transicao_abre_o_servico_inteiro():
    pedido = abrir("aposentadoria-tc-pontos")

    assert pedido.servico_codigo == "aposentadoria-tempo-contribuicao"
    assert pedido.servico.nome == "Aposentadoria por Tempo de Contribuição"
