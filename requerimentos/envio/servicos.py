"""Sending: promise it, freeze what leaves, and record what INSS answered. Never half sent, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate, now

from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import contar
from act_portal.erros import ErroDeDominio, TransicaoInvalida
from act_portal.saidas.servicos import apressar, prometer
from act_portal.territorio.consultas import hoje_em
from requerimentos.avisos.servicos import avisar
from requerimentos.digitalizacao.consultas import documentos
from requerimentos.digitalizacao.servicos import PAGINAR
from requerimentos.envio.consultas import MONTAR, TRANSMITIR, chave_do_trabalho, fotografar, fotografar_resposta
from requerimentos.envio.inss import MotivoInss, PedidoInss, Recibo
from requerimentos.envio.regras import o_que_falta, o_que_falta_na_resposta, pode_enviar, segundos_ate_o_envio
from requerimentos.mandato.consultas import Ato, fim_do_ato, fim_do_mandato
from requerimentos.models import Aviso, Envio, Exigencia, ParteEnviada, Requerimento
from requerimentos.servicos import mover, travar, travar_para_agir, travar_para_editar
from requerimentos.situacoes import Etapa, SituacaoEnvio, SituacaoExigencia, SituacaoInss

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

COMPROVANTE = "requerimentos.comprovante"
TALVEZ_TENHA_CHEGADO = "Uma tentativa anterior pode ter chegado ao INSS: confira pelo Meu INSS ou pelo 135."


@transaction.atomic
def enviar(requerimento_id: int, *, autor: Usuario, incompleto_motivo: str = "") -> Envio:
    """Promise the delivery of a complete request, or of an incomplete one by the stated wish of the person.

    A second click finds the delivery that is already open and changes nothing.
    """
    requerimento = travar_para_agir(requerimento_id, autor=autor)
    if aberto := _aberto(requerimento):
        return aberto
    requerimento = travar_para_editar(requerimento_id, autor=autor)
    incompleto_motivo = incompleto_motivo.strip()[:300]
    faltas = o_que_falta(fotografar(requerimento))
    if not pode_enviar(faltas, incompleto=bool(incompleto_motivo)):
        raise ErroDeDominio("Ainda falta: " + " ".join(falta.texto for falta in faltas))
    envio = Envio.objects.create(
        requerimento=requerimento,
        chave=f"{requerimento.codigo}-{requerimento.envios.count() + 1}",
        autor=autor,
    )
    mover(
        requerimento,
        Etapa.NA_FILA,
        acao="requerimento.enviado",
        autor=autor,
        incompleto=bool(faltas),
        incompleto_motivo=incompleto_motivo if faltas else "",
    )
    prometer(MONTAR, chave=f"{MONTAR}:{envio.pk}", envio=envio.pk)
    return envio


@transaction.atomic
def enviar_resposta(exigencia_id: int, *, texto: str, autor: Usuario) -> Envio:
    """Promise the delivery of the answer to an exigência, with the documents put in it."""
    exigencia = Exigencia.objects.get(pk=exigencia_id)
    requerimento = travar_para_agir(exigencia.requerimento_id, autor=autor, ato=Ato.EXIGENCIA)
    if aberto := _aberto(requerimento):
        return aberto
    exigencia = Exigencia.objects.select_for_update().get(pk=exigencia_id)
    if faltas := o_que_falta_na_resposta(fotografar_resposta(exigencia, texto.strip())):
        raise ErroDeDominio(" ".join(falta.texto for falta in faltas))
    _mover_exigencia(
        exigencia,
        SituacaoExigencia.RESPONDENDO,
        resposta=texto.strip(),
        respondida_por=autor,
        respondida_em=now(),
        rascunho="",
        rascunho_por=None,
        rascunho_em=None,
        versao=exigencia.versao + 1,
    )
    envio = Envio.objects.create(
        requerimento=requerimento,
        exigencia=exigencia,
        chave=f"{exigencia.codigo}-{exigencia.envios.count() + 1}",
        autor=autor,
    )
    registrar(
        "exigencia.respondida", municipio=requerimento.municipio, autor=autor, alvo=requerimento, exigencia=exigencia.pk
    )
    prometer(MONTAR, chave=f"{MONTAR}:{envio.pk}", envio=envio.pk)
    return envio


@transaction.atomic
def congelar(envio_id: int, partes: Sequence[dict[str, Any]], pedido: PedidoInss | None) -> bool:
    """Keep what leaves (`partes` name files already stored) and promise the transmission.

    False when somebody did it first: whoever called throws its own files away.
    """
    envio, _ = _travar(envio_id)
    if envio.estado != SituacaoEnvio.MONTANDO:
        return False
    ParteEnviada.objects.bulk_create(
        ParteEnviada(envio=envio, ordem=ordem, **parte) for ordem, parte in enumerate(partes, start=1)
    )
    pacote = _para_guardar(pedido) if pedido else {}
    _mover_envio(envio, SituacaoEnvio.NA_FILA, pacote=pacote)
    prometer(TRANSMITIR, chave=f"{TRANSMITIR}:{envio.pk}", envio=envio.pk)
    return True


@transaction.atomic
def anotar_falha(envio_id: int, motivo: str) -> None:
    """What went wrong this time, for the screen; the next attempt is the outbox's business."""
    abertos = [SituacaoEnvio.MONTANDO, SituacaoEnvio.NA_FILA]
    Envio.objects.filter(pk=envio_id, situacao__in=abertos).update(falha=motivo[:300])


