"""Who may do what to a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from act_portal.territorio.models import Balcao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def pode_mudar_balcao(usuario: Usuario | None, balcao: Balcao) -> bool:
    """The system (None), the portal's administrator, the town's manager and the INSS analyst above the town."""
    if usuario is None:
        return True
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel == vinculo.Papel.ATENDENTE:
        return False
    if vinculo.papel == vinculo.Papel.ADMINISTRADOR:
        return True
    return Balcao.objects.visiveis_para(usuario).filter(pk=balcao.pk).exists()
