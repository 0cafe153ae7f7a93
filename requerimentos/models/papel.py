"""The set of papers of a request: made together, signed together, replaced together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.emissao.models import Documento
from requerimentos.models.requerimento import Requerimento
from requerimentos.situacoes import SituacaoConjunto


class Conjunto(models.Model):
    """One print run of the papers. A correction makes a new one and replaces this."""

    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="conjuntos", verbose_name="requerimento"
    )
    numero = models.PositiveSmallIntegerField("número")
    situacao = models.CharField("situação", max_length=11, choices=SituacaoConjunto, default=SituacaoConjunto.FAZENDO)
    base = models.CharField("hash do que foi impresso", max_length=64)
    motivo = models.CharField("por que foi substituído", max_length=200, blank=True)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="autor")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    pronto_em = models.DateTimeField("pronto em", null=True, blank=True)

    class Meta:
        verbose_name = "conjunto de papéis"
        verbose_name_plural = "conjuntos de papéis"
        ordering = ["requerimento", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["requerimento", "numero"], name="conjunto_numero_unico"),
            models.UniqueConstraint(
                fields=["requerimento"],
                name="conjunto_um_vigente",
                condition=Q(situacao__in=["fazendo", "pronto"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Conjunto {self.numero}"

    @property
    def estado(self) -> SituacaoConjunto:
        return SituacaoConjunto(self.situacao)


class Papel(models.Model):
    """One paper of the set and whether it came back signed."""

    class Especie(models.TextChoices):
        REPRESENTACAO = "termo-representacao", "Termo de representação e de responsabilidade"
        DADOS = "autorizacao-dados", "Autorização de acesso e uso de dados"
        REQUERIMENTO = "requerimento-servico", "Termo de requerimento"
        AUTODECLARACAO = "autodeclaracao-rural", "Autodeclaração do segurado especial"
        GRUPO_FAMILIAR = "declaracao-bpc", "Declaração do grupo familiar e da renda"
        RECURSO = "razoes-recurso", "Razões do recurso"
        ACUMULACAO = "declaracao-acumulacao", "Declaração de benefício em outro regime"
        DESISTENCIA = "declaracao-desistencia", "Declaração de desistência"
        SALARIO_FAMILIA = "termo-salario-familia", "Termo de responsabilidade do salário-família"

    conjunto = models.ForeignKey(Conjunto, models.CASCADE, related_name="papeis", verbose_name="conjunto")
    especie = models.CharField("papel", max_length=24, choices=Especie)
    documento = models.OneToOneField(Documento, models.PROTECT, related_name="+", verbose_name="documento")
    assinado_em = models.DateTimeField("recebido assinado em", null=True, blank=True)
    assinado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem recebeu"
    )

    class Meta:
        verbose_name = "papel"
        verbose_name_plural = "papéis"
        ordering = ["conjunto", "pk"]
        constraints = [models.UniqueConstraint(fields=["conjunto", "especie"], name="papel_um_por_especie")]

    def __str__(self) -> str:
        return self.get_especie_display()
