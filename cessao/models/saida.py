"""Who should leave: an occupation whose request for a term was not approved, and the notices that a person sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from cessao.models.pedido import Pedido
from cessao.situacoes import SEM_TERMO, SituacaoDesocupacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class DesocupacaoQuerySet(models.QuerySet["Desocupacao"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return self.filter(pedido__in=Pedido.objects.visiveis_para(usuario))

    def abertas(self) -> Self:
        """Somebody is in the space without a term."""
        return self.filter(situacao__in=SEM_TERMO)


class Desocupacao(models.Model):
    """The way out of an occupation that existed before its request, when that request ends without a term.

    `situacao` changes only in `servicos` files.
    """

    pedido = models.OneToOneField(Pedido, models.CASCADE, related_name="desocupacao", verbose_name="pedido")
    situacao = models.CharField(
        "situação", max_length=10, choices=SituacaoDesocupacao, default=SituacaoDesocupacao.A_AVISAR
    )
    situacao_desde = models.DateTimeField("nesta situação desde", default=now)
    motivo = models.CharField("motivo da situação", max_length=1000, blank=True)
    sair_ate = models.DateField("sair até", null=True, blank=True)
    desocupado_em = models.DateField("desocupado em", null=True, blank=True)

    objects = DesocupacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "ocupação sem termo"
        verbose_name_plural = "ocupações sem termo"
        ordering = ["situacao_desde", "pk"]
        constraints = [
            models.CheckConstraint(
                name="desocupacao_situacao_conhecida", condition=Q(situacao__in=SituacaoDesocupacao.values)
            ),
            models.CheckConstraint(
                name="desocupacao_avisada_tem_dia",
                condition=~Q(situacao__in=["avisado", "vencido"]) | Q(sair_ate__isnull=False),
            ),
            models.CheckConstraint(
                name="desocupacao_feita_tem_dia",
                condition=Q(situacao="desocupado", desocupado_em__isnull=False)
                | (~Q(situacao="desocupado") & Q(desocupado_em__isnull=True)),
            ),
        ]
        indexes = [
            # What waits in the region, and the nightly look at who did not leave.
            models.Index(fields=["situacao", "sair_ate"], name="desocupacao_aberta"),
        ]

    def __str__(self) -> str:
        return f"Ocupação sem termo de {self.pedido.orgao}"

    @property
    def estado(self) -> SituacaoDesocupacao:
        return SituacaoDesocupacao(self.situacao)


class AvisoDeSaida(models.Model):
    """A person of INSS asks in writing for a space back: of who has no term, or whose term is over."""

    pedido = models.ForeignKey(Pedido, models.CASCADE, related_name="avisos_de_saida", verbose_name="pedido")
    texto = models.TextField("o que se pede", max_length=2000)
    sair_ate = models.DateField("sair até")
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem avisou")
    nome = models.CharField("nome", max_length=120)
    cargo = models.CharField("cargo", max_length=80)
    matricula = models.CharField("matrícula", max_length=30)
    em = models.DateTimeField("em", default=now, editable=False)

    class Meta:
        verbose_name = "aviso para desocupar"
        verbose_name_plural = "avisos para desocupar"
        ordering = ["pedido", "-em", "-pk"]

    def __str__(self) -> str:
        return f"Aviso para desocupar de {self.em:%d/%m/%Y}"
