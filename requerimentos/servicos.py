"""What every stage's services share: lock a request, tell who came first, move it along its table of states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime, now

from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, OutroChegouAntes, TransicaoInvalida
from requerimentos import permissoes
from requerimentos.mandato.consultas import Ato, exigir_ato, exigir_mandato
from requerimentos.models import Requerimento
from requerimentos.situacoes import Etapa

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def travar(requerimento_id: int) -> Requerimento:
    """The row, held until the end of the transaction."""
    # `of` keeps the lock off the joined rows; SQLite has the whole database locked already.
    return (
        Requerimento.objects.select_for_update(of=("self",))
        .select_related("municipio", "balcao", "pessoa", "servico")
        .get(pk=requerimento_id)
    )


def travar_para_agir(requerimento_id: int, *, autor: Usuario, ato: Ato | None = None) -> Requerimento:
    """Lock a request in which `autor` wants to act for the person: a clerk of the town, while the powers last.

    `ato`: what is to be done, where the person can take that alone out of the term.
    """
    requerimento = travar(requerimento_id)
    permissoes.exigir_atendente(autor, requerimento.municipio_id)
    if ato:
        exigir_ato(requerimento, ato)
    else:
        exigir_mandato(requerimento)
    return requerimento


def travar_para_editar(requerimento_id: int, *, autor: Usuario, versao: int | None = None) -> Requerimento:
    """Lock a request that `autor` wants to change.

    `versao` is the one that the page was drawn from: when somebody saved in between, `OutroChegouAntes` says who and
    when, and nothing is overwritten.
    """
    requerimento = travar_para_agir(requerimento_id, autor=autor)
    exigir_editavel(requerimento)
    exigir_versao(requerimento, versao)
    return requerimento


def exigir_editavel(requerimento: Requerimento) -> None:
    if not requerimento.editavel:
        raise ErroDeDominio(f"Este pedido está em “{requerimento.estado.label}” e não muda mais por aqui.")


def exigir_versao(requerimento: Requerimento, versao: int | None) -> None:
    if versao is not None and versao != requerimento.versao:
        quando = localtime(requerimento.alterado_em, requerimento.municipio.fuso)
        raise OutroChegouAntes(
            f"{requerimento.editado_por or 'O portal'} mudou este pedido em {quando:%d/%m às %H:%M}, depois que "
            "você abriu a página. Nada foi salvo por cima. Confira o que mudou e salve de novo."
        )


def marcar_edicao(requerimento: Requerimento, *, autor: Usuario, campos: list[str]) -> None:
    """Save `campos` of a locked request and note who changed it and when."""
    requerimento.versao += 1
    requerimento.editado_por = autor
    requerimento.alterado_em = now()
    requerimento.save(update_fields=[*campos, "versao", "editado_por", "alterado_em"])


def mover(
    requerimento: Requerimento, destino: Etapa, *, acao: str, autor: Usuario | None, motivo: str = "", **campos: Any
) -> Evento:
    """Apply one already authorised move to a locked request and leave its trail. `campos` are saved along."""
    origem = requerimento.estado
    if not origem.pode_ir_para(destino):
        raise TransicaoInvalida(
            f"Este pedido está em “{origem.label}” e não passa para “{destino.label}”. Atualize a página."
        )
    requerimento.etapa = destino
    requerimento.etapa_motivo = motivo
    requerimento.alterado_em = now()
    requerimento.editado_por = autor
    requerimento.versao += 1
    for nome, valor in campos.items():
        setattr(requerimento, nome, valor)
    requerimento.save(update_fields=["etapa", "etapa_motivo", "alterado_em", "editado_por", "versao", *campos])
    return registrar(acao, municipio=requerimento.municipio, autor=autor, alvo=requerimento, de=origem, para=destino)
