"""What INSS says becomes the state of the request, once, and what the desk answers. Never backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import contar
from act_portal.saidas.servicos import prometer
from act_portal.territorio.consultas import calendario_de, hoje_em
from requerimentos.acompanhamento import regras
from requerimentos.acompanhamento.servicos.exigencias import atualizar, encerrar_abertas, receber
from requerimentos.agenda.servicos import receber as receber_agendamentos
from requerimentos.avisos.servicos import avisar
from requerimentos.envio.inss import DecisaoInss, Tarefa
from requerimentos.mandato.consultas import fim_do_mandato
from requerimentos.models import Aviso, Exigencia, Requerimento, Resultado
from requerimentos.servicos import mover, travar
from requerimentos.situacoes import Etapa, SituacaoExigencia, SituacaoInss, TipoResultado

if TYPE_CHECKING:
    from datetime import date

CARTA = "requerimentos.carta"
COM_O_INSS = frozenset({Etapa.ACOMPANHANDO, Etapa.EXIGENCIA, Etapa.RESULTADO, Etapa.ENTREGUE})
PENDENTES = frozenset({SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA, SituacaoExigencia.RESPONDENDO})


@transaction.atomic
def sincronizar(requerimento_id: int, tarefa: Tarefa) -> bool:
    """Apply one answer of INSS. The same answer twice changes nothing; an older one is thrown away.

    Returns whether anything changed.
    """
    requerimento = travar(requerimento_id)
    if tarefa.protocolo != requerimento.protocolo or tarefa.versao < requerimento.inss_versao:
        return False
    if requerimento.estado not in COM_O_INSS or fim_do_mandato(requerimento):
        return False
    antes = _retrato(requerimento)
    receber_agendamentos(requerimento, tarefa)
    exigencias = _exigencias(requerimento, tarefa)
    _situacao(requerimento, tarefa, exigencias)
    _etapa(requerimento, tarefa, exigencias)
    requerimento.inss_versao = tarefa.versao
    requerimento.inss_visto_em = now()
    requerimento.inss_falha = ""
    requerimento.unidade_analise = tarefa.unidade[:120]
    requerimento.save(update_fields=["inss_versao", "inss_visto_em", "inss_falha", "unidade_analise"])
    return antes != _retrato(requerimento)


def _retrato(requerimento: Requerimento) -> tuple[Any, ...]:
    return (
        requerimento.etapa,
        requerimento.situacao_inss,
        tuple(requerimento.exigencias.order_by("pk").values_list("pk", "situacao", "prazo")),
        tuple(requerimento.agendamentos.order_by("pk").values_list("pk", "situacao", "quando")),
        tuple(Resultado.objects.filter(requerimento=requerimento).values_list("tipo", "decidido_em", "motivos")),
    )


# --- Situation and stage ------------------------------------------------------------------------------------------
def _situacao(requerimento: Requerimento, tarefa: Tarefa, exigencias: list[Exigencia]) -> None:
    situacao = SituacaoInss(tarefa.situacao)
    pedidas = {e.id for e in tarefa.exigencias if e.situacao == "ABERTA"}
    if situacao == SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA and pedidas:
        vivas = {e.numero_inss for e in exigencias if e.estado in PENDENTES}
        if not pedidas & vivas:
            # The answer was on its way while INSS was asked: it took what INSS still showed as open.
            return
    if situacao == requerimento.situacao_inss:
        return
    origem = requerimento.situacao_inss
    requerimento.situacao_inss = situacao
    requerimento.situacao_desde = tarefa.atualizada_em
    requerimento.save(update_fields=["situacao_inss", "situacao_desde"])
    registrar(
        "inss.situacao", municipio=requerimento.municipio, autor=None, alvo=requerimento, de=origem, para=situacao
    )
    if situacao == SituacaoInss.EM_ANALISE and origem == SituacaoInss.PENDENTE:
        avisar(requerimento, Aviso.Assunto.ANALISE, chave=f"analise:{requerimento.pk}")


def _etapa(requerimento: Requerimento, tarefa: Tarefa, exigencias: list[Exigencia]) -> None:
    if tarefa.situacao == SituacaoInss.CANCELADA:
        _cancelar(requerimento, exigencias)
    elif tarefa.situacao == SituacaoInss.CONCLUIDA:
        if tarefa.decisao is not None:
            encerrar_abertas(requerimento, exigencias)
            _decidir(requerimento, tarefa, tarefa.decisao)
    else:
        _seguir(requerimento, exigencias)


def _cancelar(requerimento: Requerimento, exigencias: list[Exigencia]) -> None:
    if not requerimento.estado.pode_ir_para(Etapa.CANCELADO):
        return
    encerrar_abertas(requerimento, exigencias)
    mover(
        requerimento,
        Etapa.CANCELADO,
        acao="requerimento.cancelado_no_inss",
        autor=None,
        motivo="O INSS cancelou este pedido.",
        encerrado_em=now(),
        proxima_consulta_em=None,
    )
    contar("cancelado", balcao=requerimento.balcao, dia=hoje_em(requerimento.municipio))
    avisar(requerimento, Aviso.Assunto.CANCELADO, chave=f"cancelado:{requerimento.pk}")


def _seguir(requerimento: Requerimento, exigencias: list[Exigencia]) -> None:
    """Between analysis and exigência, and back from a decision that INSS took back."""
    if requerimento.estado in {Etapa.RESULTADO, Etapa.ENTREGUE}:
        mover(
            requerimento, Etapa.ACOMPANHANDO, acao="requerimento.reaberto_no_inss", autor=None, encerrado_em=None
        )  # fmt: skip
    pendentes = [e for e in exigencias if e.estado in PENDENTES]
    if requerimento.estado == Etapa.ACOMPANHANDO and pendentes:
        mover(requerimento, Etapa.EXIGENCIA, acao="requerimento.em_exigencia", autor=None)
    elif requerimento.estado == Etapa.EXIGENCIA and not pendentes:
        mover(requerimento, Etapa.ACOMPANHANDO, acao="requerimento.exigencia_cumprida", autor=None)


# --- Exigências ---------------------------------------------------------------------------------------------------
def _exigencias(requerimento: Requerimento, tarefa: Tarefa) -> list[Exigencia]:
    locais = {e.numero_inss: e for e in requerimento.exigencias.select_for_update().order_by("pk")}
    if not tarefa.exigencias:
        return list(locais.values())
    calendario = calendario_de(requerimento.municipio)
    for vinda in tarefa.exigencias:
        if (local := locais.get(vinda.id)) is None:
            locais[vinda.id] = receber(requerimento, vinda, calendario)
        else:
            atualizar(requerimento, local, vinda, calendario)
    return list(locais.values())


# --- Decision -----------------------------------------------------------------------------------------------------
def _decidir(requerimento: Requerimento, tarefa: Tarefa, decisao: DecisaoInss) -> None:
    """Keep the decision and leave it on the desk to be handed over. A changed decision takes the place of the old."""
    atual = Resultado.objects.select_for_update().filter(requerimento=requerimento).first()
    if atual is not None and _mesma(atual, decisao):
        if requerimento.estado in {Etapa.ACOMPANHANDO, Etapa.EXIGENCIA}:
            mover(requerimento, Etapa.RESULTADO, acao="requerimento.decidido", autor=None)
        return
    if requerimento.estado == Etapa.ENTREGUE:
        mover(requerimento, Etapa.ACOMPANHANDO, acao="requerimento.reaberto_no_inss", autor=None, encerrado_em=None)
    resultado = _guardar_decisao(requerimento, atual, decisao)
    dados = {"resultado": resultado.tipo, "versao_inss": tarefa.versao}
    registrar("resultado.recebido", municipio=requerimento.municipio, autor=None, alvo=requerimento, **dados)
    if requerimento.estado != Etapa.RESULTADO:
        mover(requerimento, Etapa.RESULTADO, acao="requerimento.decidido", autor=None)
    contar("resultado", balcao=requerimento.balcao, dia=hoje_em(requerimento.municipio), chave=resultado.tipo)
    avisar(requerimento, Aviso.Assunto.RESULTADO, chave=f"resultado:{resultado.pk}:{tarefa.versao}")
    prometer(CARTA, chave=f"{CARTA}:{resultado.pk}:{tarefa.versao}", resultado=resultado.pk)


def _mesma(resultado: Resultado, decisao: DecisaoInss) -> bool:
    return (
        resultado.tipo == decisao.resultado
        and resultado.decidido_em == decisao.data
        and resultado.motivos == list(decisao.motivos)
        and resultado.beneficio == decisao.nb[:10]
    )


def _guardar_decisao(requerimento: Requerimento, atual: Resultado | None, decisao: DecisaoInss) -> Resultado:
    if atual is not None:
        dia = atual.recebido_em.astimezone(requerimento.municipio.fuso).date()
        _descontar(requerimento, atual.tipo, dia)
    prazo = None
    if regras.cabe_recurso(decisao.resultado):
        prazo = regras.prazo_do_recurso(decisao.data, calendario=calendario_de(requerimento.municipio))
    resultado, _ = Resultado.objects.update_or_create(
        requerimento=requerimento,
        defaults={
            "tipo": TipoResultado(decisao.resultado),
            "motivos": list(decisao.motivos),
            "texto": decisao.texto,
            "beneficio": decisao.nb[:10],
            "decidido_em": decisao.data,
            "recebido_em": now(),
            "ciencia_em": None,
            "recorrer_ate": prazo.alerta if prazo else None,
            "prazo_recurso": prazo.fim if prazo else None,
            "prazo_base": prazo.base if prazo else "",
            "carta": "",
            "carta_sha256": "",
            "entregue_em": None,
            "entregue_a": "",
            "entregue_como": "",
            "entregue_por": None,
            "prova": None,
        },
    )
    return resultado


def _descontar(requerimento: Requerimento, tipo: str, dia: date) -> None:
    """One request, one result: the count of the decision that no longer stands is taken back."""
    contar("resultado", balcao=requerimento.balcao, dia=dia, chave=tipo, quantidade=-1)
