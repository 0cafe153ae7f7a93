"""A telephone that photographs documents for one case, for some minutes."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Vinculo
from requerimentos.models.exigencia import Exigencia
from requerimentos.models.requerimento import Requerimento
from requerimentos.situacoes import SituacaoCelular

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class CelularQuerySet(models.QuerySet["Celular"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return self.filter(requerimento__in=Requerimento.objects.visiveis_para(usuario))

    def vivos(self, momento: datetime) -> Self:
        return self.filter(desligado_em__isnull=True, vale_ate__gt=momento)


class Celular(models.Model):
    """One QR code and the telephone that opened it first. Of the code and of the telephone's cookie only digests stay.

    `codigo` names the device in the uploads; `vinculo` is the role in whose name it sends. With `exigencia` the photos
    are of the documents that answer it.
    """

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="celulares", verbose_name="requerimento"
    )
    exigencia = models.ForeignKey(
        Exigencia, models.CASCADE, null=True, blank=True, related_name="celulares", verbose_name="exigência"
    )
    vinculo = models.ForeignKey(Vinculo, models.PROTECT, related_name="+", verbose_name="em nome de quem envia")
    chave_sha256 = models.CharField("SHA-256 da chave", max_length=64, unique=True)
    dono_sha256 = models.CharField("SHA-256 do segredo do celular", max_length=64, blank=True)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    vale_ate = models.DateTimeField("vale até")
    ligado_em = models.DateTimeField("ligado em", null=True, blank=True)
    desligado_em = models.DateTimeField("desligado em", null=True, blank=True)
    fotos = models.PositiveIntegerField("fotos enviadas", default=0)
    # Of its own photos, and of nothing else, the telephone hears what became.
    arquivos = models.ManyToManyField(Arquivo, related_name="+", blank=True, verbose_name="fotos")

    objects = CelularQuerySet.as_manager()

    class Meta:
        verbose_name = "celular"
        verbose_name_plural = "celulares"
        ordering = ["-criado_em", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="celular_ligado_tem_dono",
                condition=Q(ligado_em__isnull=True, dono_sha256="") | Q(ligado_em__isnull=False) & ~Q(dono_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Celular {self.pk} do pedido {self.requerimento_id}"

    def em(self, momento: datetime) -> SituacaoCelular:
        if self.desligado_em:
            return SituacaoCelular.DESLIGADO
        if self.vale_ate <= momento:
            return SituacaoCelular.VENCIDO
        return SituacaoCelular.LIGADO if self.ligado_em else SituacaoCelular.ESPERANDO
