"""Append-only events, hash-chained by município, and the log of who opened whose data."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from act_portal.territorio.models import Municipio


class SoAcrescenta(models.Model):
    """A row that is written once: never changed, never deleted."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("Registro de auditoria não se altera.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Registro de auditoria não se apaga.")


class Evento(SoAcrescenta):
    """One fact. `selo` signs this row and the one before it, so that an edit, a deletion or a swap shows."""

    corrente = models.CharField("corrente", max_length=7, help_text="Código IBGE do município, ou 'portal'.")
    numero = models.PositiveBigIntegerField("número na corrente")
    acao = models.CharField("ação", max_length=60)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="autor",
        help_text="Vazio quando quem agiu foi o cidadão ou o sistema.",
    )
    alvo_tipo = models.CharField("tipo do alvo", max_length=60, blank=True)
    alvo_id = models.CharField("id do alvo", max_length=40, blank=True)
    dados = models.JSONField("dados", default=dict, blank=True)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    selo = models.CharField("selo", max_length=64)

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventos"
        ordering = ["corrente", "numero"]
        constraints = [models.UniqueConstraint(fields=["corrente", "numero"], name="evento_numero_unico")]
        indexes = [
            # The timeline of one object.
            models.Index(fields=["alvo_tipo", "alvo_id", "criado_em"], name="evento_por_alvo"),
        ]

    def __str__(self) -> str:
        return f"{self.acao} em {self.criado_em:%d/%m/%Y %H:%M}"


class Corrente(models.Model):
    """The head of one chain: how many events it has and the last seal, itself sealed, so that truncation shows."""

    nome = models.CharField("nome", max_length=7, primary_key=True)
    numero = models.PositiveBigIntegerField("último número", default=0)
    ultimo_selo = models.CharField("último selo", max_length=64, blank=True)
    selo = models.CharField("selo da ponta", max_length=64, blank=True)

    class Meta:
        verbose_name = "corrente"
        verbose_name_plural = "correntes"
        ordering = ["nome"]

    def __str__(self) -> str:
        return f"{self.nome}: {self.numero}"


class Acesso(SoAcrescenta):
    """Who opened which person's data or file, when and on which screen."""

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="usuário")
    municipio = models.ForeignKey(Municipio, models.PROTECT, null=True, related_name="+", verbose_name="município")
    titular_id = models.BigIntegerField("id da pessoa", null=True, db_index=True)
    alvo_tipo = models.CharField("tipo do alvo", max_length=60)
    alvo_id = models.CharField("id do alvo", max_length=40)
    acao = models.CharField("ação", max_length=40)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "acesso a dados"
        verbose_name_plural = "acessos a dados"
        ordering = ["-criado_em"]

    def __str__(self) -> str:
        return f"{self.acao} {self.alvo_tipo} {self.alvo_id}"