@transaction.atomic
def registrar_protocolo(envio_id: int, recibo: Recibo) -> None:
    """INSS has the request: protocol, date of entry, and what follows from them. Once, however often called."""
    envio, requerimento = _travar(envio_id)
    if envio.estado == SituacaoEnvio.RECEBIDO:
        return
    recebido_em = now()
    _mover_envio(envio, SituacaoEnvio.RECEBIDO, encerrado_em=recebido_em, falha="")
    mover(
        requerimento,
        Etapa.ACOMPANHANDO,
        acao="requerimento.protocolado",
        autor=None,
        protocolo=recibo.protocolo,
        der=recibo.entrada_em.astimezone(requerimento.municipio.fuso).date(),
        protocolado_em=recibo.entrada_em,
        unidade_analise=recibo.unidade,
        situacao_inss=SituacaoInss(recibo.situacao),
        situacao_desde=now(),
        inss_visto_em=now(),
        # Taken back while it was leaving: the access to INSS's data ended too.
        proxima_consulta_em=None if fim_do_mandato(requerimento) else now(),
    )
    contar(
        "protocolado",
        balcao=requerimento.balcao,
        dia=hoje_em(requerimento.municipio),
        chave=requerimento.servico_codigo,
        soma=segundos_ate_o_envio(requerimento.chegada_em, recebido_em),
    )
    avisar(requerimento, Aviso.Assunto.PROTOCOLADO, chave=f"protocolado:{envio.pk}")
    prometer(COMPROVANTE, chave=f"{COMPROVANTE}:{envio.pk}", requerimento=requerimento.pk)


@transaction.atomic
def registrar_resposta(envio_id: int, situacao: str) -> None:
    """INSS has the answer to the exigência."""
    envio, requerimento = _travar(envio_id)
    if envio.estado == SituacaoEnvio.RECEBIDO or envio.exigencia_id is None:
        return
    exigencia = Exigencia.objects.select_for_update().get(pk=envio.exigencia_id)
    _mover_envio(envio, SituacaoEnvio.RECEBIDO, encerrado_em=now(), falha="")
    da_vez = exigencia.estado == SituacaoExigencia.RESPONDENDO
    if da_vez:
        _mover_exigencia(exigencia, SituacaoExigencia.CUMPRIDA, encerrada_em=now())
    if requerimento.estado == Etapa.EXIGENCIA and not requerimento.exigencias.abertas().exists():
        mover(
            requerimento,
            Etapa.ACOMPANHANDO,
            acao="exigencia.entregue",
            autor=None,
            situacao_inss=SituacaoInss(situacao),
            situacao_desde=now(),
            proxima_consulta_em=None if fim_do_mandato(requerimento) else now(),
        )
    if da_vez:  # else the polling of INSS saw it first, and counted it
        hoje = hoje_em(requerimento.municipio)
        contar("exigencia_cumprida", balcao=requerimento.balcao, dia=hoje, chave=exigencia.causa)
    avisar(requerimento, Aviso.Assunto.RESPONDIDA, chave=f"respondida:{envio.pk}")


