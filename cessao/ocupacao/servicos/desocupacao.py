"""Asking for a space back in writing: of who occupies without a term, and of who stays after the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from act_portal.contas.identificacao import de_quem_decide
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao import leis, permissoes, regras
from cessao.avisos import avisar_logistica, avisar_requerente
from cessao.models import AvisoDeSaida, Desocupacao, Pedido, Termo
from cessao.ocupacao.servicos.comum import travar_do_termo
from cessao.papeis.servicos import fazer
from cessao.pedido.servicos import recorrer_ate
from cessao.servicos import anotar, exigir_texto, mover_desocupacao, travar
from cessao.situacoes import Ocupacao, Quem, Situacao, SituacaoDesocupacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

QUEM_AVISA = (Quem.LOGISTICA, Quem.SUPERINTENDENCIA)


def _travar(pedido_id: int, autor: Usuario) -> Desocupacao:
    pedido = travar(pedido_id)
    permissoes.exigir(autor, pedido, *QUEM_AVISA)
    desocupacao = Desocupacao.objects.filter(pedido=pedido).first()
    if desocupacao is None:
        raise ErroDeDominio("Ninguém ocupa este espaço sem termo, por este pedido.")
    desocupacao.pedido = pedido
    return desocupacao


def problema_do_recurso(pedido: Pedido, hoje: date) -> str:
    """Why nobody is told to leave yet, or "": the decision may still change."""
    if pedido.estado == Situacao.RECURSO:
        return "O recurso ainda não foi julgado. O aviso para sair cabe depois."
    if pedido.estado == Situacao.INDEFERIDO and hoje <= (ate := recorrer_ate(pedido)):
        return f"Cabe recurso até {ate:%d/%m/%Y}. O aviso para sair cabe depois desse dia."
    return ""


@transaction.atomic
def avisar(pedido_id: int, *, texto: str, sair_ate: date | None = None, autor: Usuario) -> AvisoDeSaida:
    """Tell who occupies without a term that the request ended, and until when to leave."""
    desocupacao = _travar(pedido_id, autor)
    pedido = desocupacao.pedido
    if frase := problema_do_recurso(pedido, hoje_em(pedido.municipio)):
        raise ErroDeDominio(frase)
    aviso = _escrever(pedido, texto, sair_ate, autor)
    evento = mover_desocupacao(desocupacao, "avisar", autor=autor, sair_ate=aviso.sair_ate)
    avisar_requerente(pedido, "desocupar", chave=str(evento.pk))
    return aviso


def _escrever(pedido: Pedido, texto: str, sair_ate: date | None, autor: Usuario) -> AvisoDeSaida:
    hoje = hoje_em(pedido.municipio)
    minimo = hoje + timedelta(days=leis.parametro("desocupacao_dias", hoje).valor)
    sair_ate = sair_ate or minimo
    if sair_ate < minimo:
        raise ErroDeDominio(f"O prazo para sair vai pelo menos até {minimo:%d/%m/%Y}.")
    if frase := regras.problema_do_prazo_de_resposta(sair_ate, hoje):
        raise ErroDeDominio(frase)
    quem = de_quem_decide(autor)
    aviso = AvisoDeSaida.objects.create(
        pedido=pedido, texto=exigir_texto(texto, "Escreva o que se pede a quem ocupa.", 2000), sair_ate=sair_ate,
        autor=autor, nome=quem.nome, cargo=quem.cargo, matricula=quem.matricula,
    )  # fmt: skip
    fazer(pedido, "saida", autor=autor, sobre=aviso)
    return aviso


@transaction.atomic
def cobrar(pedido_id: int, *, texto: str, sair_ate: date | None = None, autor: Usuario) -> AvisoDeSaida:
    """Ask again of who did not leave by the day of the first notice. The state stays: it is late."""
    desocupacao = _travar(pedido_id, autor)
    if desocupacao.estado != SituacaoDesocupacao.VENCIDO:
        raise ErroDeDominio("Só se cobra de quem não saiu no prazo. Atualize a página.")
    return _cobrar(desocupacao.pedido, texto, sair_ate, autor)


@transaction.atomic
def cobrar_do_termo(termo_id: int, *, texto: str, sair_ate: date | None = None, autor: Usuario) -> AvisoDeSaida:
    """Ask for the space back of who stays after the end of the term."""
    termo: Termo = travar_do_termo(termo_id, *QUEM_AVISA, autor=autor)
    if termo.estado != Ocupacao.VENCIDO:
        raise ErroDeDominio(f"Esta cessão está em “{termo.estado.label}”: só se cobra a devolução depois do prazo.")
    return _cobrar(termo.pedido, texto, sair_ate, autor)


def _cobrar(pedido: Pedido, texto: str, sair_ate: date | None, autor: Usuario) -> AvisoDeSaida:
    aviso = _escrever(pedido, texto, sair_ate, autor)
    evento = anotar("cessao.saida_cobrada", pedido, autor, aviso=aviso.pk)
    avisar_requerente(pedido, "cobrar", chave=str(evento.pk))
    return aviso


@transaction.atomic
def desocupar(pedido_id: int, *, dia: date, texto: str, autor: Usuario) -> Desocupacao:
    """The space is empty, with what was found there."""
    desocupacao = _travar(pedido_id, autor)
    pedido = desocupacao.pedido
    if dia > hoje_em(pedido.municipio):
        raise ErroDeDominio("O dia da saída ainda não chegou. Confira a data.")
    if pedido.ocupado_desde and dia < pedido.ocupado_desde:
        raise ErroDeDominio(f"O espaço é ocupado desde {pedido.ocupado_desde:%d/%m/%Y}. Confira a data.")
    texto = exigir_texto(texto, "Escreva como o espaço foi encontrado, e as chaves.", 1000)
    evento = mover_desocupacao(desocupacao, "desocupar", autor=autor, motivo=texto, desocupado_em=dia)
    avisar_requerente(pedido, "desocupado", chave=str(evento.pk))
    return desocupacao


@transaction.atomic
def rever(desocupacao_id: int) -> None:
    """One of those that were told to leave, as of today."""
    pedido = travar(Desocupacao.objects.values_list("pedido_id", flat=True).get(pk=desocupacao_id))
    desocupacao = Desocupacao.objects.get(pk=desocupacao_id)
    desocupacao.pedido = pedido
    ate = desocupacao.sair_ate
    if desocupacao.estado != SituacaoDesocupacao.AVISADO or ate is None or hoje_em(pedido.municipio) <= ate:
        return
    evento = mover_desocupacao(desocupacao, "vencer", autor=None, motivo=f"Devia ter saído até {ate:%d/%m/%Y}.")
    avisar_requerente(pedido, "desocupacao_vencida", chave=str(evento.pk))
    avisar_logistica(pedido, "prazo_vencido", chave=str(evento.pk))


def vigiar() -> None:
    for pk in Desocupacao.objects.filter(situacao=SituacaoDesocupacao.AVISADO).values_list("pk", flat=True):
        rever(pk)
