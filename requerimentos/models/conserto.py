"""Repairs of a page, one row each: what was asked, what it was before, what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Folha
from act_portal.arquivos.receita import receita_de
from requerimentos.models.peca import Pagina


class Conserto(models.Model):
    """From the page `de` to the page `para` by `receita`; undone, the page is `de` again, turned as it was.

    A turn by hand is a step too, in which the picture stays.
    """

    class Situacao(models.TextChoices):
        PEDIDO = "pedido", "Consertando"
        FEITO = "feito", "Consertada"
        FALHOU = "falhou", "Não deu para consertar"
        DESFEITO = "desfeito", "Desfeito"

    pagina = models.ForeignKey(Pagina, models.CASCADE, related_name="consertos", verbose_name="página")
    de = models.ForeignKey(Folha, models.PROTECT, related_name="+", verbose_name="folha de antes")
    para = models.ForeignKey(
        Folha, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="folha de depois"
    )
    giro_antes = models.PositiveSmallIntegerField("giro de antes", default=0)
    # Empty while a repair by itself is being worked out.
    receita = models.JSONField("receita", default=dict, blank=True)
    automatico = models.BooleanField("pelo portal", default=False)
    situacao = models.CharField("situação", max_length=8, choices=Situacao, default=Situacao.FEITO)
    motivo = models.CharField("por que não deu", max_length=300, blank=True)
    pedido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem pediu"
    )
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "conserto"
        verbose_name_plural = "consertos"
        ordering = ["pagina", "pk"]
        constraints = [
            models.CheckConstraint(
                name="conserto_situacao_conhecida", condition=Q(situacao__in=["pedido", "feito", "falhou", "desfeito"])
            ),
            models.CheckConstraint(
                name="conserto_feito_tem_folha", condition=~Q(situacao="feito") | Q(para__isnull=False)
            ),
            # A page that is being repaired waits: two workers would race for it.
            models.UniqueConstraint(fields=["pagina"], name="conserto_um_de_cada_vez", condition=Q(situacao="pedido")),
        ]

    def __str__(self) -> str:
        return f"{self.get_situacao_display()} {self.pagina_id}"

    @property
    def so_girou(self) -> bool:
        return self.de_id == self.para_id

    @property
    def em_palavras(self) -> str:
        """What was done: "folha recortada e endireitada, fundo branco"."""
        return ", ".join(receita_de(self.receita).em_palavras)
