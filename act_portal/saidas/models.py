"""The outbox: work promised in a transaction, done outside it, at least once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.timezone import now


class SaidaQuerySet(models.QuerySet["Saida"]):
    def atrasadas(self, agora: datetime) -> Self:
        """Whose time has come and nobody holds: due, or with a lease that ran out."""
        return self.filter(
            Q(estado=Saida.Estado.PENDENTE, proxima_em__lte=agora)
            | Q(estado=Saida.Estado.EXECUTANDO, reservada_ate__lt=agora)
        )

    def vencidas(self, agora: datetime) -> Self:
        """Ready to run: late, and not a killer of workers."""
        return self.atrasadas(agora).filter(quedas__lt=Saida.QUEDAS_TOLERADAS)

    def enterrar_assassinas(self, agora: datetime) -> int:
        """Bury those that brought the worker down every time."""
        return self.filter(
            estado=Saida.Estado.EXECUTANDO, reservada_ate__lt=agora, quedas__gte=Saida.QUEDAS_TOLERADAS
        ).update(
            estado=Saida.Estado.MORTA, reservada_ate=None, erro="O trabalhador parou no meio em todas as tentativas."
        )

    def reservar(self, pk: int) -> Saida | None:
        """Take the row, or None when somebody else has it."""
        agora = now()
        abandonada = When(estado=Saida.Estado.EXECUTANDO, then=F("quedas") + 1)
        tomou = (
            self.vencidas(agora)
            .filter(pk=pk)
            .update(
                estado=Saida.Estado.EXECUTANDO,
                reservada_ate=agora + settings.SAIDAS_RESERVA,
                tentativas=F("tentativas") + 1,
                quedas=Case(abandonada, default=F("quedas"), output_field=models.IntegerField()),
            )
        )
        return self.get(pk=pk) if tomou else None

    def retomar(self) -> int:
        """Back to the queue with a clean slate; `tentativas` goes on, because it is the fence."""
        return self.filter(estado__in=[Saida.Estado.MORTA, Saida.Estado.PENDENTE]).update(
            estado=Saida.Estado.PENDENTE, proxima_em=now(), falhas=0, quedas=0
        )


class Saida(models.Model):
    """One promised piece of work. `chave` comes from the fact, so the same fact is one row."""

    class Estado(models.TextChoices):
        PENDENTE = "pendente", "Pendente"
        EXECUTANDO = "executando", "Em execução"
        FEITA = "feita", "Feita"
        MORTA = "morta", "Parada"

    # A day and a half of an INSS out of order fits before the burial.
    ESPERAS = (
        timedelta(seconds=5),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(minutes=30),
        *[timedelta(hours=1)] * 36,
    )

    # A row whose worker dies this often and then once more is what kills it.
    QUEDAS_TOLERADAS = 4

    tipo = models.CharField("tipo", max_length=60)
    chave = models.CharField("chave", max_length=120, unique=True)
    carga = models.JSONField("carga", default=dict)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDENTE)
    # Grows at every take and never goes back: it is the fence against a worker that wakes up late.
    tentativas = models.PositiveIntegerField("tentativas", default=0)
    # Failures since the last time that a person said "try again"; they choose the wait.
    falhas = models.PositiveSmallIntegerField("falhas seguidas", default=0)
    quedas = models.PositiveSmallIntegerField("paradas do trabalhador", default=0)
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
            # The administrators' page: the buried ones, by kind.
            models.Index(fields=["tipo", "criada_em"], name="saida_morta_por_tipo", condition=Q(estado="morta")),
            # What was done in the last hour.
            models.Index(fields=["feita_em"], name="saida_feita_em", condition=Q(estado="feita")),
        ]
        constraints = [
            models.CheckConstraint(
                name="saida_estado_conhecido", condition=Q(estado__in=["pendente", "executando", "feita", "morta"])
            ),
            models.CheckConstraint(
                name="saida_reserva_so_executando",
                condition=Q(estado="executando", reservada_ate__isnull=False)
                | (~Q(estado="executando") & Q(reservada_ate__isnull=True)),
            ),
            models.CheckConstraint(
                name="saida_feita_tem_data",
                condition=Q(estado="feita", feita_em__isnull=False) | (~Q(estado="feita") & Q(feita_em__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} [{self.chave}]"

    @property
    def espera_da_vez(self) -> timedelta:
        """How long to wait after this attempt when the wait is nobody's failure."""
        return self.ESPERAS[min(self.tentativas, len(self.ESPERAS)) - 1]


class Batimento(models.Model):
    """Last sign of life. `trabalhador`: some worker ran something; `agenda`: the scheduler's own beat came round."""

    class Quem(models.TextChoices):
        TRABALHADOR = "trabalhador", "Trabalhador"
        AGENDA = "agenda", "Agenda"

    quem = models.CharField("quem", max_length=20, choices=Quem, primary_key=True)
    em = models.DateTimeField("em")

    class Meta:
        verbose_name = "batimento"
        verbose_name_plural = "batimentos"
        ordering = ["quem"]
        constraints = [
            models.CheckConstraint(name="batimento_de_conhecido", condition=Q(quem__in=["trabalhador", "agenda"])),
        ]

    def __str__(self) -> str:
        return f"{self.get_quem_display()} às {self.em:%H:%M:%S}"
