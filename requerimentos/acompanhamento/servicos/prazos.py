"""The daily round over the deadlines: what ended, and what is about to."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from act_portal.auditoria.servicos import registrar
from act_portal.contagens.servicos import contar
from act_portal.territorio.consultas import hoje_em
from requerimentos.acompanhamento import regras
from requerimentos.avisos.servicos import avisar
from requerimentos.models import Aviso, Exigencia
from requerimentos.servicos import travar
from requerimentos.situacoes import SituacaoExigencia

# Brazil's clocks lie at most five hours apart from UTC's day; each row is judged by its own town's today.
FOLGA = timedelta(days=1)


def vencer_exigencias() -> int:
    """Mark open exigências whose last day is over; returns how many. The person and the desk are told once."""
    passadas = Exigencia.objects.filter(situacao=SituacaoExigencia.ABERTA, prazo__lt=now().date() + FOLGA)
    return sum(_vencer(pk) for pk in passadas.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _vencer(exigencia_id: int) -> bool:
    requerimento = travar(Exigencia.objects.values_list("requerimento_id", flat=True).get(pk=exigencia_id))
    exigencia = Exigencia.objects.select_for_update().get(pk=exigencia_id)
    hoje = hoje_em(requerimento.municipio)
    if exigencia.estado != SituacaoExigencia.ABERTA or exigencia.prazo >= hoje:
        return False
    exigencia.situacao = SituacaoExigencia.VENCIDA
    exigencia.save(update_fields=["situacao"])
    registrar(
        "exigencia.vencida", municipio=requerimento.municipio, autor=None, alvo=requerimento, exigencia=exigencia.pk
    )
    contar("exigencia_vencida", balcao=requerimento.balcao, dia=hoje, chave=exigencia.causa)
    avisar(requerimento, Aviso.Assunto.VENCIDA, chave=f"vencida:{exigencia.pk}:{exigencia.prazo}")
    return True


def lembrar_prazos() -> int:
    """Remind the person 10, 5 and 2 days before the end and on the day; returns how many notices were new."""
    limite = now().date() + timedelta(days=max(regras.MARCOS)) + FOLGA
    perto = Exigencia.objects.filter(situacao=SituacaoExigencia.ABERTA, prazo__lte=limite)
    return sum(_lembrar(pk) for pk in perto.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _lembrar(exigencia_id: int) -> bool:
    requerimento = travar(Exigencia.objects.values_list("requerimento_id", flat=True).get(pk=exigencia_id))
    exigencia = Exigencia.objects.get(pk=exigencia_id)
    hoje = hoje_em(requerimento.municipio)
    marco = regras.marco_devido((exigencia.prazo - hoje).days)
    chegou_hoje = exigencia.criado_em.astimezone(requerimento.municipio.fuso).date() == hoje
    # On the day it arrived the notice of the exigência itself has just left.
    if exigencia.estado != SituacaoExigencia.ABERTA or marco is None or chegou_hoje:
        return False
    chave = f"prazo:{exigencia.pk}:{exigencia.prazo}:{marco}"
    if Aviso.objects.filter(chave=chave).exists():
        return False
    return avisar(requerimento, Aviso.Assunto.PRAZO, chave=chave) is not None
