"""What every stage's services share: lock a request, move it along its table of states, keep who decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime, now

from act_portal.auditoria.models import Evento
from act_portal.auditoria.servicos import registrar
from act_portal.contas.identificacao import de_quem_decide
from act_portal.erros import ErroDeDominio, OutroChegouAntes, TransicaoInvalida
from cessao import permissoes
from cessao.models import Decisao, Desocupacao, Item, Obra, Pedido, Sequencia, Termo
from cessao.situacoes import ABERTOS, DA_DESOCUPACAO, DA_OCUPACAO, DO_PEDIDO, Quem, SituacaoItem, SituacaoObra

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def travar(pedido_id: int) -> Pedido:
    """The row, held until the end of the transaction."""
    # `of` keeps the lock off the joined rows; SQLite has the whole database locked already.
    return (
        Pedido.objects.select_for_update(of=("self",))
        .select_related("municipio", "unidade", "espaco__imovel__municipio", "responsavel", "balcao")
        .get(pk=pedido_id)
    )


def travar_para(verbo: str, pedido_id: int, *, autor: Usuario) -> Pedido:
    """Lock a request on which `autor` wants to make the move `verbo` of the table."""
    pedido = travar(pedido_id)
    permissoes.exigir(autor, pedido, *DO_PEDIDO[verbo].quem)
    _exigir_passo(pedido, verbo)
    return pedido


def travar_do_inss(pedido_id: int, *quem: Quem, autor: Usuario) -> Pedido:
    pedido = travar(pedido_id)
    permissoes.exigir(autor, pedido, *quem)
    return pedido


def travar_para_editar(pedido_id: int, *, autor: Usuario) -> Pedido:
    """Lock a request that who asks wants to fill in."""
    pedido = travar(pedido_id)
    permissoes.exigir(autor, pedido, Quem.REQUERENTE)
    if not pedido.editavel:
        raise ErroDeDominio(f"Este pedido está em “{pedido.estado.label}” e não muda mais por aqui.")
    return pedido


def mover(pedido: Pedido, verbo: str, *, autor: Usuario | None, motivo: str = "", **campos: Any) -> Evento:
    """Apply one already authorised move to a locked request and leave its trail. `campos` are saved along."""
    _exigir_passo(pedido, verbo)
    origem, destino = pedido.estado, DO_PEDIDO[verbo].para
    momento = now()
    pedido.situacao, pedido.situacao_desde, pedido.motivo = destino, momento, motivo[:1000]
    pedido.encerrado_em = None if destino in ABERTOS else momento
    pedido.editado_por, pedido.alterado_em = autor, momento
    pedido.versao += 1
    for nome, valor in campos.items():
        setattr(pedido, nome, valor)
    pedido.save(
        update_fields=[
            "situacao", "situacao_desde", "motivo", "encerrado_em", "editado_por", "alterado_em", "versao", *campos,
        ]
    )  # fmt: skip
    return registrar(f"cessao.{verbo}", municipio=pedido.municipio, autor=autor, alvo=pedido, de=origem, para=destino)


def _exigir_passo(pedido: Pedido, verbo: str) -> None:
    if pedido.estado not in DO_PEDIDO[verbo].de:
        raise TransicaoInvalida(
            f"Este pedido está em “{pedido.estado.label}” e isto já não pode ser feito. Atualize a página."
        )


def exigir_passo_do_termo(termo: Termo, verbo: str) -> None:
    if termo.estado not in DA_OCUPACAO[verbo].de:
        raise TransicaoInvalida(
            f"Esta cessão está em “{termo.estado.label}” e isto já não pode ser feito. Atualize a página."
        )


def mover_termo(termo: Termo, verbo: str, *, autor: Usuario | None, motivo: str = "", **campos: Any) -> Evento:
    """Apply one already authorised move to a locked term and leave its trail, with that of its request."""
    exigir_passo_do_termo(termo, verbo)
    origem, destino = termo.estado, DA_OCUPACAO[verbo].para
    termo.situacao, termo.situacao_desde, termo.motivo = destino, now(), motivo[:1000]
    termo.versao += 1
    for nome, valor in campos.items():
        setattr(termo, nome, valor)
    termo.save(update_fields=["situacao", "situacao_desde", "motivo", "versao", *campos])
    return anotar(f"cessao.termo_{verbo}", termo.pedido, autor, de=origem, para=destino, termo=termo.pk)


def mover_item(item: Item, destino: SituacaoItem, *, motivo: str = "", **campos: Any) -> None:
    """Change one document of a locked request. Staying where it is changes only the reason."""
    if item.estado != destino and not item.estado.pode_ir_para(destino):
        raise TransicaoInvalida(f"Este item está em “{item.estado.label}” e não passa para “{destino.label}”.")
    item.situacao, item.motivo = destino, motivo
    for nome, valor in campos.items():
        setattr(item, nome, valor)
    item.save(update_fields=["situacao", "motivo", *campos])


def mover_desocupacao(
    desocupacao: Desocupacao, verbo: str, *, autor: Usuario | None, motivo: str = "", **campos: Any
) -> Evento:
    """Apply one already authorised move, under the lock of its request, and leave its trail."""
    passo = DA_DESOCUPACAO[verbo]
    if desocupacao.estado not in passo.de:
        raise TransicaoInvalida(
            f"Esta ocupação está em “{desocupacao.estado.label}” e isto já não pode ser feito. Atualize a página."
        )
    origem = desocupacao.estado
    desocupacao.situacao, desocupacao.situacao_desde = passo.para, now()
    desocupacao.motivo = motivo[:1000]
    for nome, valor in campos.items():
        setattr(desocupacao, nome, valor)
    desocupacao.save(update_fields=["situacao", "situacao_desde", "motivo", *campos])
    return anotar(f"cessao.desocupacao_{verbo}", desocupacao.pedido, autor, de=origem, para=passo.para)


def mover_obra(obra: Obra, destino: SituacaoObra, **campos: Any) -> None:
    """Judge one work of a locked request. Staying where it is changes only what was said of it."""
    if obra.tirada_em or (obra.estado != destino and not obra.estado.pode_ir_para(destino)):
        raise TransicaoInvalida("Esta adaptação mudou. Atualize a página.")
    obra.situacao = destino
    for nome, valor in campos.items():
        setattr(obra, nome, valor)
    obra.save(update_fields=["situacao", *campos])


def exigir_versao(pedido: Pedido, versao: int) -> None:
    """When somebody saved after the page was drawn, say who and when, and overwrite nothing."""
    if versao != pedido.versao:
        quando = localtime(pedido.alterado_em, pedido.municipio.fuso)
        raise OutroChegouAntes(
            f"{pedido.editado_por or 'O portal'} mudou este pedido em {quando:%d/%m às %H:%M}, depois que você abriu "
            "a página. Nada foi salvo por cima. Confira o que mudou e salve de novo."
        )


def exigir_texto(texto: str, frase: str, maximo: int = 600) -> str:
    """Kept in one line, as the papers print it."""
    texto = " ".join(texto.split())
    if not texto:
        raise ErroDeDominio(frase)
    return texto[:maximo]


def exigir_condicoes(conclusao: str, condicoes: str, frase: str) -> str:
    """Kept in one line. An opinion "with a condition" says which."""
    condicoes = " ".join(condicoes.split())[:2000]
    if conclusao == Decisao.Conclusao.COM_CONDICAO and not condicoes:
        raise ErroDeDominio(frase)
    return condicoes


def decidir(pedido: Pedido, ato: Decisao.Ato, texto: str, *, autor: Usuario, **campos: Any) -> Decisao:
    """Keep one act with name, post and registration as they are today (Portaria Conjunta PRES/DIROFL 24/2022)."""
    quem = de_quem_decide(autor)
    unidade = autor.vinculo.unidade if autor.vinculo else None
    return Decisao.objects.create(
        pedido=pedido, ato=ato, texto=texto, autor=autor, nome=quem.nome, cargo=quem.cargo, matricula=quem.matricula,
        unidade=unidade or pedido.unidade, **campos,
    )  # fmt: skip


def proximo_numero(nome: str, ano: int) -> str:
    """NNN/AAAA: the row of the year is locked until the caller commits, so that two never get the same."""
    chave = f"{nome}-{ano}"
    Sequencia.objects.get_or_create(nome=chave)
    sequencia = Sequencia.objects.select_for_update().get(nome=chave)
    sequencia.valor += 1
    sequencia.save(update_fields=["valor"])
    return f"{sequencia.valor:03d}/{ano}"


def anotar(acao: str, pedido: Pedido, autor: Usuario | None, **dados: Any) -> Evento:
    return registrar(acao, municipio=pedido.municipio, autor=autor, alvo=pedido, **dados)
