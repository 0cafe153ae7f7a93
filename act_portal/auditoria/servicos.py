"""Write the trail. Always inside the transaction of the fact."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.utils.timezone import now

from act_portal.auditoria.models import PORTAL, Acesso, Corrente, Evento
from act_portal.auditoria.selos import guardavel, selo_da_ponta, selo_do_evento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Municipio

logger = logging.getLogger(__name__)

CORRENTE_ABERTA = "auditoria.corrente_aberta"
MARCO = "auditoria.marco"
# The same person looking at the same thing again within this time is one look.
MESMO_ACESSO = timedelta(minutes=5)


def registrar(
    acao: str, *, municipio: Municipio | str | None, autor: Usuario | None, alvo: models.Model | None = None, **dados
) -> Evento:
    """Append one event to the chain of `municipio` (None: the portal's own chain).

    `dados` holds ids, states and counts, never names, CPFs or what a person wrote. The chain's head stays locked
    until the caller commits, so register last, and no slow work after it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("registrar() só dentro de transaction.atomic().")
    nome = PORTAL if municipio is None else str(getattr(municipio, "pk", municipio))
    if nome != PORTAL and not Corrente.objects.filter(nome=nome).exists():
        _abrir(nome)
    return _anexar(nome, acao, autor=autor, alvo=alvo, dados=dados)


def _abrir(nome: str) -> None:
    """The portal's chain remembers every other chain, so that one taken away whole is missed."""
    _ponta(PORTAL)
    if Corrente.objects.get_or_create(nome=nome)[1]:
        _anexar(PORTAL, CORRENTE_ABERTA, dados={"corrente": nome})


def _ponta(nome: str) -> Corrente:
    Corrente.objects.get_or_create(nome=nome)
    return Corrente.objects.select_for_update().get(nome=nome)


def _anexar(
    nome: str, acao: str, *, dados: dict, autor: Usuario | None = None, alvo: models.Model | None = None
) -> Evento:
    ponta = _ponta(nome)
    evento = Evento(
        corrente=nome,
        numero=ponta.numero + 1,
        acao=acao,
        autor=autor,
        alvo_tipo=alvo._meta.label_lower if alvo else "",
        alvo_id=str(alvo.pk) if alvo else "",
        dados=guardavel(dados),
        criado_em=now(),
    )
    evento.selo = selo_do_evento(evento, ponta.ultimo_selo)
    evento.save()
    ponta.numero, ponta.ultimo_selo = evento.numero, evento.selo
    ponta.selo = selo_da_ponta(nome, ponta.numero, ponta.ultimo_selo)
    ponta.save(update_fields=["numero", "ultimo_selo", "selo"])
    return evento


def registrar_acesso(
    usuario: Usuario, acao: str, alvo: models.Model, *, titular_id: int | None, municipio: Municipio | None
) -> None:
    """Note that `usuario` saw a person's data or file (LGPD, art. 37: conferir norma vigente).

    It is the one thing that a GET writes, in a short transaction of its own. Who cannot be noted does not see: a
    database error rises.
    """
    visto = {
        "usuario": usuario,
        "alvo_tipo": alvo._meta.label_lower,
        "alvo_id": str(alvo.pk),
        "acao": acao,
    }
    if Acesso.objects.filter(**visto, criado_em__gte=now() - MESMO_ACESSO).exists():
        return
    with transaction.atomic():
        Acesso.objects.create(**visto, titular_id=titular_id, municipio=municipio)


@transaction.atomic
def marcar() -> Evento | None:
    """Write the heads of the chains that moved into the portal's chain, and the portal's head into the log.

    A chain put back to an older copy of itself, head and all, then disagrees with the mark; for the portal's own
    chain the log outside the database is the mark.
    """
    antes = marcas()
    pontas = Corrente.objects.exclude(nome=PORTAL).values_list("nome", "numero", "ultimo_selo")
    mudaram = {nome: [numero, selo] for nome, numero, selo in pontas if antes.get(nome) != [numero, selo]}
    if not mudaram:
        return None
    evento = _anexar(PORTAL, MARCO, dados={"pontas": mudaram})
    logger.info("marco_da_trilha numero=%s selo=%s", evento.numero, evento.selo)
    return evento


def marcas() -> dict[str, list]:
    """The last marked head of each chain: `{name: [number, seal]}`."""
    juntas: dict[str, list] = {}
    for dados in Evento.objects.filter(corrente=PORTAL, acao=MARCO).order_by("numero").values_list("dados", flat=True):
        juntas |= dados["pontas"]
    return juntas
