"""Promise work inside the transaction; do it outside, at least once. Celery is only the doorbell."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.utils.timezone import now

from act_portal.erros import FalhaDefinitiva
from act_portal.saidas.models import Saida

logger = logging.getLogger(__name__)

Tratador = Callable[[Saida], None]
TRATADORES: dict[str, Tratador] = {}


class TentarDepois(Exception):
    """The work cannot be done yet; `espera` says how long to wait, when whoever raises knows better than the table."""

    def __init__(self, motivo: str, espera: timedelta | None = None) -> None:
        super().__init__(motivo)
        self.espera = espera


def tratador(tipo: str) -> Callable[[Tratador], Tratador]:
    """Register the handler of `tipo` ("app.verbo"). A handler runs at least once, so it looks before it leaps."""

    def registrar(funcao: Tratador) -> Tratador:
        if tipo in TRATADORES:
            raise ValueError(f"Já existe tratador para {tipo!r}.")
        TRATADORES[tipo] = funcao
        return funcao

    return registrar


def prometer(tipo: str, *, chave: str, em: timedelta = timedelta(), **carga) -> Saida:
    """Write the promise in the transaction of the fact that caused it; the same `chave` twice is one piece of work.

    `em` delays the first attempt. `carga` holds ids only, never personal data.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("prometer() só dentro de transaction.atomic().")
    if tipo not in TRATADORES:
        raise LookupError(f"Sem tratador para {tipo!r}.")
    saida, nova = Saida.objects.get_or_create(
        chave=chave, defaults={"tipo": tipo, "carga": carga, "proxima_em": now() + em}
    )
    if nova and not em:
        tocar(saida.pk)
    return saida


def tocar(saida_id: int) -> None:
    """Ring for one row on commit. With the broker down the error goes to the log and the sweep finds the row."""
    from act_portal.saidas.tarefas import cumprir  # tasks import this module

    # A lambda and not a partial: on failure Django logs __qualname__, which a partial lacks.
    transaction.on_commit(lambda: cumprir.delay(saida_id), robust=True)


def executar(saida_id: int) -> None:
    """Run one row, unless somebody is running it."""
    saida = Saida.objects.reservar(saida_id)
    if saida is None:
        return
    try:
        TRATADORES[saida.tipo](saida)
    except FalhaDefinitiva as erro:
        logger.warning("saida_morta id=%s tipo=%s", saida.pk, saida.tipo)
        enterrar(saida, str(erro))
    except TentarDepois as erro:
        logger.info("saida_adiada id=%s tipo=%s", saida.pk, saida.tipo)
        adiar(saida, str(erro), erro.espera)
    except Exception as erro:  # the outbox runner is one of the two places where everything is caught
        logger.exception("saida_falhou id=%s tipo=%s", saida.pk, saida.tipo)
        adiar(saida, type(erro).__name__)
    else:
        concluir(saida)


def concluir(saida: Saida) -> bool:
    return _fechar(saida, estado=Saida.Estado.FEITA, feita_em=now(), erro="")


def adiar(saida: Saida, motivo: str, espera: timedelta | None = None) -> bool:
    if saida.tentativas > len(Saida.ESPERAS):
        return enterrar(saida, motivo)
    espera = espera or Saida.ESPERAS[saida.tentativas - 1]
    return _fechar(saida, estado=Saida.Estado.PENDENTE, proxima_em=now() + espera, erro=motivo[:2000])


def enterrar(saida: Saida, motivo: str) -> bool:
    return _fechar(saida, estado=Saida.Estado.MORTA, erro=motivo[:2000])


def _fechar(saida: Saida, **campos) -> bool:
    """Only who still holds the lease writes the end; `tentativas` is the fence against a late riser."""
    return bool(
        Saida.objects.filter(pk=saida.pk, estado=Saida.Estado.EXECUTANDO, tentativas=saida.tentativas).update(
            reservada_ate=None, **campos
        )
    )
