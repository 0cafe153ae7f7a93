"""Promise an e-mail, in the transaction of what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from act_portal.contas.models import Vinculo
from act_portal.saidas.servicos import prometer
from adesao.avisos.frases import FRASES
from adesao.models import Processo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

AVISAR = "adesao.avisar"


def avisar_municipio(processo: Processo, qual: str, *, chave: str) -> None:
    """Every manager of the town today. The same `chave` (what happened) never writes to somebody twice."""
    gestores = Vinculo.objects.vigentes(localdate()).filter(
        papel=Vinculo.Papel.GESTOR, municipio=processo.municipio_id, por_aceitar=False
    )
    for usuario_id in gestores.values_list("usuario", flat=True).distinct():
        _prometer(processo, usuario_id, qual, chave)


def avisar_pessoa(processo: Processo, usuario: Usuario | None, qual: str, *, chave: str) -> None:
    if usuario is not None:
        _prometer(processo, usuario.pk, qual, chave)


def avisar_autoridades(processo: Processo, qual: str, *, chave: str) -> None:
    """Whoever decides in the unit that has the process or, when nobody does, in the nearest one above it."""
    autoridades = Vinculo.objects.vigentes(localdate()).filter(papel=Vinculo.Papel.AUTORIDADE, por_aceitar=False)
    for unidade_id in reversed(processo.unidade.linhagem):
        usuarios = list(autoridades.filter(unidade=unidade_id).values_list("usuario", flat=True).distinct())
        for usuario_id in usuarios:
            _prometer(processo, usuario_id, qual, chave)
        if usuarios:
            return


def _prometer(processo: Processo, usuario_id: int, qual: str, chave: str) -> None:
    if qual not in FRASES:
        raise LookupError(f"Sem frase para {qual!r}.")
    prometer(AVISAR, chave=f"{AVISAR}:{chave}:{usuario_id}", processo=processo.pk, usuario=usuario_id, qual=qual)


def ainda_atua(usuario: Usuario, processo: Processo) -> bool:
    """The person still acts for the town, or at INSS."""
    do_lado = Q(papel=Vinculo.Papel.GESTOR, municipio=processo.municipio_id) | Q(unidade__isnull=False)
    return usuario.vinculos.vigentes(localdate()).filter(do_lado).exists()