@transaction.atomic
def registrar_recusa(envio_id: int, motivos: Sequence[MotivoInss]) -> None:
    """INSS said no, or the files could not be made: the request comes back to the desk with the reasons."""
    envio, requerimento = _travar(envio_id)
    if envio.estado in {SituacaoEnvio.RECEBIDO, SituacaoEnvio.RECUSADO}:
        return
    frases = [motivo.mensagem for motivo in motivos]
    _mover_envio(
        envio,
        SituacaoEnvio.RECUSADO,
        encerrado_em=now(),
        motivos=[{"codigo": m.codigo, "mensagem": m.mensagem, "campo": m.campo} for m in motivos],
    )
    if envio.exigencia_id:
        exigencia = Exigencia.objects.select_for_update().get(pk=envio.exigencia_id)
        # INSS may have closed it meanwhile.
        if exigencia.estado == SituacaoExigencia.RESPONDENDO:
            _mover_exigencia(exigencia, SituacaoExigencia.ABERTA)
        _recolher_o_alheio(envio)
        registrar(
            "exigencia.resposta_recusada",
            municipio=requerimento.municipio,
            autor=None,
            alvo=requerimento,
            exigencia=exigencia.pk,
        )
        return
    mover(requerimento, Etapa.DEVOLVIDO, acao="requerimento.devolvido", autor=None, motivo=" ".join(frases)[:500])
    _recolher_o_alheio(envio)
    contar("devolvido", balcao=requerimento.balcao, dia=hoje_em(requerimento.municipio))


def _recolher_o_alheio(envio: Envio) -> None:
    """On its way nothing was taken out of the slots; now what is of another request goes to the tray."""
    docs = documentos(envio.requerimento, envio.exigencia)
    for arquivo in sorted({p.folha.arquivo_id for item in docs.todas for p in item.paginas if p.alheia}):
        prometer(PAGINAR, chave=f"{PAGINAR}:devolvido:{envio.pk}:{arquivo}", arquivo=arquivo)


@transaction.atomic
def pode_sair(envio_id: int) -> bool:
    """The last look before anything leaves, under the lock that a revocation takes too: what was not yet leaving when
    the powers ended never leaves. The delivery ends here, and so does a request that INSS does not have.
    """
    envio, requerimento = _travar(envio_id)
    if envio.estado.final:
        return False
    fim = fim_do_ato(requerimento, Ato.EXIGENCIA) if envio.exigencia_id else fim_do_mandato(requerimento)
    if not fim:
        return True
    frase = f"{fim} {TALVEZ_TENHA_CHEGADO}" if envio.falha and envio.estado == SituacaoEnvio.NA_FILA else fim
    if envio.exigencia_id is None:
        _mover_envio(envio, SituacaoEnvio.RECUSADO, encerrado_em=now(), motivos=[_sem_mandato(frase)])
        agora = now()
        mover(
            requerimento,
            Etapa.CANCELADO,
            acao="mandato.envio_parado",
            autor=None,
            motivo=frase[:500],
            encerrado_em=agora,
        )
        contar("desistido", balcao=requerimento.balcao, dia=localdate(agora, requerimento.municipio.fuso))
        return False
    registrar_recusa(envio_id, [MotivoInss(Envio.MANDATO, frase)])
    return False


def _sem_mandato(frase: str) -> dict[str, str]:
    return {"codigo": Envio.MANDATO, "mensagem": frase, "campo": ""}


@transaction.atomic
def tentar_agora(requerimento_id: int, *, autor: Usuario) -> bool:
    """The clerk does not want to wait for the next attempt; False when there is nothing waiting."""
    requerimento = travar_para_agir(requerimento_id, autor=autor)
    envio = _aberto(requerimento)
    return envio is not None and apressar(chave_do_trabalho(envio))


def _aberto(requerimento: Requerimento) -> Envio | None:
    return requerimento.envios.filter(situacao__in=[SituacaoEnvio.MONTANDO, SituacaoEnvio.NA_FILA]).first()


def _travar(envio_id: int) -> tuple[Envio, Requerimento]:
    """The request first, as everywhere: whoever sends and whoever records never wait for each other in a ring."""
    requerimento = travar(Envio.objects.values_list("requerimento", flat=True).get(pk=envio_id))
    return Envio.objects.select_for_update().get(pk=envio_id), requerimento


def _mover_envio(envio: Envio, destino: SituacaoEnvio, **campos: Any) -> None:
    if not envio.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"O envio está em “{envio.estado.label}” e não pode ir para “{destino.label}”.")
    envio.situacao = destino
    for nome, valor in campos.items():
        setattr(envio, nome, valor)
    envio.save(update_fields=["situacao", *campos])


def _mover_exigencia(exigencia: Exigencia, destino: SituacaoExigencia, **campos: Any) -> None:
    if not exigencia.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"A exigência está em “{exigencia.estado.label}”.")
    exigencia.situacao = destino
    for nome, valor in campos.items():
        setattr(exigencia, nome, valor)
    exigencia.save(update_fields=["situacao", *campos])


def _para_guardar(pedido: PedidoInss) -> dict[str, Any]:
    return {**asdict(pedido), "nascimento": pedido.nascimento.isoformat(), "anexos": []}
