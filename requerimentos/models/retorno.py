"""Signed papers that come back through the scanner: the files, and what became of each page."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo, Folha
from requerimentos.models import alcance
from requerimentos.models.exigencia import Exigencia
from requerimentos.models.papel import Papel
from requerimentos.models.peca import Pagina
from requerimentos.models.requerimento import Requerimento
from requerimentos.situacoes import MotivoDaBandeja, SituacaoFolha

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class Retorno(models.Model):
    """One file dropped on "Papéis assinados", or on a slot (`vaga`) although printed papers were in it.

    `requerimento` is where it was dropped, not whose pages it has.
    """

    codigo = models.UUIDField("código do envio", unique=True, editable=False)
    requerimento = models.ForeignKey(Requerimento, models.CASCADE, related_name="retornos", verbose_name="requerimento")
    arquivo = models.OneToOneField(Arquivo, models.PROTECT, related_name="+", verbose_name="arquivo")
    vaga = models.CharField("vaga onde foi posto", max_length=60, blank=True)
    # Whose answer it was put in; empty for the documents of the request itself.
    exigencia = models.ForeignKey(
        Exigencia, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="exigência"
    )
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="autor")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    lido_em = models.DateTimeField("códigos lidos em", null=True, blank=True)

    class Meta:
        verbose_name = "retorno de papéis"
        verbose_name_plural = "retornos de papéis"
        ordering = ["criado_em", "pk"]

    def __str__(self) -> str:
        return f"Retorno {self.pk}"


class FolhaDevolvidaQuerySet(models.QuerySet["FolhaDevolvida"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return alcance.do_pedido(self, usuario, "retorno__requerimento__")

    def na_bandeja(self) -> Self:
        return self.filter(situacao=SituacaoFolha.BANDEJA)

    def na_vaga(self) -> Self:
        """Filed and still there: nobody took the page or its document out since."""
        return self.filter(
            situacao=SituacaoFolha.NA_VAGA, pagina__removida_em__isnull=True, pagina__peca__removida_em__isnull=True
        )


class FolhaDevolvida(models.Model):
    """One page of a `Retorno`: filed in a slot, or in the tray with the reason. `papel` is what its code names."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    retorno = models.ForeignKey(Retorno, models.CASCADE, related_name="folhas", verbose_name="retorno")
    folha = models.OneToOneField(Folha, models.PROTECT, related_name="+", verbose_name="folha")
    papel = models.ForeignKey(
        Papel, models.PROTECT, null=True, blank=True, related_name="folhas_devolvidas", verbose_name="papel"
    )
    numero = models.PositiveSmallIntegerField("número da folha no papel", default=0)
    giro = models.PositiveSmallIntegerField("giro em graus", default=0)
    situacao = models.CharField("situação", max_length=8, choices=SituacaoFolha, default=SituacaoFolha.BANDEJA)
    motivo = models.CharField("por que está na bandeja", max_length=11, choices=MotivoDaBandeja, blank=True)
    pagina = models.OneToOneField(
        Pagina, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="página"
    )
    resolvida_em = models.DateTimeField("resolvida em", null=True, blank=True)
    resolvida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="resolvida por"
    )

    objects = FolhaDevolvidaQuerySet.as_manager()

    class Meta:
        verbose_name = "folha devolvida"
        verbose_name_plural = "folhas devolvidas"
        ordering = ["retorno", "folha"]
        constraints = [
            models.CheckConstraint(
                name="folha_na_vaga_tem_pagina", condition=~Q(situacao="na_vaga") | Q(pagina__isnull=False)
            ),
            models.CheckConstraint(
                name="folha_na_bandeja_tem_motivo", condition=~Q(situacao="bandeja") | ~Q(motivo="")
            ),
        ]
        indexes = [
            # The tray of a town's desks.
            models.Index(fields=["retorno"], name="folha_na_bandeja", condition=Q(situacao="bandeja")),
        ]

    def __str__(self) -> str:
        return f"Folha {self.numero or '?'} de {self.papel or 'papel desconhecido'}"

    @property
    def estado(self) -> SituacaoFolha:
        return SituacaoFolha(self.situacao)

    @property
    def causa(self) -> MotivoDaBandeja | None:
        return MotivoDaBandeja(self.motivo) if self.motivo else None
