"""Who signs the end of a cession for INSS: somebody with authority over it, and not whoever received the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from act_portal.contas.models import Usuario, Vinculo
from act_portal.erros import ErroDeDominio
from act_portal.territorio.consultas import hoje_em
from cessao.avisos import avisar_requerente
from cessao.models import Decisao
from cessao.ocupacao.servicos.comum import exigir_passo_do_encerramento, mover_encerramento, travar_do_termo
from cessao.papeis.servicos import fazer
from cessao.servicos import anotar
from cessao.situacoes import DIRETORIA, Quem, SituacaoEncerramento

if TYPE_CHECKING:
    from cessao.models import Pedido, Termo

ESCOLHA = (
    "Escolha quem assina o encerramento pelo INSS: alguém da Superintendência ou da DIROFL, com cargo e matrícula."
)
DECIDEM = (Decisao.Ato.APROVACAO, Decisao.Ato.PRORROGACAO, Decisao.Ato.REVOGACAO)


def quem_pode_assinar(pedido: Pedido) -> QuerySet[Usuario]:
    """Of the directorate and of the superintendence above the unit, with post and registration to go on the paper."""
    delas = Q(unidade__codigo=DIRETORIA) | Q(unidade__in=pedido.unidade.linhagem, unidade__tipo="sr")
    vinculos = Vinculo.objects.vigentes(hoje_em(pedido.municipio)).filter(delas, papel=Vinculo.Papel.AUTORIDADE)
    quem = Usuario.objects.filter(pk__in=vinculos.filter(por_aceitar=False).values("usuario"))
    return quem.exclude(cargo="").exclude(matricula="").order_by("nome", "pk")


def sugerido(pedido: Pedido) -> Usuario | None:
    """Who decided last about the cession, while still in office."""
    decisao = pedido.ultima_decisao(*DECIDEM)
    return quem_pode_assinar(pedido).filter(pk=decisao.autor_id).first() if decisao else None


def exigir_quem_assina(pedido: Pedido, assina: Usuario | None) -> Usuario:
    quem = assina or sugerido(pedido)
    if quem is None or not quem_pode_assinar(pedido).filter(pk=quem.pk).exists():
        raise ErroDeDominio(ESCOLHA)
    return quem


@transaction.atomic
def trocar_quem_assina(termo_id: int, *, assina: Usuario, autor: Usuario) -> Termo:
    """Somebody else signs for INSS: the paper is made again, and what was signed before has no value."""
    termo = travar_do_termo(termo_id, Quem.LOGISTICA, autor=autor)
    pedido = termo.pedido
    if termo.estado_do_encerramento != SituacaoEncerramento.ASSINATURA:
        exigir_passo_do_encerramento(termo, "trocar_quem_assina")
    quem = exigir_quem_assina(pedido, assina)
    if quem.pk == termo.assina_encerramento_id:
        raise ErroDeDominio(f"Já é {quem.nome} quem assina. Escolha outra pessoa.")
    termo.assina_encerramento = quem
    termo.save(update_fields=["assina_encerramento"])
    termo.assinaturas.filter(encerramento=True, substituida_em=None).update(substituida_em=now())
    fazer(pedido, "encerramento", autor=autor)
    if termo.estado_do_encerramento == SituacaoEncerramento.ASSINATURA:
        evento = anotar("cessao.encerramento_trocar_quem_assina", pedido, autor, termo=termo.pk)
    else:
        evento = mover_encerramento(termo, "trocar_quem_assina", autor=autor)
    avisar_requerente(pedido, "encerramento_refeito", chave=str(evento.pk))
    return termo
