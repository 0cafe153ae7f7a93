"""Item by item: accept, return, not applicable, ask for one more. Only of a process under review, by who has it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from act_portal.datas import exigir_dia
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from adesao.analise.servicos.comum import anotar, anotar_item, exigir_texto, travar_para_analisar
from adesao.checklist.regras import outro_nome
from adesao.models import Anotacao, Item, Processo
from adesao.pedido.consultas import um_item
from adesao.servicos import mover_item
from adesao.situacoes import SituacaoItem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# After the last of the checklist.
ORDEM_DOS_PEDIDOS = 500


@transaction.atomic
def aceitar(
    item_id: int,
    *,
    verificado_em: date | None = None,
    verificado_onde: str | None = None,
    texto: str = "",
    autor: Usuario,
) -> Item:
    """The item is good, as verified on that day. What is missing or has ended is not accepted.

    `verificado_onde` None: at the address of the checklist.
    """
    item = _travar_item(item_id, autor)
    hoje = hoje_em(item.processo.municipio)
    linha = um_item(item.processo, item, hoje)
    if not linha.completo:
        raise ErroDeDominio(
            " ".join(["Este item não pode ser aceito.", *linha.faltas, *(p.frase for p in linha.problemas)])
        )
    if linha.requisito.conferir_onde and not verificado_em:
        raise ErroDeDominio("Diga em que dia você conferiu no endereço indicado.")
    exigir_dia("O dia em que você conferiu", verificado_em, de=_chegou(item), ate=hoje)
    if outro_nome(item.titular_nome, item.processo.municipio.nome) and not texto.strip():
        raise ErroDeDominio(
            f"O nome na certidão, “{item.titular_nome}”, não é o do município. Se ela é dele, escreva por quê no "
            "texto. Se não é, devolva."
        )
    onde = linha.requisito.conferir_onde if verificado_onde is None else " ".join(verificado_onde.split())[:300]
    if linha.requisito.conferir_onde and not onde:
        raise ErroDeDominio("Diga onde você conferiu.")
    anotar_item(item, Anotacao.Tipo.ACEITE, autor=autor, texto=" ".join(texto.split())[:600])
    mover_item(item, SituacaoItem.ACEITO, decidido_por=autor, verificado_em=verificado_em or hoje, verificado_onde=onde)
    anotar("adesao.item_aceito", item.processo, autor, item=item.codigo)
    return item


def _chegou(item: Item) -> date | None:
    """Nobody checks what was not issued, or not sent, yet."""
    enviado = item.processo.enviado_em
    dias = [item.emitido_em, enviado and localdate(enviado, timezone=item.processo.municipio.fuso)]
    return max((dia for dia in dias if dia), default=None)


@transaction.atomic
def devolver(item_id: int, *, motivo: str, texto: str, autor: Usuario) -> Item:
    """Say what is wrong. The town reads it only when the whole process goes back."""
    item = _travar_item(item_id, autor)
    motivos = item.processo.checklist.checklist.motivos
    if motivo not in motivos:
        raise ErroDeDominio("Escolha o motivo na lista.")
    texto = exigir_texto(texto, "Escreva em uma frase o que o município precisa fazer.")
    anotar_item(item, Anotacao.Tipo.DEVOLUCAO, autor=autor, motivo=motivo, texto=texto)
    mover_item(item, SituacaoItem.DEVOLVIDO, motivo=f"{motivos[motivo]} {texto}"[:600], decidido_por=autor)
    anotar("adesao.item_devolvido", item.processo, autor, item=item.codigo, motivo=motivo)
    return item


@transaction.atomic
def dispensar(item_id: int, *, texto: str, autor: Usuario) -> Item:
    """The item does not apply to this town; why is kept."""
    item = _travar_item(item_id, autor)
    texto = exigir_texto(texto, "Escreva por que este item não se aplica a este município.")
    anotar_item(item, Anotacao.Tipo.DISPENSA, autor=autor, texto=texto)
    mover_item(item, SituacaoItem.DISPENSADO, motivo=texto, decidido_por=autor)
    anotar("adesao.item_dispensado", item.processo, autor, item=item.codigo)
    return item


@transaction.atomic
def desfazer(item_id: int, *, autor: Usuario) -> Item:
    """Take back what was decided on an item that the town has not been told of."""
    item = _travar_item(item_id, autor)
    if item.estado not in {SituacaoItem.ACEITO, SituacaoItem.DEVOLVIDO, SituacaoItem.DISPENSADO}:
        raise ErroDeDominio("Não há decisão para desfazer neste item.")
    linha = um_item(item.processo, item, hoje_em(item.processo.municipio))
    destino = SituacaoItem.PRONTO if linha.completo else SituacaoItem.FALTA
    mover_item(item, SituacaoItem.PRONTO, decidido_por=None, verificado_em=None, verificado_onde="")
    if destino != SituacaoItem.PRONTO:
        mover_item(item, destino)
    anotar("adesao.item_desfeito", item.processo, autor, item=item.codigo)
    return item


@transaction.atomic
def pedir_documento(processo_id: int, *, codigo: str = "", nome: str = "", motivo: str, autor: Usuario) -> Item:
    """Ask for one more document: one of the checklist that is asked for only on demand, or another, by its name."""
    processo = travar_para_analisar(processo_id, autor=autor)
    motivo = exigir_texto(motivo, "Escreva por que o documento é preciso.")
    requisito = processo.checklist.checklist.requisito(codigo) if codigo else None
    if codigo and requisito is None:
        raise ErroDeDominio("Escolha o documento na lista.")
    nome = requisito.nome if requisito else exigir_texto(nome, "Escreva o nome do documento.", 160)
    novo = Item(
        processo=processo,
        codigo=codigo or _codigo_livre(processo),
        nome=nome,
        ordem=requisito.ordem if requisito else ORDEM_DOS_PEDIDOS,
        pedido_motivo=motivo,
        rodada=processo.rodada,
    )
    if processo.itens.filter(codigo=novo.codigo).exists():
        raise ErroDeDominio(f"“{nome}” já está na lista deste pedido.")
    novo.save()
    anotar_item(novo, Anotacao.Tipo.PEDIDO, autor=autor, motivo="pedido", texto=motivo)
    anotar("adesao.documento_pedido", processo, autor, item=novo.codigo)
    return novo


def _codigo_livre(processo: Processo) -> str:
    return f"extra-{processo.itens.filter(codigo__startswith='extra-').count() + 1}"


def _travar_item(item_id: int, autor: Usuario) -> Item:
    processo = travar_para_analisar(Item.objects.values_list("processo_id", flat=True).get(pk=item_id), autor=autor)
    item = Item.objects.get(pk=item_id)
    item.processo = processo
    return item
