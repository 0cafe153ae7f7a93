"""What the desk does after the request left: exigência, deadlines, receipt, letter, delivery."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Evento
from act_portal.contagens.models import ContagemDiaria
from act_portal.emissao.models import Documento
from act_portal.erros import ErroDeDominio
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois
from act_portal.territorio.models import Feriado
from requerimentos.acompanhamento import servicos, trabalhos
from requerimentos.consulta.chaves import CONSULTA, chave_publica
from requerimentos.envio.inss import InssForaDoAr, InssRecusou
from requerimentos.envio.servicos import MONTAR
from requerimentos.models import Aviso, Envio, Peca, Resultado
from requerimentos.situacoes import Etapa, SituacaoExigencia
from tests.corridas import correr
from tests.fabricas import com_papel
from tests.requerimentos.fabricas import AgendamentoFabrica, ExigenciaFabrica, RequerimentoFabrica, ResultadoFabrica
from tests.requerimentos.fabricas_envio import peca_pronta
from tests.requerimentos.tarefas_do_inss import em_exigencia, pedida

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 carta de teste"


@pytest.fixture
def exigencia():
    return ExigenciaFabrica()


@pytest.fixture
def autor(exigencia):
    return exigencia.requerimento.atendente


# --- Exigência ----------------------------------------------------------------------------------------------------
def test_prazo_que_cai_no_feriado_da_cidade_passa_para_o_dia_seguinte():
    requerimento = RequerimentoFabrica(protocolado=True)
    dia = _quarta_feira(localdate() + timedelta(days=21))
    Feriado.objects.create(municipio=requerimento.municipio, data=dia, nome="Aniversário da cidade")

    servicos.sincronizar(requerimento.pk, em_exigencia(requerimento, pedida(prazo=dia)))

    exigencia = requerimento.exigencias.get()
    assert exigencia.prazo == dia + timedelta(days=1)
    assert exigencia.prazo_inss == dia


def test_ciencia_recalcula_o_prazo_e_fica_na_trilha(exigencia, autor):
    em = exigencia.emitida_em + timedelta(days=1)

    mudada = servicos.dar_ciencia(exigencia.pk, em, autor=autor)

    assert (mudada.ciencia_em, mudada.ciencia_presumida) == (em, False)
    assert mudada.prazo >= em + timedelta(days=30)
    assert Evento.objects.filter(acao="exigencia.ciencia", autor=autor).count() == 1


@pytest.mark.parametrize("dias", [-1, 60])
def test_ciencia_fora_do_tempo_e_recusada_com_as_datas(exigencia, autor, dias):
    em = exigencia.emitida_em + timedelta(days=dias)

    with pytest.raises(ErroDeDominio, match="quando o INSS pediu, e hoje"):
        servicos.dar_ciencia(exigencia.pk, em, autor=autor)


def test_mais_prazo_se_pede_uma_vez_e_nao_muda_a_data(exigencia, autor):
    pedida_ = servicos.pedir_prorrogacao(exigencia.pk, motivo="O cartório pediu dez dias.", autor=autor)

    assert pedida_.prorrogada_em is not None
    assert pedida_.prazo == exigencia.prazo
    with pytest.raises(ErroDeDominio, match="uma vez"):
        servicos.pedir_prorrogacao(exigencia.pk, motivo="De novo.", autor=autor)


def test_mais_prazo_depois_do_fim_e_recusado():
    vencida = ExigenciaFabrica(prazo=localdate() - timedelta(days=2))

    with pytest.raises(ErroDeDominio, match="já acabou"):
        servicos.pedir_prorrogacao(vencida.pk, motivo="Atrasou.", autor=vencida.requerimento.atendente)


def test_resposta_sem_texto_nem_documento_e_recusada(exigencia, autor):
    with pytest.raises(ErroDeDominio, match="Escreva uma resposta"):
        servicos.responder(exigencia.pk, texto="  ", autor=autor)

    assert not Envio.objects.exists()


def test_dois_cliques_mandam_uma_resposta_so(exigencia, autor, fila_anotada):
    primeiro = servicos.responder(exigencia.pk, texto="Segue a certidão.", autor=autor)
    segundo = servicos.responder(exigencia.pk, texto="Segue a certidão.", autor=autor)

    exigencia.refresh_from_db()
    assert primeiro.pk == segundo.pk
    assert exigencia.estado == SituacaoExigencia.RESPONDENDO
    assert Saida.objects.filter(tipo=MONTAR).count() == 1


def test_declarar_que_nao_ha_documentos_vai_escrito_na_resposta(exigencia, autor, fila_anotada):
    servicos.declarar_sem_documentos(exigencia.pk, autor=autor, texto="O cartório pegou fogo.")

    exigencia.refresh_from_db()
    assert exigencia.resposta == f"{servicos.SEM_DOCUMENTOS} O cartório pegou fogo."


def test_exigencia_ja_cumprida_nao_recebe_resposta():
    feita = ExigenciaFabrica(situacao=SituacaoExigencia.CUMPRIDA, encerrada_em=now())

    with pytest.raises(ErroDeDominio, match="Cumprida"):
        servicos.responder(feita.pk, texto="Segue.", autor=feita.requerimento.atendente)


@pytest.mark.parametrize("verbo", ["dar_ciencia", "pedir_prorrogacao", "responder", "declarar_sem_documentos"])
def test_quem_nao_e_do_balcao_nao_mexe_na_exigencia(exigencia, verbo):
    analista = com_papel("analista_inss", exigencia.requerimento.municipio.unidade)
    argumentos = {
        "dar_ciencia": {"em": localdate()},
        "pedir_prorrogacao": {"motivo": "x"},
        "responder": {"texto": "x"},
        "declarar_sem_documentos": {},
    }[verbo]

    with pytest.raises(PermissionDenied):
        getattr(servicos, verbo)(exigencia.pk, autor=analista, **argumentos)


# --- Deadlines, once a day ----------------------------------------------------------------------------------------
def test_exigencia_passada_vence_uma_vez_com_contagem_e_aviso():
    exigencia = ExigenciaFabrica(prazo=localdate() - timedelta(days=2))

    assert [servicos.vencer_exigencias(), servicos.vencer_exigencias()] == [1, 0]

    exigencia.refresh_from_db()
    assert exigencia.estado == SituacaoExigencia.VENCIDA
    assert ContagemDiaria.objects.get(fato="exigencia_vencida").quantidade == 1
    assert Aviso.objects.get().assunto == Aviso.Assunto.VENCIDA


def test_no_ultimo_dia_a_exigencia_ainda_vale():
    exigencia = ExigenciaFabrica()
    exigencia.prazo = localdate(timezone=exigencia.requerimento.municipio.fuso)
    exigencia.save(update_fields=["prazo"])

    assert servicos.vencer_exigencias() == 0


@pytest.mark.parametrize(("dias", "avisos"), [(15, 0), (10, 1), (7, 1), (2, 1), (0, 1)])
def test_lembrete_sai_no_marco_e_uma_vez_so(dias, avisos):
    exigencia = ExigenciaFabrica()
    exigencia.prazo = localdate(timezone=exigencia.requerimento.municipio.fuso) + timedelta(days=dias)
    exigencia.save(update_fields=["prazo"])

    assert servicos.lembrar_prazos() == avisos
    assert servicos.lembrar_prazos() == 0

    assert Aviso.objects.filter(assunto=Aviso.Assunto.PRAZO).count() == avisos


def test_dia_seguinte_no_mesmo_marco_nao_repete_o_lembrete(monkeypatch):
    ExigenciaFabrica(prazo=localdate() + timedelta(days=10))
    servicos.lembrar_prazos()

    amanha = localdate() + timedelta(days=1)
    monkeypatch.setattr("requerimentos.acompanhamento.servicos.prazos.hoje_em", lambda municipio: amanha)

    assert servicos.lembrar_prazos() == 0


def test_exigencia_que_chegou_hoje_nao_e_lembrada_hoje():
    ExigenciaFabrica(prazo=localdate() + timedelta(days=4), criado_em=now())

    assert servicos.lembrar_prazos() == 0


# --- Receipt ------------------------------------------------------------------------------------------------------
def test_comprovante_diz_protocolo_chave_e_nunca_o_cpf(fila_anotada):
    requerimento = AgendamentoFabrica().requerimento

    documento = servicos.guardar_comprovante(requerimento.pk)

    dados = documento.dados
    assert dados["protocolo_inss"] == requerimento.protocolo
    assert dados["chave_acesso"] == chave_publica(requerimento.segredo, CONSULTA)
    assert [a["tipo"] for a in dados["agendamentos"]] == ["Perícia médica"]
    assert requerimento.pessoa.cpf not in str(dados)
    assert dados["ponto_horario"] == "segunda a sexta, das 8h às 17h"


def test_comprovante_igual_nao_e_feito_de_novo_e_o_que_mudou_substitui(fila_anotada):
    requerimento = RequerimentoFabrica(protocolado=True)
    primeiro = servicos.guardar_comprovante(requerimento.pk)
    repetido = servicos.guardar_comprovante(requerimento.pk)
    AgendamentoFabrica(requerimento=requerimento)

    novo = servicos.guardar_comprovante(requerimento.pk)

    primeiro.refresh_from_db()
    assert repetido.pk == primeiro.pk
    assert novo.pk != primeiro.pk
    assert (primeiro.situacao, primeiro.substituido_por_id) == ("substituido", novo.pk)
    assert requerimento.comprovantes.count() == 2


def test_comprovante_conta_por_vaga_e_natureza_o_que_foi_enviado(fila_anotada):
    requerimento = RequerimentoFabrica(protocolado=True, servico_codigo="bpc-idoso")
    peca_pronta(requerimento, "gasto_saude", natureza="simples", paginas=2)
    peca_pronta(requerimento, "gasto_saude", natureza="simples")
    peca_pronta(requerimento, "documento_identidade", paginas=2)
    tirada = peca_pronta(requerimento, "documento_identidade")
    Peca.objects.filter(pk=tirada.pk).update(removida_em=now())

    dados = servicos.guardar_comprovante(requerimento.pk).dados

    assert [(e["natureza"], e["documentos"], e["paginas"]) for e in dados["enviados"]] == [
        ("Original", 1, 2),
        ("Cópia simples", 2, 3),
    ]
    assert dados["enviados"][0]["nome"] == "Documento com foto e CPF da pessoa"
    assert (dados["total_documentos"], dados["total_paginas"]) == (3, 5)


def test_comprovante_so_com_protocolo():
    assert servicos.guardar_comprovante(RequerimentoFabrica().pk) is None


def test_chave_trocada_da_um_comprovante_com_outra_chave(fila_anotada):
    requerimento = RequerimentoFabrica(protocolado=True)
    velha = servicos.guardar_comprovante(requerimento.pk).dados["chave_acesso"]

    servicos.trocar_chave(requerimento.pk, autor=requerimento.atendente)
    nova = servicos.guardar_comprovante(requerimento.pk).dados["chave_acesso"]

    assert nova != velha
    assert Saida.objects.filter(tipo="requerimentos.comprovante").count() == 1


# --- Letter -------------------------------------------------------------------------------------------------------
class CanalDaCarta:
    def __init__(self, erro=None):
        self.erro, self.chamadas = erro, 0

    def carta(self, protocolo):
        self.chamadas += 1
        if self.erro:
            raise self.erro
        return PDF


@pytest.fixture
def canal(monkeypatch):
    falso = CanalDaCarta()
    monkeypatch.setattr(trabalhos, "inss", lambda: falso)
    return falso


def test_carta_e_guardada_uma_vez_so(canal):
    resultado = ResultadoFabrica()
    saida = Saida(tipo=servicos.CARTA, carga={"resultado": resultado.pk})

    trabalhos.carta(saida)
    trabalhos.carta(saida)

    resultado.refresh_from_db()
    with resultado.carta.open("rb") as guardada:
        assert guardada.read() == PDF
    assert canal.chamadas == 1


def test_segunda_carta_da_mesma_decisao_nao_deixa_arquivo_para_tras(canal):
    resultado = ResultadoFabrica()
    antes = set(_guardados())
    trabalhos.carta(Saida(tipo=servicos.CARTA, carga={"resultado": resultado.pk}))
    nome = default_storage.save("carta-de-teste", _arquivo())

    assert not servicos.guardar_carta(resultado.pk, recebido_em=resultado.recebido_em, nome=nome, sha256="0" * 64)

    default_storage.delete(nome)
    assert len(set(_guardados()) - antes) == 1


def test_carta_de_decisao_que_mudou_nao_e_guardada():
    resultado = ResultadoFabrica()

    guardada = servicos.guardar_carta(
        resultado.pk, recebido_em=resultado.recebido_em - timedelta(hours=1), nome="x", sha256="0" * 64
    )

    assert guardada is False


@pytest.mark.parametrize("erro", [InssForaDoAr("Caiu.", timedelta(minutes=3)), InssRecusou([])])
def test_sem_carta_agora_tenta_depois(canal, erro):
    canal.erro = erro

    with pytest.raises(TentarDepois):
        trabalhos.carta(Saida(tipo=servicos.CARTA, carga={"resultado": ResultadoFabrica().pk}))


# --- Delivery of the result ---------------------------------------------------------------------------------------
def test_resultado_entregue_tem_quem_quando_prazo_e_prova(fila_anotada):
    resultado = ResultadoFabrica()
    requerimento = resultado.requerimento

    servicos.entregar_resultado(requerimento.pk, a_quem="Benedita", como="No balcão", autor=requerimento.atendente)

    resultado.refresh_from_db()
    requerimento.refresh_from_db()
    assert (requerimento.etapa, requerimento.proxima_consulta_em) == (Etapa.ENTREGUE, None)
    assert (resultado.entregue_a, resultado.entregue_por) == ("Benedita", requerimento.atendente)
    assert resultado.ciencia_em == localdate(timezone=requerimento.municipio.fuso)
    assert resultado.prazo_recurso >= resultado.ciencia_em + timedelta(days=30)
    assert resultado.prova.dados["recurso_ate"] == resultado.recorrer_ate.isoformat()


def test_entregue_muito_depois_vale_a_ciencia_presumida(fila_anotada):
    resultado = ResultadoFabrica(decidido_em=date(2026, 3, 2))

    servicos.entregar_resultado(
        resultado.requerimento_id, a_quem="Benedita", como="", autor=resultado.requerimento.atendente
    )

    resultado.refresh_from_db()
    assert (resultado.ciencia_em, resultado.prazo_recurso) == (date(2026, 3, 7), date(2026, 4, 6))
    # The person is told the shorter count, and that it may be longer.
    dados = resultado.prova.dados
    assert (dados["recurso_ate"], dados["recurso_talvez_ate"]) == ("2026-04-01", "2026-04-06")
    assert resultado.recorrer_ate == date(2026, 4, 1)


@pytest.mark.django_db(transaction=True)
def test_dois_cliques_ao_mesmo_tempo_entregam_uma_vez(fila_anotada):
    requerimento = ResultadoFabrica().requerimento
    autor = requerimento.atendente

    fins = correr(
        lambda nome: servicos.entregar_resultado(requerimento.pk, a_quem=nome, como="", autor=autor), ["Ana", "Bia"]
    )

    assert [type(fim) for fim in fins] == [Resultado, Resultado]
    assert Documento.objects.filter(modelo="termo-entrega").count() == 1
    assert Evento.objects.filter(acao="resultado.entregue").count() == 1
    assert ContagemDiaria.objects.get(fato="entregue").quantidade == 1


def test_sem_decisao_nada_se_entrega():
    requerimento = RequerimentoFabrica(protocolado=True)

    with pytest.raises(ErroDeDominio, match="ainda não decidiu"):
        servicos.entregar_resultado(requerimento.pk, a_quem="Ana", como="", autor=requerimento.atendente)


def test_sem_nome_de_quem_recebeu_nada_se_entrega():
    requerimento = ResultadoFabrica().requerimento

    with pytest.raises(ErroDeDominio, match="nome de quem recebeu"):
        servicos.entregar_resultado(requerimento.pk, a_quem=" ", como="", autor=requerimento.atendente)


def _quarta_feira(dia: date) -> date:
    return dia + timedelta(days=(2 - dia.weekday()) % 7)


def _guardados() -> list[str]:
    pastas, arquivos = default_storage.listdir("") if default_storage.exists("") else ([], [])
    achados = list(arquivos)
    while pastas:
        pasta = pastas.pop()
        dentro, nomes = default_storage.listdir(pasta)
        pastas += [f"{pasta}/{p}" for p in dentro]
        achados += [f"{pasta}/{n}" for n in nomes]
    return achados


def _arquivo() -> ContentFile:
    return ContentFile(PDF)
