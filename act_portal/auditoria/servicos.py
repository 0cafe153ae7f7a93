"""Write the trail. Always inside the transaction of the fact."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.utils.timezone import now

from act_portal.auditoria.models import Acesso, Corrente, Evento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario
    from act_portal.territorio.models import Municipio

PORTAL = "portal"


def selar(*partes: object) -> str:
    """HMAC-SHA256 (64 hex digits) of the parts, with a key that the database does not hold."""
    texto = json.dumps(partes, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hmac.new(settings.AUDITORIA_CHAVE.encode(), texto.encode(), hashlib.sha256).hexdigest()


def selo_do_evento(evento: Evento, anterior: str) -> str:
    return selar(
        anterior, evento.corrente, evento.numero, evento.acao, evento.autor_id, evento.alvo_tipo, evento.alvo_id,
        evento.dados, evento.criado_em.timestamp(),
    )  # fmt: skip


def registrar(
    acao: str, *, municipio: Municipio | str | None, autor: Usuario | None, alvo: models.Model | None = None, **dados
) -> Evento:
    """Append one event to the chain of `municipio` (None: the portal's own chain).

    `dados` holds ids, states and counts, never names, CPFs or what a person wrote.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("registrar() só dentro de transaction.atomic().")
    nome = PORTAL if municipio is None else str(getattr(municipio, "pk", municipio))
    Corrente.objects.get_or_create(nome=nome)
    ponta = Corrente.objects.select_for_update().get(nome=nome)
    evento = Evento(
        corrente=nome,
        numero=ponta.numero + 1,
        acao=acao,
        autor=autor,
        alvo_tipo=alvo._meta.label_lower if alvo else "",
        alvo_id=str(alvo.pk) if alvo else "",
        dados=dados,
        criado_em=now(),
    )
    evento.selo = selo_do_evento(evento, ponta.ultimo_selo)
    evento.save()
    ponta.numero, ponta.ultimo_selo = evento.numero, evento.selo
    ponta.selo = selar("ponta", nome, ponta.numero, ponta.ultimo_selo)
    ponta.save(update_fields=["numero", "ultimo_selo", "selo"])
    return evento


def registrar_acesso(
    usuario: Usuario, acao: str, alvo: models.Model, *, titular_id: int | None, municipio: Municipio | None
) -> None:
    """Note that `usuario` saw a person's data or file (LGPD, art. 37: conferir norma vigente)."""
    Acesso.objects.create(
        usuario=usuario,
        municipio=municipio,
        titular_id=titular_id,
        alvo_tipo=alvo._meta.label_lower,
        alvo_id=str(alvo.pk),
        acao=acao,
    )
