"""Works wanted in the space, from the side of who asks: one row each, with how it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import now

from act_portal.erros import ErroDeDominio
from cessao.models import Obra, Pedido
from cessao.pedido.servicos import refazer_oficio
from cessao.servicos import anotar, exigir_texto, travar_para_editar
from cessao.situacoes import Desfaz

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# Against a list that no paper would hold.
MAIS_OBRAS = 30
SO_O_QUE_SE_DESFAZ = (
    "No espaço cedido só se faz obra que se desfaz. O que seria um sim: divisória leve, pintura, rede aparente, o que "
    "sai sem deixar marca."
)


@transaction.atomic
def por(pedido_id: int, *, descricao: str, desfaz: str, como: str, dias: int | None = None, autor: Usuario) -> Obra:
    """Ask for one work. What cannot be undone is told no at once, with what would be a yes."""
    pedido = travar_para_editar(pedido_id, autor=autor)
    descricao = exigir_texto(descricao, "Escreva o que se quer fazer.", 300)
    if Desfaz(desfaz) == Desfaz.NAO:
        raise ErroDeDominio(SO_O_QUE_SE_DESFAZ)
    como = exigir_texto(como, "Escreva como a adaptação se desfaz.", 300)
    vivas = pedido.obras.vivas()
    if igual := vivas.filter(descricao=descricao).first():
        raise ErroDeDominio(f"“{igual}” já está na lista. Para corrigir, tire e ponha de novo.")
    if vivas.count() >= MAIS_OBRAS:
        raise ErroDeDominio(f"O pedido leva até {MAIS_OBRAS} adaptações. Junte as parecidas.")
    obra = Obra.objects.create(pedido=pedido, descricao=descricao, desfaz=desfaz, como=como, dias=dias)
    _mudou(pedido, obra, "cessao.obra_posta", autor)
    return obra


@transaction.atomic
def tirar(obra_id: int, *, autor: Usuario) -> Obra:
    """It leaves the request, and stays in its history."""
    pedido = travar_para_editar(Obra.objects.values_list("pedido_id", flat=True).get(pk=obra_id), autor=autor)
    obra = Obra.objects.get(pk=obra_id)
    if obra.tirada_em is None:
        obra.tirada_em = now()
        obra.save(update_fields=["tirada_em"])
        _mudou(pedido, obra, "cessao.obra_tirada", autor)
    return obra


def _mudou(pedido: Pedido, obra: Obra, acao: str, autor: Usuario) -> None:
    pedido.versao += 1
    pedido.editado_por, pedido.alterado_em = autor, now()
    pedido.save(update_fields=["versao", "editado_por", "alterado_em"])
    anotar(acao, pedido, autor, obra=obra.pk)
    refazer_oficio(pedido, autor=autor)
