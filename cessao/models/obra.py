"""Works that a request wants in the space, each one judged by itself: only what can be undone."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from cessao.models.pedido import Pedido
from cessao.situacoes import Desfaz, SituacaoObra


class ObraQuerySet(models.QuerySet["Obra"]):
    def vivas(self) -> models.QuerySet[Obra]:
        return self.filter(tirada_em=None)


class Obra(models.Model):
    """One work. `desfaz`: what who asks says; `inss_desfaz`: what INSS found. Taken out it stays in the request."""

    pedido = models.ForeignKey(Pedido, models.CASCADE, related_name="obras", verbose_name="pedido")
    descricao = models.CharField("o que se quer fazer", max_length=1000)
    # Empty only in requests from before each work had a row.
    desfaz = models.CharField("dá para desfazer", max_length=6, choices=Desfaz, blank=True)
    como = models.CharField("como se desfaz", max_length=300, blank=True)
    dias = models.PositiveSmallIntegerField("dias de obra", null=True, blank=True)
    situacao = models.CharField("situação", max_length=8, choices=SituacaoObra, default=SituacaoObra.PEDIDA)
    inss_desfaz = models.CharField("dá para desfazer, segundo o INSS", max_length=6, choices=Desfaz, blank=True)
    motivo = models.CharField("por que não, ou em que condição", max_length=600, blank=True)
    julgada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem decidiu"
    )
    criada_em = models.DateTimeField("pedida em", default=now, editable=False)
    tirada_em = models.DateTimeField("tirada em", null=True, blank=True)

    objects = ObraQuerySet.as_manager()

    class Meta:
        verbose_name = "adaptação pedida"
        verbose_name_plural = "adaptações pedidas"
        ordering = ["pedido", "pk"]
        constraints = [
            models.CheckConstraint(name="cessao_obra_situacao", condition=Q(situacao__in=SituacaoObra.values)),
            models.CheckConstraint(
                name="cessao_obra_recusada_diz_por_que", condition=~Q(situacao="recusada") | ~Q(motivo="")
            ),
            models.CheckConstraint(
                name="cessao_obra_aceita_se_desfaz", condition=~Q(situacao="aceita") | ~Q(inss_desfaz=Desfaz.NAO)
            ),
        ]

    def __str__(self) -> str:
        return self.descricao[:80]

    @property
    def estado(self) -> SituacaoObra:
        return SituacaoObra(self.situacao)

    def como_dados(self) -> dict[str, Any]:
        """For the papers, as it was asked for."""
        return {
            "descricao": self.descricao.rstrip(" ."), "desfaz": self.get_desfaz_display(),
            "como": self.como.rstrip(" ."), "dias": self.dias,
        }  # fmt: skip

    def julgada(self) -> dict[str, Any]:
        """For the papers, as it was decided."""
        return {
            **self.como_dados(), "aceita": self.situacao == SituacaoObra.ACEITA, "decisao": self.estado.label,
            "inss_desfaz": self.get_inss_desfaz_display(), "motivo": self.motivo.rstrip(" ."),
        }  # fmt: skip
