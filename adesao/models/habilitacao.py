"""From a name in a list to an account of the desk: what each person proved, and until when it lasts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Vinculo
from act_portal.emissao.models import Documento
from adesao.models.acordo import Acordo
from adesao.models.formulario import Representante
from adesao.models.processo import Processo
from adesao.situacoes import SituacaoComprovacao, SituacaoHabilitacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class HabilitacaoQuerySet(models.QuerySet["Habilitacao"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return self.filter(acordo__processo__in=Processo.objects.visiveis_para(usuario))

    def vivas(self) -> Self:
        return self.exclude(situacao=SituacaoHabilitacao.DESLIGADA)


class Habilitacao(models.Model):
    """One person under one agreement. The account (`vinculo`) opens and closes by itself, `acesso_ate` its end."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    acordo = models.ForeignKey(Acordo, models.PROTECT, related_name="habilitacoes", verbose_name="acordo")
    representante = models.OneToOneField(
        Representante, models.PROTECT, related_name="habilitacao", verbose_name="representante"
    )
    situacao = models.CharField(
        "situação", max_length=9, choices=SituacaoHabilitacao, default=SituacaoHabilitacao.FALTA
    )
    situacao_desde = models.DateTimeField("nesta situação desde", default=now)
    motivo = models.CharField("motivo da situação", max_length=300, blank=True)
    vinculo = models.ForeignKey(
        Vinculo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acesso dado"
    )
    acesso_ate = models.DateField("acesso até", null=True, blank=True)

    objects = HabilitacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitação"
        verbose_name_plural = "habilitações"
        ordering = ["acordo", "representante__nome", "pk"]
        constraints = [
            models.CheckConstraint(
                name="habilitacao_situacao_conhecida", condition=Q(situacao__in=SituacaoHabilitacao.values)
            ),
            models.CheckConstraint(
                name="habilitacao_aberta_tem_acesso_com_fim",
                condition=~Q(situacao="aberta") | Q(vinculo__isnull=False, acesso_ate__isnull=False),
            ),
        ]
        indexes = [
            # The nightly look for accounts about to end.
            models.Index(fields=["acesso_ate"], name="habilitacao_fim", condition=Q(situacao="aberta")),
        ]

    def __str__(self) -> str:
        return str(self.representante)

    @property
    def estado(self) -> SituacaoHabilitacao:
        return SituacaoHabilitacao(self.situacao)


class Comprovacao(models.Model):
    """What was sent for one requirement: a file, days, a number. The confirmed one counts until another is."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    habilitacao = models.ForeignKey(
        Habilitacao, models.PROTECT, related_name="comprovacoes", verbose_name="habilitação"
    )
    requisito = models.CharField("requisito", max_length=40)
    arquivo = models.ForeignKey(
        Arquivo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="arquivo"
    )
    em = models.DateField("dia")
    ate = models.DateField("vale até", null=True, blank=True)
    texto = models.CharField("descrição", max_length=160, blank=True)
    horas = models.PositiveSmallIntegerField("horas", null=True, blank=True)
    # Why the file is the paper that the portal made, when the portal did not recognise it.
    declaracao = models.CharField("por que é o mesmo papel", max_length=600, blank=True)
    situacao = models.CharField(
        "situação", max_length=11, choices=SituacaoComprovacao, default=SituacaoComprovacao.ENVIADA
    )
    motivo = models.CharField("motivo", max_length=600, blank=True)
    enviada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem enviou"
    )
    enviada_em = models.DateTimeField("enviada em", default=now, editable=False)
    conferida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem conferiu"
    )
    conferida_em = models.DateTimeField("conferida em", null=True, blank=True)
    conferente_nome = models.CharField("nome de quem conferiu", max_length=120, blank=True)
    conferente_cargo = models.CharField("cargo de quem conferiu", max_length=80, blank=True)
    conferente_matricula = models.CharField("matrícula de quem conferiu", max_length=30, blank=True)

    class Meta:
        verbose_name = "comprovação"
        verbose_name_plural = "comprovações"
        ordering = ["habilitacao", "requisito", "-enviada_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["habilitacao", "requisito"],
                name="comprovacao_uma_confirmada",
                condition=Q(situacao="confirmada"),
            ),
            models.UniqueConstraint(
                fields=["habilitacao", "requisito"], name="comprovacao_uma_enviada", condition=Q(situacao="enviada")
            ),
            models.CheckConstraint(
                name="comprovacao_conferida_diz_quem",
                condition=~Q(situacao__in=["confirmada", "recusada"])
                | Q(conferida_por__isnull=False, conferida_em__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requisito} em {self.em:%d/%m/%Y}"

    @property
    def estado(self) -> SituacaoComprovacao:
        return SituacaoComprovacao(self.situacao)


class Termo(models.Model):
    """A term made for somebody to sign. What comes back signed is a `Comprovacao`."""

    habilitacao = models.ForeignKey(Habilitacao, models.PROTECT, related_name="termos", verbose_name="habilitação")
    requisito = models.CharField("requisito", max_length=40)
    documento = models.OneToOneField(Documento, models.PROTECT, related_name="+", verbose_name="documento")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "termo"
        verbose_name_plural = "termos"
        ordering = ["habilitacao", "requisito", "-criado_em", "-pk"]

    def __str__(self) -> str:
        return f"{self.requisito} de {self.habilitacao}"
