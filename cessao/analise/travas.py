"""The lock of whoever reviews a request: only the person who has it, and never who registered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from act_portal.erros import ErroDeDominio, TransicaoInvalida
from cessao import permissoes
from cessao.servicos import travar, travar_para
from cessao.situacoes import Quem, Situacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from cessao.models import Pedido


def travar_para_analisar(pedido_id: int, verbo: str | None, autor: Usuario) -> Pedido:
    pedido = travar_para(verbo, pedido_id, autor=autor) if verbo else travar(pedido_id)
    exigir_quem_analisa(pedido, autor)
    return pedido


def exigir_quem_analisa(pedido: Pedido, autor: Usuario) -> None:
    """Of a locked request."""
    permissoes.exigir(autor, pedido, Quem.LOGISTICA)
    if pedido.estado != Situacao.EM_ANALISE:
        raise TransicaoInvalida(f"Este pedido está em “{pedido.estado.label}”. Atualize a página.")
    if pedido.responsavel_id is None:
        raise ErroDeDominio("Ninguém está com este pedido. Aperte “Assumir” antes.")
    if pedido.responsavel_id != autor.pk:
        raise ErroDeDominio(f"Este pedido está com {pedido.responsavel}. Peça que passe para você.")
    permissoes.exigir_que_nao_pediu(autor, pedido)
