"""How far a role reaches into the rows of the desk: the town's people see all of it, INSS what it has received.

What was never sent is between the person and the town (Lei 13.709/2018, art. 6º, III): a draft has no protocol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from act_portal.contas.models import Vinculo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

L = TypeVar("L", bound=QuerySet[Any])


def do_pedido(linhas: L, usuario: Usuario, caso: str = "") -> L:
    """Requests, or rows of them. `caso`: the path to the request, with its final `__`."""
    vinculo = usuario.vinculo
    if vinculo is None:
        return linhas.none()
    achadas = linhas.filter(vinculo.alcance(f"{caso}municipio"))
    return achadas.exclude(**{f"{caso}protocolo": ""}) if _so_o_recebido(vinculo) else achadas


def com_pedido(linhas: L, usuario: Usuario, campo: str) -> L:
    """People and visits; those of a received request for INSS. `campo`: what the request calls the row."""
    vinculo = usuario.vinculo
    if vinculo is None:
        return linhas.none()
    achadas = linhas.filter(vinculo.alcance("municipio"))
    if not _so_o_recebido(vinculo):
        return achadas
    pedidos = apps.get_model("requerimentos", "Requerimento").objects.filter(**{campo: OuterRef("pk")})
    return achadas.filter(Exists(pedidos.exclude(protocolo="")))


def _so_o_recebido(vinculo: Vinculo) -> bool:
    return vinculo.papel == Vinculo.Papel.ANALISTA
