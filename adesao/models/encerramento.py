"""The paper that closes an agreement: what becomes of cases, accesses, data and what is left to do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from act_portal.arquivos.models import Arquivo
from act_portal.emissao.models import Documento
from adesao.models.acordo import Acordo
from adesao.models.supervisao import Assinado
from adesao.situacoes import SituacaoEncerramento


class Encerramento(Assinado):
    """Made by INSS after the end. `sem_municipio`: why it was filed without the town's signature."""

    acordo = models.OneToOneField(Acordo, models.PROTECT, related_name="encerramento", verbose_name="acordo")
    situacao = models.CharField(
        "situação", max_length=8, choices=SituacaoEncerramento, default=SituacaoEncerramento.EMITIDO
    )
    casos_abertos = models.PositiveIntegerField("casos em andamento")
    exigencias_abertas = models.PositiveIntegerField("exigências com prazo")
    avisos_enviados = models.PositiveIntegerField("pessoas avisadas")
    destino_casos = models.CharField("destino dos casos", max_length=600)
    dados_destino = models.CharField("destino dos dados e documentos", max_length=600)
    guarda_ate = models.DateField("guarda até", null=True, blank=True)
    # One a line.
    pendencias = models.CharField("pendências", max_length=2000, blank=True)
    novo_instrumento = models.CharField("novo instrumento", max_length=160, blank=True)
    documento = models.OneToOneField(Documento, models.PROTECT, related_name="+", verbose_name="termo")
    arquivo = models.ForeignKey(
        Arquivo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="termo assinado"
    )
    sha256 = models.CharField("SHA-256 do termo assinado", max_length=64, blank=True)
    assinado_em = models.DateField("assinado em", null=True, blank=True)
    sem_municipio = models.CharField("por que sem a assinatura do município", max_length=600, blank=True)

    class Meta:
        verbose_name = "termo de encerramento"
        verbose_name_plural = "termos de encerramento"
        ordering = ["acordo"]
        constraints = [
            models.CheckConstraint(
                name="encerramento_assinado_tem_arquivo",
                condition=Q(situacao="emitido", arquivo__isnull=True)
                | (Q(situacao__in=["assinado", "juntado"], arquivo__isnull=False) & ~Q(sha256="")),
            ),
        ]

    def __str__(self) -> str:
        return "Termo de encerramento"

    @property
    def estado(self) -> SituacaoEncerramento:
        return SituacaoEncerramento(self.situacao)
