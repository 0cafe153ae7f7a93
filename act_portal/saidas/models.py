"""The outbox: work promised in a transaction, done outside it, at least once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now


class SaidaQuerySet(models.QuerySet["Saida"]):
    def vencidas(self, agora: datetime) -> Self:
        """Ready to run: due, or held by a lease that ran out."""
        return self.filter(
            Q(estado=Saida.Estado.PENDENTE, proxima_em__lte=agora)
            | Q(estado=Saida.Estado.EXECUTANDO, reservada_ate__lt=agora),
            tentativas__lte=len(Saida.ESPERAS),
        )

    def enterrar_assassinas(self, agora: datetime) -> int:
        """Bury those that brought the worker down at every attempt."""
        return self.filter(
            estado=Saida.Estado.EXECUTANDO, reservada_ate__lt=agora, tentativas__gt=len(Saida.ESPERAS)
        ).update(
            estado=Saida.Estado.MORTA, reservada_ate=None, erro="O trabalhador parou no meio em todas as tentativas."
        )

    def reservar(self, pk: int) -> Saida | None:
        """Take the row, or None when somebody else has it."""
        agora = now()
        tomou = (
            self.vencidas(agora)
            .filter(pk=pk)
            .update(
                estado=Saida.Estado.EXECUTANDO,
                reservada_ate=agora + settings.SAIDAS_RESERVA,
                tentativas=F("tentativas") + 1,
            )
        )
        return self.get(pk=pk) if tomou else None


class Saida(models.Model):
    """One promised piece of work. `chave` comes from the fact, so the same fact is one row."""

    class Estado(models.TextChoices):
        PENDENTE = "pendente", "Na fila"
        EXECUTANDO = "executando", "Em andamento"
        FEITA = "feita", "Feita"
        MORTA = "morta", "Parada: precisa de alguém"

    # A day and a half of an INSS out of order fits before the burial.
    ESPERAS = (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(minutes=30),
        *[timedelta(hours=1)] * 36,
    )

    tipo = models.CharField("tipo", max_length=60)
    chave = models.CharField("chave", max_length=120, unique=True)
    carga = models.JSONField("carga", default=dict)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDENTE)
    tentativas = models.PositiveSmallIntegerField("tentativas", default=0)
    proxima_em = models.DateTimeField("próxima tentativa", default=now)
    reservada_ate = models.DateTimeField("reservada até", null=True, blank=True)
    erro = models.TextField("último erro", blank=True)
    criada_em = models.DateTimeField("criada em", default=now, editable=False)
    feita_em = models.DateTimeField("feita em", null=True, blank=True)

    objects = SaidaQuerySet.as_manager()

    class Meta:
        verbose_name = "saída"
        verbose_name_plural = "saídas"
        ordering = ["proxima_em", "pk"]
        indexes = [
            # The sweep: what is due, oldest first.
            models.Index(
                fields=["proxima_em"], name="saida_a_fazer", condition=Q(estado__in=["pendente", "executando"])
            ),
            # /saude/ and the administrators' page: age of the oldest, the buried ones.
            models.Index(fields=["estado", "criada_em"], name="saida_por_estado"),
        ]
        constraints = [
            models.CheckConstraint(
                name="saida_estado_conhecido", condition=Q(estado__in=["pendente", "executando", "feita", "morta"])
            ),
            models.CheckConstraint(
                name="saida_executando_tem_reserva",
                condition=~Q(estado="executando") | Q(reservada_ate__isnull=False),
            ),
            models.CheckConstraint(
                name="saida_feita_tem_data",
                condition=Q(estado="feita", feita_em__isnull=False) | (~Q(estado="feita") & Q(feita_em__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} [{self.chave}]"
