"""INSS judges the works that a request wants, one by one: in the analysis, and before the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from act_portal.erros import ErroDeDominio, TransicaoInvalida
from cessao import permissoes
from cessao.analise.travas import exigir_quem_analisa
from cessao.models import Obra, Pedido
from cessao.servicos import anotar, exigir_texto, mover_obra, travar
from cessao.situacoes import Desfaz, Quem, Situacao, SituacaoObra

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@transaction.atomic
def julgar(obra_id: int, *, decisao: str, desfaz: str, motivo: str = "", autor: Usuario) -> Obra:
    """`decisao`: aceita or recusada; a refusal says why, an acceptance may set a condition. What cannot be undone is
    not accepted.
    """
    pedido = travar(Obra.objects.values_list("pedido_id", flat=True).get(pk=obra_id))
    _exigir_quem_julga(pedido, autor)
    obra = Obra.objects.get(pk=obra_id)
    destino, desfaz = SituacaoObra(decisao), Desfaz(desfaz)
    if destino == SituacaoObra.ACEITA and desfaz == Desfaz.NAO:
        raise ErroDeDominio("Só se aceita obra que se desfaz. Recuse, dizendo o que seria um sim.")
    motivo = " ".join(motivo.split())[:600]
    if destino == SituacaoObra.RECUSADA:
        motivo = exigir_texto(motivo, "Escreva por que a adaptação é recusada: quem pede lê este texto.")
    mover_obra(obra, destino, inss_desfaz=desfaz, motivo=motivo, julgada_por=autor)
    anotar(f"cessao.obra_{destino}", pedido, autor, obra=obra.pk)
    return obra


def _exigir_quem_julga(pedido: Pedido, autor: Usuario) -> None:
    """Who reviews it now or, when it waits for the decision, who may decide."""
    if pedido.estado == Situacao.EM_ANALISE:
        exigir_quem_analisa(pedido, autor)
    elif pedido.estado == Situacao.DIRETORIA:
        permissoes.exigir(autor, pedido, Quem.DIRETORIA)
        permissoes.exigir_outra_pessoa(autor, pedido)
    elif permissoes.age_como(autor, pedido, Quem.LOGISTICA, Quem.SUPERINTENDENCIA, Quem.DIRETORIA):
        raise TransicaoInvalida(f"Este pedido está em “{pedido.estado.label}” e isto já não pode ser feito.")
    else:
        raise PermissionDenied


def exigir_julgadas(pedido: Pedido) -> None:
    """Before a favourable opinion and before the approval."""
    if faltam := [f"“{o}”" for o in pedido.obras.vivas().filter(situacao=SituacaoObra.PEDIDA)]:
        raise ErroDeDominio(f"Antes, aceite ou recuse cada adaptação pedida: {'; '.join(faltam)}.")
