"""Who may do what at the desk. Seeing is decided by `visiveis_para`; this is about acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from act_portal.contas.models import Vinculo
from act_portal.territorio.models import Balcao, Municipio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

BALCAO = frozenset({Vinculo.Papel.ATENDENTE, Vinculo.Papel.GESTOR})
# Public content; clerks reach each service through their own screens.
LEITORES_DO_CATALOGO = frozenset({Vinculo.Papel.ADMINISTRADOR, Vinculo.Papel.ANALISTA, Vinculo.Papel.GESTOR})


def atende(usuario: Usuario, municipio: Municipio | str) -> bool:
    """A clerk or the manager of the very município; INSS analysts look and do not touch."""
    vinculo = usuario.vinculo
    codigo = municipio if isinstance(municipio, str) else municipio.pk
    return vinculo is not None and vinculo.papel in BALCAO and vinculo.municipio_id == codigo


def gere(usuario: Usuario, municipio: Municipio | str) -> bool:
    """The manager of the very município."""
    return atende(usuario, municipio) and usuario.vinculo is not None and usuario.vinculo.papel == Vinculo.Papel.GESTOR


def no_balcao(usuario: Usuario) -> bool:
    """Works at a desk of some município."""
    return usuario.vinculo is not None and usuario.vinculo.papel in BALCAO


def ve_pedidos(usuario: Usuario) -> bool:
    """Desks and the INSS of the region. Administrators run the portal and reach nobody's case."""
    return usuario.vinculo is not None and usuario.vinculo.papel in BALCAO | {Vinculo.Papel.ANALISTA}


def administra(usuario: Usuario) -> bool:
    return usuario.vinculo is not None and usuario.vinculo.papel == Vinculo.Papel.ADMINISTRADOR


def exigir_atendente(usuario: Usuario, municipio: Municipio | str) -> None:
    if not atende(usuario, municipio):
        raise PermissionDenied


def le_catalogo(usuario: Usuario) -> bool:
    return usuario.vinculo is not None and usuario.vinculo.papel in LEITORES_DO_CATALOGO


def exigir_balcao(usuario: Usuario) -> None:
    if not no_balcao(usuario):
        raise PermissionDenied


def balcoes_de(usuario: Usuario) -> QuerySet[Balcao]:
    """The open desks where this person may work: those of their own município."""
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel not in BALCAO:
        return Balcao.objects.none()
    abertos = Balcao.objects.abertos().filter(municipio=vinculo.municipio_id)
    return abertos.select_related("entidade", "municipio").order_by("nome", "pk")
