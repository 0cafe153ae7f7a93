"""The visit: ticket, queue and what became of it. A visit and the requests it opens are one record."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.territorio.models import Balcao, Municipio
from requerimentos.models import alcance
from requerimentos.models.pessoa import Pessoa
from requerimentos.situacoes import Prioridade, SituacaoAtendimento

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class AtendimentoQuerySet(models.QuerySet["Atendimento"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return alcance.com_pedido(self, usuario, "atendimento")

    def na_fila(self) -> Self:
        return self.filter(situacao__in=[SituacaoAtendimento.AGUARDANDO, SituacaoAtendimento.CHAMADO])


class Atendimento(models.Model):
    """One visit of one person to one desk on one day. Its state changes only in `recepcao.servicos`."""

    Prioridade = Prioridade

    class Motivo(models.TextChoices):
        NAO_SABE = "nao_sabe", "Ainda não sei: orientar"
        PEDIR = "pedir", "Pedir um benefício ou serviço"
        EXIGENCIA = "exigencia", "Cumprir exigência"
        SABER = "saber", "Saber do pedido"
        RESULTADO = "resultado", "Receber o resultado"
        OUTRO = "outro", "Outro assunto"

    class Desfecho(models.TextChoices):
        PEDIDO = "pedido", "Abriu pedido"
        ANDAMENTO = "andamento", "Andou um pedido que já existia"
        ORIENTACAO = "orientacao", "Só orientação"
        ENCAMINHADO = "encaminhado", "Encaminhado a outro lugar"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    balcao = models.ForeignKey(Balcao, models.PROTECT, related_name="atendimentos", verbose_name="balcão")
    pessoa = models.ForeignKey(Pessoa, models.PROTECT, related_name="atendimentos", verbose_name="pessoa")
    dia = models.DateField("dia, no fuso do município")
    senha = models.CharField("senha", max_length=6)
    prioridade = models.CharField("prioridade", max_length=11, choices=Prioridade)
    motivo = models.CharField("o que veio fazer", max_length=9, choices=Motivo)
    ajuda = models.CharField("ajuda de que precisa", max_length=120, blank=True)
    situacao = models.CharField(
        "situação", max_length=14, choices=SituacaoAtendimento, default=SituacaoAtendimento.AGUARDANDO
    )
    chegada_em = models.DateTimeField("chegada", default=now)
    chamado_em = models.DateTimeField("chamado em", null=True, blank=True)
    chamadas = models.PositiveSmallIntegerField("chamadas", default=0)
    iniciado_em = models.DateTimeField("iniciado em", null=True, blank=True)
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)
    atendente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="atendente"
    )
    desfecho = models.CharField("desfecho", max_length=11, choices=Desfecho, blank=True)
    orientacao = models.TextField("orientação dada", blank=True)

    objects = AtendimentoQuerySet.as_manager()

    class Meta:
        verbose_name = "atendimento"
        verbose_name_plural = "atendimentos"
        ordering = ["chegada_em", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["balcao", "dia", "senha"], name="atendimento_senha_unica_no_dia"),
            models.UniqueConstraint(
                fields=["balcao", "dia", "pessoa"],
                name="atendimento_um_aberto_por_pessoa",
                condition=Q(situacao__in=["aguardando", "chamado", "em_atendimento"]),
            ),
            models.CheckConstraint(
                name="atendimento_concluido_tem_desfecho",
                condition=~Q(situacao="concluido") | (~Q(desfecho="") & Q(encerrado_em__isnull=False)),
            ),
        ]
        indexes = [
            # The waiting list of a desk.
            models.Index(fields=["balcao", "dia", "situacao"], name="atendimento_fila"),
        ]

    def __str__(self) -> str:
        return f"{self.senha} de {self.dia:%d/%m/%Y}"

    @property
    def estado(self) -> SituacaoAtendimento:
        return SituacaoAtendimento(self.situacao)
