"""Who may do what at the desk. Seeing is decided by `visiveis_para`; this is about acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from act_portal.contas.models import Vinculo
from act_portal.territorio.models import Balcao, Municipio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

BALCAO = frozenset({Vinculo.Papel.ATENDENTE, Vinculo.Papel.GESTOR})


def atende(usuario: Usuario, municipio: Municipio | str) -> bool:
    """A clerk or the manager of the very município; INSS analysts look and do not touch."""
    vinculo = usuario.vinculo
    codigo = municipio if isinstance(municipio, str) else municipio.pk
    return vinculo is not None and vinculo.papel in BALCAO and vinculo.municipio_id == codigo


def exigir_atendente(usuario: Usuario, municipio: Municipio | str) -> None:
    if not atende(usuario, municipio):
        raise PermissionDenied


def balcao_de(usuario: Usuario) -> Balcao | None:
    """The open desk where this person works: the município's first open one."""
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel not in BALCAO:
        return None
    return (
        Balcao.objects.abertos().filter(municipio=vinculo.municipio_id).select_related("entidade", "municipio").first()
    )
