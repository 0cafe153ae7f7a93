"""Append-only events, hash-chained by município, and the log of who opened whose data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from act_portal.territorio.models import Municipio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# The chain of what belongs to no município.
PORTAL = "portal"


class SoAcrescentaQuerySet(models.QuerySet):
    """Adds and reads; a database trigger says the same to whoever goes around it (see the migrations)."""

    def update(self, **kwargs):
        raise TypeError("Registro de auditoria não se altera.")

    def bulk_update(self, *args, **kwargs):
        raise TypeError("Registro de auditoria não se altera.")

    def delete(self):
        raise TypeError("Registro de auditoria não se apaga.")


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


class EventoQuerySet(SoAcrescentaQuerySet):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """A manager reads the own município's chain; an administrator the portal's, which speaks of no case."""
        vinculo = usuario.vinculo
        if vinculo is None or vinculo.papel not in {"gestor", "administrador"}:
            return self.none()
        return self.filter(corrente=vinculo.municipio_id or PORTAL)


class AcessoQuerySet(SoAcrescentaQuerySet):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """Only the manager of the município whose people were looked at."""
        vinculo = usuario.vinculo
        if vinculo is None or vinculo.papel != "gestor":
            return self.none()
        return self.filter(municipio=vinculo.municipio_id)


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

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "eventos"
        ordering = ["corrente", "numero"]
        constraints = [models.UniqueConstraint(fields=["corrente", "numero"], name="evento_numero_unico")]
        indexes = [
            # The timeline of one object.
            models.Index(fields=["alvo_tipo", "alvo_id", "criado_em"], name="evento_por_alvo"),
            # The manager's page: the latest of one chain, and those of one person or one action.
            models.Index(fields=["corrente", "criado_em"], name="evento_recente"),
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

    objects = AcessoQuerySet.as_manager()

    class Meta:
        verbose_name = "acesso a dados"
        verbose_name_plural = "acessos a dados"
        ordering = ["-criado_em", "-pk"]
        indexes = [
            # The manager's page: the latest of the município.
            models.Index(fields=["municipio", "criado_em"], name="acesso_do_municipio"),
            # Was this same look noted a moment ago?
            models.Index(fields=["usuario", "alvo_tipo", "alvo_id", "criado_em"], name="acesso_repetido"),
        ]

    def __str__(self) -> str:
        return f"{self.acao} {self.alvo_tipo} {self.alvo_id}"
