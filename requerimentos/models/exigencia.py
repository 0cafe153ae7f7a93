"""What INSS asked for before deciding, and until when."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from requerimentos.models import alcance
from requerimentos.models.requerimento import Requerimento
from requerimentos.situacoes import SituacaoExigencia

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class ExigenciaQuerySet(models.QuerySet["Exigencia"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return alcance.do_pedido(self, usuario, "requerimento__")

    def abertas(self) -> Self:
        return self.filter(situacao__in=[SituacaoExigencia.ABERTA, SituacaoExigencia.VENCIDA])


class Exigencia(models.Model):
    """`prazo` is the last day, already moved to a working day by the calendar of the município."""

    # The only slot of its answer.
    VAGA = "resposta-exigencia"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="exigencias", verbose_name="requerimento"
    )
    numero_inss = models.CharField("número no INSS", max_length=40)
    texto = models.TextField("o que o INSS pediu")
    causa = models.CharField("causa", max_length=40, blank=True)
    emitida_em = models.DateField("emitida em")
    ciencia_em = models.DateField("ciência em")
    ciencia_presumida = models.BooleanField("ciência presumida", default=True)
    prazo_inss = models.DateField("último dia informado pelo INSS", null=True, blank=True)
    prazo = models.DateField("último dia")
    prazo_base = models.CharField("base do prazo", max_length=200)
    prorrogada_em = models.DateTimeField("prorrogação pedida em", null=True, blank=True)
    prorrogacao_motivo = models.CharField("por que precisa de mais prazo", max_length=300, blank=True)
    situacao = models.CharField("situação", max_length=11, choices=SituacaoExigencia, default=SituacaoExigencia.ABERTA)
    resposta = models.TextField("resposta", blank=True)
    respondida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="respondida por"
    )
    respondida_em = models.DateTimeField("respondida em", null=True, blank=True)
    # The answer while it is written: who writes may be interrupted, or may be two people (`versao` tells them apart).
    rascunho = models.TextField("resposta em preparo", blank=True)
    rascunho_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="escrita por"
    )
    rascunho_em = models.DateTimeField("escrita em", null=True, blank=True)
    versao = models.PositiveIntegerField("versão da resposta", default=1, editable=False)
    encerrada_em = models.DateTimeField("encerrada em", null=True, blank=True)
    criado_em = models.DateTimeField("recebida no portal em", default=now, editable=False)

    objects = ExigenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "exigência"
        verbose_name_plural = "exigências"
        ordering = ["prazo", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["requerimento", "numero_inss"], name="exigencia_uma_por_numero"),
            models.CheckConstraint(
                name="exigencia_prazo_depois_da_ciencia", condition=Q(prazo__gt=models.F("ciencia_em"))
            ),
            models.CheckConstraint(
                name="exigencia_cumprida_tem_data", condition=~Q(situacao="cumprida") | Q(encerrada_em__isnull=False)
            ),
        ]
        indexes = [
            # The desk's board: open ones by deadline.
            models.Index(
                fields=["situacao", "prazo"],
                name="exigencia_por_prazo",
                condition=Q(situacao__in=["aberta", "vencida"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Exigência {self.numero_inss}"

    @property
    def estado(self) -> SituacaoExigencia:
        return SituacaoExigencia(self.situacao)

    @property
    def texto_em_preparo(self) -> str:
        """What the form of the answer begins with: the draft, else what INSS did not accept."""
        return self.rascunho if self.rascunho_em else self.resposta
