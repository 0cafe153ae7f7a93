"""The adhesion of one town to one object, and the version of the checklist it began under."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from act_portal.contas.models import Vinculo
from act_portal.territorio.models import Municipio, UnidadeInss
from adesao.checklist.requisito import Checklist
from adesao.situacoes import ABERTAS, NO_MUNICIPIO, Instrumento, Regime, Situacao, SituacaoAcordo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# The property sector looks after buildings, not after the papers of a mayor.
DO_INSS = frozenset({Vinculo.Papel.ANALISTA, Vinculo.Papel.AUTORIDADE})


class ChecklistVersao(models.Model):
    """The checklist as it stood when a process began (`Checklist.como_dados`)."""

    versao = models.CharField("versão (hash do conteúdo)", max_length=16, unique=True)
    dados = models.JSONField("conteúdo")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "versão da lista de conferência"
        verbose_name_plural = "versões da lista de conferência"
        ordering = ["criado_em"]

    def __str__(self) -> str:
        return self.versao

    @cached_property
    def checklist(self) -> Checklist:
        return Checklist.de_dados(self.dados)


class GuardaChuva(models.Model):
    """An agreement of an association or confederation, which its towns join by a Termo de Adesão."""

    numero = models.CharField("número", max_length=30, unique=True)
    entidade = models.CharField("entidade que assinou", max_length=160)
    inicio = models.DateField("início")
    fim = models.DateField("fim")
    ufs = models.CharField(
        "UFs que podem aderir", max_length=80, blank=True, help_text="Siglas com espaço; vazio: todas."
    )

    class Meta:
        verbose_name = "acordo guarda-chuva"
        verbose_name_plural = "acordos guarda-chuva"
        ordering = ["entidade"]
        constraints = [
            models.CheckConstraint(name="guarda_chuva_fim_depois_do_inicio", condition=Q(fim__gt=models.F("inicio"))),
        ]

    def __str__(self) -> str:
        return f"{self.entidade} · {self.numero}"


class ProcessoQuerySet(models.QuerySet["Processo"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """The town's managers see the town's own; INSS, those of the unit and below, once they were sent."""
        vinculo = usuario.vinculo
        if vinculo is None:
            return self.none()
        if vinculo.papel == Vinculo.Papel.GESTOR:
            return self.filter(municipio=vinculo.municipio_id)
        if vinculo.papel in DO_INSS:
            return self.filter(vinculo.alcance_da_unidade()).filter(enviado_em__isnull=False)
        return self.none()

    def abertos(self) -> Self:
        return self.filter(situacao__in=ABERTAS)


class Processo(models.Model):
    """An adhesion. Its `situacao` changes only in `servicos.py` files."""

    class Objeto(models.TextChoices):
        INSS_DIGITAL = "inss_digital", "Atendimento do INSS Digital pelo município"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="adesoes", verbose_name="município")
    unidade = models.ForeignKey(UnidadeInss, models.PROTECT, related_name="+", verbose_name="unidade do INSS")
    objeto = models.CharField("objeto", max_length=20, choices=Objeto, default=Objeto.INSS_DIGITAL)
    instrumento = models.CharField("instrumento", max_length=17, choices=Instrumento, default=Instrumento.ACT)
    guarda_chuva = models.ForeignKey(
        GuardaChuva, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acordo principal"
    )
    regime = models.CharField("regime de previdência", max_length=13, choices=Regime, blank=True)
    cnpj = models.CharField("CNPJ da prefeitura", max_length=14)
    checklist = models.ForeignKey(
        ChecklistVersao, models.PROTECT, related_name="+", verbose_name="lista de conferência"
    )
    # Codes of the services asked for; whoever reviews may change them, and then the plan is accepted again.
    servicos = models.JSONField("serviços", default=list, blank=True)
    processo_sei = models.CharField("processo SEI", max_length=30, blank=True)

    situacao = models.CharField("situação", max_length=11, choices=Situacao, default=Situacao.RASCUNHO)
    situacao_desde = models.DateTimeField("nesta situação desde", default=now)
    motivo = models.CharField("motivo da situação", max_length=1000, blank=True)
    # Grows at each return. An item of the current round is the town's to answer.
    rodada = models.PositiveSmallIntegerField("rodada", default=0)
    prazo = models.DateField("prazo sugerido para responder", null=True, blank=True)
    responsavel = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="responsável"
    )

    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem começou"
    )
    versao = models.PositiveIntegerField("versão", default=1, editable=False)
    editado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="editado por",
    )
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    alterado_em = models.DateTimeField("alterado em", default=now, editable=False)
    enviado_em = models.DateTimeField("enviado em", null=True, blank=True)
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)

    objects = ProcessoQuerySet.as_manager()

    class Meta:
        verbose_name = "adesão"
        verbose_name_plural = "adesões"
        ordering = ["-criado_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipio", "objeto"],
                name="adesao_uma_aberta_por_objeto",
                condition=Q(situacao__in=sorted(ABERTAS)),
                violation_error_message="O município já tem um pedido aberto para o mesmo objeto.",
            ),
            models.CheckConstraint(name="adesao_situacao_conhecida", condition=Q(situacao__in=Situacao.values)),
            models.CheckConstraint(
                name="adesao_termo_tem_guarda_chuva",
                condition=~Q(instrumento="termo_adesao") | Q(guarda_chuva__isnull=False),
            ),
            models.CheckConstraint(
                name="adesao_enviada_tem_data",
                condition=Q(situacao__in=["rascunho", "desistido"]) | Q(enviado_em__isnull=False),
            ),
        ]
        indexes = [
            # The queue of a unit and all below, oldest in its stage first.
            models.Index(fields=["unidade", "situacao", "situacao_desde"], name="adesao_fila"),
        ]

    def __str__(self) -> str:
        return f"Adesão {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("adesao:processo", args=[self.codigo])

    @property
    def estado(self) -> Situacao:
        return Situacao(self.situacao)

    @property
    def como_esta(self) -> Situacao | SituacaoAcordo:
        """What a seal says of it: that the agreement has ended, when it has."""
        acordo = getattr(self, "acordo", None)
        if self.estado == Situacao.VIGENTE and acordo and acordo.encerrado_em:
            estado: SituacaoAcordo = acordo.estado
            return estado
        return self.estado

    @property
    def editavel(self) -> bool:
        """By the town."""
        return self.estado in NO_MUNICIPIO
