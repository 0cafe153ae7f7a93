"""Asking INSS how the requests are. `proxima_consulta_em` is the queue: a claim moves it ahead, as a lease."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from requerimentos.acompanhamento import regras, servicos
from requerimentos.envio.inss import InssConflito, InssForaDoAr, InssRecusou, inss
from requerimentos.models import Requerimento
from requerimentos.situacoes import Etapa

logger = logging.getLogger(__name__)

LOTE = 50
# Longer than one slow answer of INSS: who died in the middle is asked again after it.
RESERVA = timedelta(seconds=90)
# With INSS down every question costs a timeout: after some in a row the rest of the batch waits for the next round.
FALHAS_SEGUIDAS = 3
NAO_ACHOU = timedelta(hours=6)


def consultar_vencidos(lote: int = LOTE) -> int:
    """Ask about every request whose time has come; returns how many answers were applied."""
    vencidos = Requerimento.objects.filter(proxima_consulta_em__lte=now()).order_by("proxima_consulta_em", "pk")
    respondidas, falhas = 0, 0
    for pk in vencidos.values_list("pk", flat=True)[:lote]:
        respondeu = consultar(pk)
        if respondeu is None:
            continue
        respondidas += respondeu
        falhas = 0 if respondeu else falhas + 1
        if falhas >= FALHAS_SEGUIDAS:
            logger.warning("inss_fora_do_ar consultas_adiadas")
            break
    return respondidas


def consultar(requerimento_id: int) -> bool | None:
    """Ask about one request, if its time has come and nobody else is asking (None). False: INSS gave no answer."""
    reserva = _reservar(requerimento_id)
    if reserva is None:
        return None
    requerimento = Requerimento.objects.get(pk=requerimento_id)
    try:
        tarefa = inss().consultar(requerimento.protocolo)
    except InssForaDoAr as erro:
        espera = erro.espera or max(_espera(requerimento), settings.INSS_CONSULTA * 5)
        _remarcar(requerimento_id, reserva, espera, falha=erro.motivo)
        return False
    except (InssRecusou, InssConflito):
        _remarcar(requerimento_id, reserva, NAO_ACHOU, falha="O INSS não achou este protocolo.")
        return True
    servicos.sincronizar(requerimento_id, tarefa)
    requerimento.refresh_from_db(fields=["situacao_desde", "etapa"])
    _remarcar(requerimento_id, reserva, _espera(requerimento))
    return True


@transaction.atomic
def pedir_consulta(requerimento_id: int) -> bool:
    """Put one request at the head of the queue and ring. False when INSS is not asked about it any more."""
    from requerimentos.tarefas import consultar_um  # tasks import this module

    vivos = Requerimento.objects.filter(pk=requerimento_id, proxima_consulta_em__isnull=False)
    if not vivos.update(proxima_consulta_em=now()):
        return False
    # The sweep of every minute finds it when the broker is down.
    transaction.on_commit(lambda: consultar_um.apply_async([requerimento_id], expires=60), robust=True)
    return True


def _reservar(requerimento_id: int) -> datetime | None:
    """Take the row by moving its time ahead, only if it is still due: of two workers one wins."""
    ate = now() + RESERVA
    tomou = Requerimento.objects.filter(pk=requerimento_id, proxima_consulta_em__lte=now()).update(
        proxima_consulta_em=ate
    )
    return ate if tomou else None


def _remarcar(requerimento_id: int, reserva: datetime, espera: timedelta, *, falha: str | None = None) -> None:
    """The next question, unless something else (an answer delivered, the end of the case) set another time."""
    meus = Requerimento.objects.filter(pk=requerimento_id, proxima_consulta_em=reserva)
    if falha is None:
        meus.update(proxima_consulta_em=now() + espera)
    else:
        meus.update(proxima_consulta_em=now() + espera, inss_falha=falha[:200])


def _espera(requerimento: Requerimento) -> timedelta:
    parada = now() - (requerimento.situacao_desde or now())
    return regras.proxima_espera(parada, settings.INSS_CONSULTA, decidido=requerimento.estado == Etapa.RESULTADO)
