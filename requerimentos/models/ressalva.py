"""What is wrong with a document, or that it was not brought: the remedy differs, so each has its own words."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from requerimentos.models.peca import Peca
from requerimentos.models.requerimento import Requerimento


class RessalvaQuerySet(models.QuerySet["Ressalva"]):
    def abertas(self) -> Self:
        return self.filter(retirada_em__isnull=True)


class Ressalva(models.Model):
    """Of a document, or of a whole slot when nothing was brought for it (`peca` empty)."""

    class Estado(models.TextChoices):
        AUSENTE = "ausente", "Ausente"
        ILEGIVEL = "ilegivel", "Ilegível"
        INVALIDO = "invalido", "Inválido"
        VENCIDO = "vencido", "Vencido"
        DE_OUTRA_PESSOA = "de_outra", "De outra pessoa"

    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="ressalvas", verbose_name="requerimento"
    )
    vaga = models.CharField("vaga", max_length=60)
    peca = models.ForeignKey(Peca, models.CASCADE, null=True, blank=True, related_name="ressalvas", verbose_name="peça")
    estado = models.CharField("estado", max_length=8, choices=Estado)
    trazer = models.CharField("o que trazer", max_length=200)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="autor")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    retirada_em = models.DateTimeField("retirada em", null=True, blank=True)

    objects = RessalvaQuerySet.as_manager()

    class Meta:
        verbose_name = "ressalva"
        verbose_name_plural = "ressalvas"
        ordering = ["requerimento", "pk"]
        constraints = [
            models.CheckConstraint(
                name="ressalva_estado_conhecido",
                condition=Q(estado="ausente", peca__isnull=True)
                | Q(estado__in=["ilegivel", "invalido", "vencido", "de_outra"], peca__isnull=False),
            ),
            models.CheckConstraint(name="ressalva_diz_o_que_trazer", condition=~Q(trazer="")),
            models.UniqueConstraint(
                fields=["peca"], name="ressalva_uma_por_peca", condition=Q(retirada_em__isnull=True, peca__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["requerimento", "vaga"],
                name="ressalva_uma_por_vaga",
                condition=Q(retirada_em__isnull=True, peca__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_estado_display()}: {self.vaga}"

    def frase(self, vaga: str) -> str:
        """One sentence for whoever must put it right. `vaga`: the name of the slot."""
        nome = f"“{self.peca.nome}” ({vaga})" if self.peca else vaga
        comeco = {
            self.Estado.AUSENTE: f"Falta o documento: {nome}",
            self.Estado.ILEGIVEL: f"Não dá para ler {nome}",
            self.Estado.INVALIDO: f"Não vale para este pedido: {nome}",
            self.Estado.VENCIDO: f"Passou da validade: {nome}",
            self.Estado.DE_OUTRA_PESSOA: f"É de outra pessoa: {nome}",
        }[self.Estado(self.estado)]
        return f"{comeco}. Trazer: {self.trazer.rstrip('.')}."
