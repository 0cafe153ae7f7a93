"""What the tests of the outbox share."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from act_portal.saidas import servicos
from act_portal.saidas.models import Saida


def prometer(chave: str = "k", tipo: str = "teste", **carga) -> Saida:
    with transaction.atomic():
        return servicos.prometer(tipo, chave=chave, **carga)


def vencer(saida: Saida) -> None:
    """The wait is over, or the lease has run out."""
    antes = now() - timedelta(seconds=1)
    Saida.objects.filter(pk=saida.pk, estado="pendente").update(proxima_em=antes)
    Saida.objects.filter(pk=saida.pk, estado="executando").update(reservada_ate=antes)


def situacao(saida: Saida) -> tuple[str, int, str]:
    saida.refresh_from_db()
    return saida.estado, saida.tentativas, saida.erro
