"""One exigência: it arrives, INSS changes it, the person learns of it, the desk answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime, now

from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import contar
from act_portal.erros import ErroDeDominio, OutroChegouAntes, TransicaoInvalida
from act_portal.territorio.consultas import calendario_de, hoje_em
from act_portal.territorio.regras import Calendario
from requerimentos.acompanhamento import regras
from requerimentos.avisos.servicos import avisar
from requerimentos.digitalizacao.servicos import exigir_texto_atual
from requerimentos.envio.inss import ExigenciaInss
from requerimentos.envio.servicos import enviar_resposta
from requerimentos.mandato.consultas import Ato
from requerimentos.models import Aviso, Envio, Exigencia, Requerimento
from requerimentos.servicos import travar_para_agir
from requerimentos.situacoes import SituacaoExigencia

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

SEM_DOCUMENTOS = "A pessoa declara que não dispõe de outros documentos e pede que o INSS decida com o que já tem."
DO_INSS = {
    "ABERTA": SituacaoExigencia.ABERTA,
    "CUMPRIDA": SituacaoExigencia.CUMPRIDA,
    "ENCERRADA": SituacaoExigencia.ENCERRADA,
}
ABERTAS = frozenset({SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA})


# --- From INSS: the request is already locked ---------------------------------------------------------------------
def receber(requerimento: Requerimento, vinda: ExigenciaInss, calendario: Calendario) -> Exigencia:
    """A new exigência. One that was born and met between two questions is kept for the history, without a notice."""
    situacao = DO_INSS.get(vinda.situacao, SituacaoExigencia.ABERTA)
    emissao = vinda.emitida_em.astimezone(requerimento.municipio.fuso).date()
    prazo = regras.prazo_da_exigencia(emissao, calendario=calendario, informado=vinda.prazo)
    causa = regras.causa_de(vinda.texto)
    exigencia = Exigencia.objects.create(
        requerimento=requerimento,
        numero_inss=vinda.id,
        texto=vinda.texto,
        causa=causa,
        emitida_em=emissao,
        ciencia_em=prazo.ciencia,
        ciencia_presumida=prazo.presumida,
        prazo_inss=vinda.prazo,
        prazo=prazo.fim,
        prazo_base=prazo.base,
        situacao=situacao,
        encerrada_em=None if situacao == SituacaoExigencia.ABERTA else vinda.cumprida_em or now(),
    )
    _anotar("exigencia.recebida", requerimento, exigencia, causa=causa)
    hoje = hoje_em(requerimento.municipio)
    contar("exigencia", balcao=requerimento.balcao, dia=hoje, chave=causa)
    if situacao == SituacaoExigencia.CUMPRIDA:
        _contar_cumprida(requerimento, exigencia)
    elif situacao == SituacaoExigencia.ABERTA:
        avisar(requerimento, Aviso.Assunto.EXIGENCIA, chave=f"exigencia:{exigencia.pk}")
    return exigencia


def atualizar(requerimento: Requerimento, local: Exigencia, vinda: ExigenciaInss, calendario: Calendario) -> None:
    """What INSS changed in one that the desk already has. What was answered never opens again by an old answer."""
    destino = DO_INSS.get(vinda.situacao)
    if destino in {SituacaoExigencia.CUMPRIDA, SituacaoExigencia.ENCERRADA}:
        if local.estado.pode_ir_para(destino):
            _encerrar(requerimento, local, destino, encerrada_em=vinda.cumprida_em or now())
    elif destino == SituacaoExigencia.ABERTA and vinda.prazo != local.prazo_inss:
        _mudar_prazo(requerimento, local, vinda.prazo, calendario)


def encerrar_abertas(requerimento: Requerimento, exigencias: Iterable[Exigencia]) -> None:
    """INSS decided or cancelled: nothing is waited for any more."""
    for exigencia in exigencias:
        if exigencia.estado.pode_ir_para(SituacaoExigencia.ENCERRADA):
            _encerrar(requerimento, exigencia, SituacaoExigencia.ENCERRADA, encerrada_em=now())


def _encerrar(requerimento: Requerimento, exigencia: Exigencia, destino: SituacaoExigencia, **campos: Any) -> None:
    _mover(exigencia, destino, **campos)
    cumprida = destino == SituacaoExigencia.CUMPRIDA
    _anotar("exigencia.cumprida" if cumprida else "exigencia.encerrada", requerimento, exigencia)
    if cumprida:
        _contar_cumprida(requerimento, exigencia)


def _mudar_prazo(requerimento: Requerimento, local: Exigencia, informado: date, calendario: Calendario) -> None:
    """INSS moved the date (an extension was granted, for one)."""
    alongou = local.prazo_inss is not None and informado > local.prazo_inss
    prazo = regras.prazo_da_exigencia(
        local.emitida_em,
        calendario=calendario,
        informado=informado,
        conhecida_em=None if local.ciencia_presumida else local.ciencia_em,
        prorrogada=alongou,
    )
    local.prazo_inss, local.prazo, local.prazo_base = informado, prazo.fim, prazo.base
    local.ciencia_em, local.ciencia_presumida = prazo.ciencia, prazo.presumida
    local.save(update_fields=["prazo_inss", "prazo", "prazo_base", "ciencia_em", "ciencia_presumida"])
    _anotar("exigencia.prazo_mudou", requerimento, local, prazo=local.prazo.isoformat())
    if local.estado == SituacaoExigencia.VENCIDA and local.prazo >= hoje_em(requerimento.municipio):
        _mover(local, SituacaoExigencia.ABERTA)


def _contar_cumprida(requerimento: Requerimento, exigencia: Exigencia) -> None:
    fim = exigencia.encerrada_em or now()
    dia = fim.astimezone(requerimento.municipio.fuso).date()
    contar("exigencia_cumprida", balcao=requerimento.balcao, dia=dia, chave=exigencia.causa)


# --- From the desk ------------------------------------------------------------------------------------------------
@transaction.atomic
def dar_ciencia(exigencia_id: int, em: date, *, autor: Usuario) -> Exigencia:
    """The person learnt of it on `em`: the term runs from there, and never later than from the presumed day."""
    requerimento, exigencia = _travar_aberta(exigencia_id, autor)
    if not exigencia.emitida_em <= em <= hoje_em(requerimento.municipio):
        raise ErroDeDominio(f"A data deve ficar entre {exigencia.emitida_em:%d/%m/%Y}, quando o INSS pediu, e hoje.")
    prazo = regras.prazo_da_exigencia(
        exigencia.emitida_em,
        calendario=calendario_de(requerimento.municipio),
        informado=exigencia.prazo_inss,
        conhecida_em=em,
    )
    exigencia.ciencia_em, exigencia.ciencia_presumida = prazo.ciencia, prazo.presumida
    exigencia.prazo, exigencia.prazo_base = prazo.fim, prazo.base
    exigencia.save(update_fields=["ciencia_em", "ciencia_presumida", "prazo", "prazo_base"])
    _anotar("exigencia.ciencia", requerimento, exigencia, autor, em=em.isoformat(), prazo=prazo.fim.isoformat())
    return exigencia


@transaction.atomic
def pedir_prorrogacao(exigencia_id: int, *, motivo: str, autor: Usuario) -> Exigencia:
    """Note that more time was asked for: once, with a reason, before the end. The deadline moves when INSS moves it."""
    requerimento, exigencia = _travar_aberta(exigencia_id, autor)
    if exigencia.prorrogada_em is not None:
        raise ErroDeDominio("Mais prazo já foi pedido uma vez nesta exigência. Não dá para pedir de novo.")
    if hoje_em(requerimento.municipio) > exigencia.prazo:
        raise ErroDeDominio("O prazo já acabou: não dá mais para pedir prorrogação. Responda assim mesmo.")
    if not motivo.strip():
        raise ErroDeDominio("Escreva por que a pessoa precisa de mais prazo.")
    exigencia.prorrogada_em, exigencia.prorrogacao_motivo = now(), motivo.strip()[:300]
    exigencia.save(update_fields=["prorrogada_em", "prorrogacao_motivo"])
    _anotar("exigencia.prorrogacao_pedida", requerimento, exigencia, autor)
    return exigencia


@transaction.atomic
def responder(exigencia_id: int, *, texto: str, autor: Usuario, versao: int | None = None) -> Envio:
    """Send the answer with the documents put in it. A second click finds the delivery that is already on its way.

    `versao` is the one of the draft that the page was drawn from: nobody sends over a text that they have not seen.
    """
    return _mandar(exigencia_id, texto, texto, autor=autor, versao=versao)


@transaction.atomic
def declarar_sem_documentos(
    exigencia_id: int, *, autor: Usuario, texto: str = "", versao: int | None = None
) -> Envio:  # fmt: skip
    """The person has nothing else to bring: INSS decides on the merits with what it has."""
    return _mandar(exigencia_id, texto, f"{SEM_DOCUMENTOS} {texto}", autor=autor, versao=versao)


def _mandar(exigencia_id: int, texto: str, resposta: str, *, autor: Usuario, versao: int | None) -> Envio:
    """`texto` is what the clerk has on the screen, `resposta` what INSS is told."""
    requerimento, exigencia = _travar_do_balcao(exigencia_id, autor)
    resposta = resposta.strip()
    if exigencia.estado == SituacaoExigencia.RESPONDENDO and (aberto := exigencia.envios.first()):
        if exigencia.resposta != resposta:
            quando = localtime(exigencia.respondida_em, requerimento.municipio.fuso)
            raise OutroChegouAntes(
                f"{exigencia.respondida_por} já mandou outra resposta em {quando:%d/%m às %H:%M}. "
                "A sua não foi enviada."
            )
        return aberto
    if exigencia.estado not in ABERTAS:
        raise ErroDeDominio(f"Esta exigência está em “{exigencia.estado.label}” e não recebe mais resposta.")
    exigir_texto_atual(exigencia, texto, versao)
    return enviar_resposta(exigencia.pk, texto=resposta, autor=autor)


def _travar_do_balcao(exigencia_id: int, autor: Usuario) -> tuple[Requerimento, Exigencia]:
    """Request first, then the exigência: the order in which everybody locks."""
    requerimento = travar_para_agir(
        Exigencia.objects.values_list("requerimento_id", flat=True).get(pk=exigencia_id), autor=autor, ato=Ato.EXIGENCIA
    )
    exigencia = Exigencia.objects.select_for_update().get(pk=exigencia_id)
    exigencia.requerimento = requerimento
    return requerimento, exigencia


def _travar_aberta(exigencia_id: int, autor: Usuario) -> tuple[Requerimento, Exigencia]:
    requerimento, exigencia = _travar_do_balcao(exigencia_id, autor)
    if exigencia.estado not in ABERTAS:
        raise ErroDeDominio(f"Esta exigência está em “{exigencia.estado.label}”: o prazo não muda mais.")
    return requerimento, exigencia


def _mover(exigencia: Exigencia, destino: SituacaoExigencia, **campos: Any) -> None:
    if not exigencia.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"A exigência está em “{exigencia.estado.label}”. Atualize a página.")
    exigencia.situacao = destino
    for nome, valor in campos.items():
        setattr(exigencia, nome, valor)
    exigencia.save(update_fields=["situacao", *campos])


def _anotar(
    acao: str, requerimento: Requerimento, exigencia: Exigencia, autor: Usuario | None = None, **dados: Any
) -> None:
    registrar(
        acao, municipio=requerimento.municipio, autor=autor, alvo=requerimento, exigencia=exigencia.pk, **dados
    )  # fmt: skip
