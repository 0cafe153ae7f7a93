"""What every stage's services share: lock an adhesion, tell who came first, move it along its table of states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime, now

from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.erros import ErroDeDominio, OutroChegouAntes, TransicaoInvalida
from adesao import permissoes
from adesao.models import Anotacao, Item, Processo
from adesao.models.formulario import Editado
from adesao.situacoes import ABERTAS, POR_VERBO, Quem, SituacaoItem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def travar(processo_id: int) -> Processo:
    """The row, held until the end of the transaction."""
    # `of` keeps the lock off the joined rows; SQLite has the whole database locked already. What may change is not
    # joined: whoever waited for the lock would get it as it was before.
    return Processo.objects.select_for_update(of=("self",)).select_related("municipio", "checklist").get(pk=processo_id)


def travar_para(verbo: str, processo_id: int, *, autor: Usuario) -> Processo:
    """Lock an adhesion on which `autor` wants to make the move `verbo` of the table."""
    processo = travar(processo_id)
    permissoes.exigir(autor, processo, *POR_VERBO[verbo].quem)
    _exigir_passo(processo, verbo)
    return processo


def travar_para_editar(processo_id: int, *, autor: Usuario) -> Processo:
    """Lock an adhesion that a manager of the town wants to fill in."""
    processo = travar(processo_id)
    permissoes.exigir(autor, processo, Quem.GESTOR)
    if not processo.editavel:
        raise ErroDeDominio(f"Este pedido está em “{processo.estado.label}” e não muda mais por aqui.")
    return processo


def mover(processo: Processo, verbo: str, *, autor: Usuario | None, motivo: str = "", **campos: Any) -> Evento:
    """Apply one already authorised move to a locked adhesion and leave its trail. `campos` are saved along."""
    _exigir_passo(processo, verbo)
    origem, destino = processo.estado, POR_VERBO[verbo].para
    momento = now()
    processo.situacao, processo.situacao_desde, processo.motivo = destino, momento, motivo
    processo.encerrado_em = None if destino in ABERTAS else momento
    processo.editado_por, processo.alterado_em = autor, momento
    processo.versao += 1
    for nome, valor in campos.items():
        setattr(processo, nome, valor)
    processo.save(
        update_fields=[
            "situacao", "situacao_desde", "motivo", "encerrado_em", "editado_por", "alterado_em", "versao", *campos,
        ]
    )  # fmt: skip
    return registrar(
        f"adesao.{verbo}", municipio=processo.municipio, autor=autor, alvo=processo, de=origem, para=destino
    )


def _exigir_passo(processo: Processo, verbo: str) -> None:
    if processo.estado not in POR_VERBO[verbo].de:
        raise TransicaoInvalida(
            f"Este pedido está em “{processo.estado.label}” e isto já não pode ser feito. Atualize a página."
        )


def mover_item(item: Item, destino: SituacaoItem, *, motivo: str = "", **campos: Any) -> None:
    """Change one item of a locked adhesion. Staying where it is changes only the reason."""
    if item.estado != destino and not item.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"Este item está em “{item.estado.label}” e não passa para “{destino.label}”.")
    item.situacao, item.motivo = destino, motivo
    for nome, valor in campos.items():
        setattr(item, nome, valor)
    item.save(update_fields=["situacao", "motivo", *campos])


def reabrir_item(item: Item, frase: str) -> None:
    """The portal itself opens an item again: a certificate ended, a text changed after it was accepted."""
    mover_item(item, SituacaoItem.REABERTO, motivo=frase, decidido_por=None, rodada=item.rodada)
    Anotacao.objects.create(item=item, tipo=Anotacao.Tipo.REABERTURA, texto=frase, publicada_em=now())


def exigir_versao(linha: Editado, versao: int, municipio_fuso: Any) -> None:
    """When somebody saved after the page was drawn, say who and when, and overwrite nothing."""
    if versao != linha.versao:
        quando = localtime(linha.alterado_em, municipio_fuso)
        raise OutroChegouAntes(
            f"{linha.editado_por or 'Outra pessoa'} mudou isto em {quando:%d/%m às %H:%M}, depois que você abriu a "
            "página. Nada foi salvo por cima. Confira o que mudou e salve de novo."
        )


def exigir_processo_na_versao(processo: Processo, versao: int | None) -> None:
    if versao is not None and versao != processo.versao:
        quando = localtime(processo.alterado_em, processo.municipio.fuso)
        raise OutroChegouAntes(
            f"{processo.editado_por or 'O portal'} mudou este pedido em {quando:%d/%m às %H:%M}, depois que você abriu "
            "a página. Nada foi salvo por cima. Confira o que mudou e salve de novo."
        )


def marcar_edicao(linha: Editado, *, autor: Usuario, campos: list[str]) -> None:
    """Save `campos` of a row of a locked adhesion and note who changed it and when."""
    linha.versao += 1
    linha.editado_por, linha.alterado_em = autor, now()
    linha.save(update_fields=[*campos, "versao", "editado_por", "alterado_em"])
