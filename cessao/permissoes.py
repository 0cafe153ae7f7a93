"""Who may do what with property. Seeing is decided by `visiveis_para`; this is about acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from act_portal.contas.models import Vinculo
from act_portal.territorio.models import UnidadeInss
from cessao.models.imovel import DO_INSS

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# Roles by name, for the pages that are of one side only.
INSS = tuple(sorted(DO_INSS))
LOGISTICA = (Vinculo.Papel.LOGISTICA.value,)


def exigir_logistica(usuario: Usuario, unidade: UnidadeInss) -> None:
    """Whoever keeps the catalogue of `unidade`."""
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel != Vinculo.Papel.LOGISTICA or not vinculo.alcanca_unidade(unidade):
        raise PermissionDenied
