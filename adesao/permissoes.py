"""Who may do what in an adhesion. Seeing is decided by `visiveis_para`; this is about acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from act_portal.contas.models import Vinculo
from act_portal.contas.permissoes import exigir_isento
from act_portal.territorio.models import Municipio
from adesao.models import Processo
from adesao.models.processo import DO_INSS
from adesao.situacoes import Quem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# Roles by name, for the pages that are of one side only.
INSS = tuple(sorted(DO_INSS))
MUNICIPIO = (Vinculo.Papel.GESTOR.value,)
PAPEL = {
    Quem.GESTOR: Vinculo.Papel.GESTOR,
    Quem.ANALISTA: Vinculo.Papel.ANALISTA,
    Quem.AUTORIDADE: Vinculo.Papel.AUTORIDADE,
}


def age_como(usuario: Usuario, processo: Processo, *quem: Quem) -> bool:
    """The active role is one of `quem` and reaches this very process."""
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel not in {PAPEL[q] for q in quem}:
        return False
    if vinculo.papel == Vinculo.Papel.GESTOR:
        return vinculo.municipio_id == processo.municipio_id
    return vinculo.alcanca_unidade(processo.unidade)


def exigir(usuario: Usuario, processo: Processo, *quem: Quem) -> None:
    """403 for who may not act here; a sentence for who would judge what is their own."""
    if not age_como(usuario, processo, *quem):
        raise PermissionDenied
    if usuario.vinculo and usuario.vinculo.papel in DO_INSS:
        exigir_isento(usuario, processo.municipio_id)


def exigir_gestor(usuario: Usuario, municipio: Municipio) -> None:
    """Before there is a process: a manager of this very town."""
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel != Vinculo.Papel.GESTOR or vinculo.municipio_id != municipio.pk:
        raise PermissionDenied
