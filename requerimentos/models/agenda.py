"""Medical examinations and social assessments, and what the desk asks INSS about them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.emissao.models import Documento
from requerimentos.models import alcance
from requerimentos.models.requerimento import Requerimento
from requerimentos.situacoes import SituacaoMarcacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class AgendamentoQuerySet(models.QuerySet["Agendamento"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return alcance.do_pedido(self, usuario, "requerimento__")

    def valendo(self) -> Self:
        """What still stands: REMARCADO and CANCELADO are slots left behind."""
        return self.filter(situacao=Agendamento.Situacao.AGENDADO)


class Agendamento(models.Model):
    """One slot, as INSS has it. REMARCADO marks the slot left behind, never a date to come."""

    class Tipo(models.TextChoices):
        PERICIA = "pericia", "Perícia médica"
        AVALIACAO = "avaliacao_social", "Avaliação social"

    class Situacao(models.TextChoices):
        AGENDADO = "AGENDADO", "Agendado"
        REMARCADO = "REMARCADO", "Remarcado"
        CUMPRIDO = "CUMPRIDO", "Cumprido"
        CANCELADO = "CANCELADO", "Cancelado"
        FALTOU = "FALTOU", "Não compareceu"

        @property
        def tom(self) -> str:
            return {"AGENDADO": "andamento", "CUMPRIDO": "sucesso", "FALTOU": "perigo"}.get(self, "")

    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="agendamentos", verbose_name="requerimento"
    )
    numero_inss = models.CharField("número no INSS", max_length=40)
    tipo = models.CharField("tipo", max_length=16, choices=Tipo)
    quando = models.DateTimeField("dia e hora")
    unidade = models.CharField("unidade", max_length=120)
    endereco = models.CharField("endereço", max_length=200, blank=True)
    ibge = models.CharField("código IBGE da cidade da unidade", max_length=7, blank=True)
    situacao = models.CharField("situação", max_length=9, choices=Situacao)
    remarcacao = models.BooleanField("veio de remarcação pedida pela pessoa", default=False)
    # An older answer of INSS that arrives late changes nothing.
    inss_versao = models.PositiveBigIntegerField("versão no INSS", default=0, editable=False)
    # What the person needs to get there: told at the desk, INSS does not ask.
    acompanhante = models.BooleanField("vai com acompanhante", default=False)
    transporte = models.BooleanField("precisa de transporte", default=False)
    comprovante = models.ForeignKey(
        Documento, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="comprovante"
    )

    objects = AgendamentoQuerySet.as_manager()

    class Meta:
        verbose_name = "agendamento"
        verbose_name_plural = "agendamentos"
        ordering = ["quando", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["requerimento", "numero_inss"], name="agendamento_um_por_numero"),
        ]
        indexes = [
            # The desk's agenda and the daily reminders: what stands, by day.
            models.Index(fields=["quando"], name="agendamento_a_vir", condition=Q(situacao="AGENDADO")),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} em {self.quando:%d/%m/%Y}"

    @property
    def estado(self) -> Agendamento.Situacao:
        return Agendamento.Situacao(self.situacao)

    @property
    def vale(self) -> bool:
        return self.estado == Agendamento.Situacao.AGENDADO

    @property
    def momento(self) -> datetime:
        """On the clock of the município that follows the request."""
        return self.quando.astimezone(self.requerimento.municipio.fuso)


class Marcacao(models.Model):
    """One act asked of INSS about an appointment. `chave` is the idempotency key: one act, however often tried."""

    class Ato(models.TextChoices):
        MARCAR = "marcar", "Marcar"
        REMARCAR = "remarcar", "Remarcar"
        DESMARCAR = "desmarcar", "Desmarcar"

    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="marcacoes", verbose_name="requerimento"
    )
    chave = models.CharField("chave de idempotência", max_length=60, unique=True, default=uuid.uuid4, editable=False)
    ato = models.CharField("ato", max_length=9, choices=Ato)
    tipo = models.CharField("tipo", max_length=16, choices=Agendamento.Tipo)
    agendamento = models.ForeignKey(
        Agendamento, models.CASCADE, null=True, blank=True, related_name="marcacoes", verbose_name="agendamento mexido"
    )
    # The hour as it was offered and chosen; empty to give up.
    vaga = models.CharField("vaga", max_length=40, blank=True)
    quando = models.DateTimeField("dia e hora", null=True, blank=True)
    unidade = models.CharField("unidade", max_length=120, blank=True)
    acompanhante = models.BooleanField("vai com acompanhante", default=False)
    transporte = models.BooleanField("precisa de transporte", default=False)
    motivo = models.CharField("motivo", max_length=200, blank=True)
    situacao = models.CharField("situação", max_length=8, choices=SituacaoMarcacao, default=SituacaoMarcacao.NA_FILA)
    falha = models.CharField("última falha, em palavras", max_length=300, blank=True)
    motivos = models.JSONField("motivos da recusa", default=list, blank=True)
    # The next free hour, found when somebody else took the one chosen.
    oferta = models.JSONField("horário oferecido em troca", default=dict, blank=True)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="autor")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)

    class Meta:
        verbose_name = "marcação"
        verbose_name_plural = "marcações"
        ordering = ["-criado_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["requerimento", "tipo"], name="marcacao_uma_aberta_por_tipo", condition=Q(situacao="na_fila")
            ),
            models.CheckConstraint(
                name="marcacao_conforme_o_ato",
                condition=Q(ato="marcar", agendamento__isnull=True, quando__isnull=False) & ~Q(vaga="")
                | Q(ato="remarcar", agendamento__isnull=False, quando__isnull=False) & ~Q(vaga="")
                | Q(ato="desmarcar", agendamento__isnull=False, vaga=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ato_display()} {self.get_tipo_display()}"

    @property
    def estado(self) -> SituacaoMarcacao:
        return SituacaoMarcacao(self.situacao)
