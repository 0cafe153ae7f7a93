"""What the application leaves to the worker."""

from __future__ import annotations

from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from adesao.pedido.servicos import itens


@tratador(itens.REAVALIAR)
def reavaliar(saida: Saida) -> None:
    itens.reavaliar_arquivo(saida.carga["arquivo"])
