"""A request to regularise an occupation ends without a term: the one who occupies is still there.

Opened and annulled in the same transaction that moves the request; what follows is in `ocupacao`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cessao import regras
from cessao.avisos import avisar_logistica
from cessao.models import Desocupacao, Pedido
from cessao.reservas import arvore
from cessao.servicos import anotar, mover_desocupacao
from cessao.situacoes import SituacaoDesocupacao, Tipo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def abrir(pedido: Pedido, *, autor: Usuario | None) -> None:
    """A locked request that was sent has just ended, or was refused. Of a new cession nobody is inside."""
    if pedido.tipo != Tipo.REGULARIZACAO or not pedido.enviado_em:
        return
    desocupacao, nova = Desocupacao.objects.get_or_create(pedido=pedido)
    desocupacao.pedido = pedido
    if nova:
        evento = anotar("cessao.desocupacao_aberta", pedido, autor)
    elif desocupacao.estado == SituacaoDesocupacao.SEM_EFEITO:
        evento = mover_desocupacao(desocupacao, "reabrir", autor=autor, sair_ate=None)
    else:
        return
    avisar_logistica(pedido, "sem_termo", chave=str(evento.pk))


def anular(pedido: Pedido, *, motivo: str, autor: Usuario | None) -> None:
    """A locked request is under review again, or its body got a term for the place."""
    desocupacao = Desocupacao.objects.abertas().filter(pedido=pedido).first()
    if desocupacao is not None:
        desocupacao.pedido = pedido
        mover_desocupacao(desocupacao, "anular", autor=autor, motivo=motivo)


def anular_as_do_orgao(pedido: Pedido, *, autor: Usuario) -> None:
    """The body of an approved request was inside without a term: now it has one."""
    tocados = regras.tocados_por(pedido.espaco_id, arvore(pedido.espaco.imovel_id))
    dele = Desocupacao.objects.abertas().filter(pedido__cnpj=pedido.cnpj, pedido__espaco__in=tocados)
    for outra in dele.select_related("pedido__municipio"):
        mover_desocupacao(outra, "anular", autor=autor, motivo="O órgão teve outro pedido aprovado para o espaço.")
