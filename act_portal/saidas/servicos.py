"""Promise work inside the transaction; do it outside, at least once. Celery is only the doorbell."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.contas.models import Usuario
from act_portal.erros import ErroDeDominio, FalhaDefinitiva
from act_portal.saidas.models import Batimento, Saida
from act_portal.saidas.reserva import reserva_mantida

logger = logging.getLogger(__name__)

Tratador = Callable[[Saida], None]
TRATADORES: dict[str, Tratador] = {}
# How long a ring stays in the broker, and how long nobody rings after the broker failed: the sweep covers both.
CAMPAINHA_VALE = timedelta(minutes=1)
CAMPAINHA_MUDA = timedelta(seconds=10)
CHAVE_MUDA = "saidas.campainha_muda"
LOTE_DA_PODA = 1000


class TentarDepois(Exception):
    """The work cannot be done yet, and `motivo` is a sentence for people, without personal data.

    With `espera` the wait is whatever the raiser knows (the INSS said when it returns) and it is no failure: the row
    is never buried for it. Without, the row's own table of growing waits is used.
    """

    def __init__(self, motivo: str, espera: timedelta | None = None) -> None:
        super().__init__(motivo)
        self.espera = espera


def tratador(tipo: str) -> Callable[[Tratador], Tratador]:
    """Register the handler of `tipo` ("app.verbo"). A handler runs at least once, so it looks before it leaps."""

    def registrar_tratador(funcao: Tratador) -> Tratador:
        if tipo in TRATADORES:
            raise ValueError(f"Já existe tratador para {tipo!r}.")
        TRATADORES[tipo] = funcao
        return funcao

    return registrar_tratador


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
    # A lambda and not a partial: on failure Django logs __qualname__, which a partial lacks.
    transaction.on_commit(lambda: _campainha(saida_id), robust=True)


def _campainha(saida_id: int) -> None:
    from act_portal.saidas.tarefas import cumprir  # tasks import this module

    if cache.get(CHAVE_MUDA):
        return
    try:
        cumprir.apply_async([saida_id], expires=CAMPAINHA_VALE.total_seconds())
    except Exception:
        # A broker that hangs costs one request its patience, not every request after it.
        cache.set(CHAVE_MUDA, True, CAMPAINHA_MUDA.total_seconds())
        raise


def executar(saida_id: int) -> None:
    """Run one row, unless somebody is running it."""
    saida = Saida.objects.reservar(saida_id)
    if saida is None:
        return
    try:
        with reserva_mantida(saida):
            _tratar(saida)
    except FalhaDefinitiva as erro:
        logger.warning("saida_morta id=%s tipo=%s", saida.pk, saida.tipo)
        enterrar(saida, str(erro))
    except TentarDepois as erro:
        logger.info("saida_adiada id=%s tipo=%s", saida.pk, saida.tipo)
        adiar(saida, str(erro), erro.espera)
    except ErroDeDominio as erro:
        logger.warning("saida_recusada id=%s tipo=%s", saida.pk, saida.tipo)
        adiar(saida, str(erro))
    except Exception as erro:  # noqa: BLE001 - the outbox runner is one of the two places where everything is caught
        # The class and the lines, never the message: a database quotes the row that it refused.
        onde = "".join(traceback.format_tb(erro.__traceback__))
        logger.error("saida_falhou id=%s tipo=%s erro=%s\n%s", saida.pk, saida.tipo, type(erro).__name__, onde)
        adiar(saida, type(erro).__name__)
    else:
        concluir(saida)


def _tratar(saida: Saida) -> None:
    funcao = TRATADORES.get(saida.tipo)
    if funcao is None:
        # A release that was rolled back left work that this one does not know: it waits for the next release.
        raise TentarDepois("Esta versão do portal não conhece este trabalho.", timedelta(minutes=10))
    funcao(saida)


def concluir(saida: Saida) -> bool:
    return _fechar(saida, estado=Saida.Estado.FEITA, feita_em=now(), erro="")


def adiar(saida: Saida, motivo: str, espera: timedelta | None = None) -> bool:
    """Put the row back with a wait: `espera`, or the next one of the table; when the table ends, bury it."""
    if espera is not None:
        return _fechar(saida, estado=Saida.Estado.PENDENTE, proxima_em=now() + espera, erro=motivo[:2000])
    if saida.falhas >= len(Saida.ESPERAS):
        return enterrar(saida, motivo)
    return _fechar(
        saida,
        estado=Saida.Estado.PENDENTE,
        proxima_em=now() + Saida.ESPERAS[saida.falhas],
        falhas=saida.falhas + 1,
        erro=motivo[:2000],
    )


def enterrar(saida: Saida, motivo: str) -> bool:
    return _fechar(saida, estado=Saida.Estado.MORTA, erro=motivo[:2000])


def _fechar(saida: Saida, **campos) -> bool:
    """Only who still holds the lease writes the end; `tentativas` is the fence against a late riser."""
    return bool(
        Saida.objects.filter(pk=saida.pk, estado=Saida.Estado.EXECUTANDO, tentativas=saida.tentativas).update(
            reservada_ate=None, **campos
        )
    )


@transaction.atomic
def apressar(chave: str) -> bool:
    """Try a waiting or buried piece of work now; False when it is done, running or unknown."""
    if not Saida.objects.filter(chave=chave).retomar():
        return False
    tocar(Saida.objects.get(chave=chave).pk)
    return True


@transaction.atomic
def tentar_de_novo(*, autor: Usuario, saida_id: int | None = None) -> int:
    """An administrator unearths one buried row, or all of them; returns how many."""
    mortas = Saida.objects.filter(estado=Saida.Estado.MORTA)
    if saida_id is not None:
        mortas = mortas.filter(pk=saida_id)
    ids = list(mortas.order_by("pk").values_list("pk", flat=True))
    quantas = mortas.filter(pk__in=ids).retomar()
    if quantas:
        registrar("saidas.tentar_de_novo", municipio=None, autor=autor, quantas=quantas, saidas=ids[:100])
    # A heap is left to the sweep, which rings a hundred at a time.
    for pk in ids[:100]:
        tocar(pk)
    return quantas


def podar() -> int:
    """Forget what was finished long ago, a batch at a time so that no lock lasts; returns how many."""
    feitas = Saida.objects.filter(estado=Saida.Estado.FEITA, feita_em__lt=now() - settings.SAIDAS_GUARDADAS)
    podadas = 0
    while lote := list(feitas.order_by("feita_em").values_list("pk", flat=True)[:LOTE_DA_PODA]):
        podadas += Saida.objects.filter(pk__in=lote).delete()[0]
    return podadas


def bater(*quem: Batimento.Quem) -> None:
    """Note a sign of life."""
    Batimento.objects.bulk_create(
        [Batimento(quem=nome, em=now()) for nome in quem],
        update_conflicts=True,
        unique_fields=["quem"],
        update_fields=["em"],
    )
