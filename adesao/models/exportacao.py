"""The whole process as one file, made in the worker for whoever puts it into SEI."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import nome_inventado
from adesao.models.processo import Processo


class Exportacao(models.Model):
    """One export. Its file is kept for some days: it holds everybody's papers together."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    processo = models.ForeignKey(Processo, models.CASCADE, related_name="exportacoes", verbose_name="adesão")
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem pediu")
    pedida_em = models.DateTimeField("pedida em", default=now, editable=False)
    arquivo = models.FileField("arquivo", upload_to=nome_inventado, max_length=120, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField("tamanho em bytes", default=0)
    pronta_em = models.DateTimeField("pronta em", null=True, blank=True)
    apagada_em = models.DateTimeField("apagada em", null=True, blank=True)

    class Meta:
        verbose_name = "exportação"
        verbose_name_plural = "exportações"
        ordering = ["-pedida_em"]
        constraints = [
            models.CheckConstraint(
                name="exportacao_pronta_tem_arquivo",
                condition=Q(pronta_em__isnull=True) | Q(apagada_em__isnull=False) | (~Q(arquivo="") & ~Q(sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.codigo)
