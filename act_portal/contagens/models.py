from __future__ import annotations

from django.db import models

from act_portal.territorio.models import Balcao, Municipio


class ContagemDiaria(models.Model):
    """How many times a fact happened at a desk on a day; `soma` adds its measure (seconds of wait, for instance)."""

    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    balcao = models.ForeignKey(Balcao, models.PROTECT, related_name="+", verbose_name="balcão")
    dia = models.DateField("dia")
    fato = models.CharField("fato", max_length=40)
    chave = models.CharField("chave", max_length=80, blank=True)
    quantidade = models.IntegerField("quantidade", default=0)
    soma = models.BigIntegerField("soma", default=0)

    class Meta:
        verbose_name = "contagem diária"
        verbose_name_plural = "contagens diárias"
        ordering = ["dia", "municipio", "fato", "chave"]
        constraints = [
            models.UniqueConstraint(fields=["balcao", "dia", "fato", "chave"], name="contagem_unica"),
        ]
        indexes = [
            # Dashboards read one município's days.
            models.Index(fields=["municipio", "dia", "fato"], name="contagem_do_municipio"),
            # The whole country's months, added up without touching the rows; the town is in it so that SQLite without
            # statistics, which takes it for a region too, reads no row either.
            models.Index(fields=["fato", "dia", "municipio", "quantidade", "soma"], name="contagem_do_pais"),
        ]

    def __str__(self) -> str:
        return f"{self.dia} {self.fato} {self.chave}: {self.quantidade}"
