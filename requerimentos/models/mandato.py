"""What ends the town's power to act for somebody: the person takes it back, or dies."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.emissao.models import Documento
from requerimentos.models.papel import Papel
from requerimentos.models.pessoa import Pessoa
from requerimentos.models.requerimento import Requerimento


class Revogacao(models.Model):
    """The end of the powers of one request: the person took them back, or the town gave them up, with its reason. There
    is no way back: who wants help again gives a new term. Older renunciations have no paper.
    """

    requerimento = models.OneToOneField(
        Requerimento, models.CASCADE, related_name="revogacao", verbose_name="requerimento"
    )
    termo = models.ForeignKey(
        Papel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="termo revogado"
    )
    documento = models.OneToOneField(
        Documento,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="papel da revogação ou renúncia",
    )
    renuncia = models.CharField("por que o município renunciou", max_length=300, blank=True)
    em = models.DateTimeField("revogado em", default=now)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem recebeu")

    class Meta:
        verbose_name = "revogação"
        verbose_name_plural = "revogações"
        ordering = ["-em", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="revogacao_da_pessoa_tem_papel_renuncia_tem_motivo",
                condition=Q(documento__isnull=False) | ~Q(renuncia=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Revogação do pedido {self.requerimento_id}"


class RevogacaoParcial(models.Model):
    """One act of the term of one request that the person took back; the rest of the term stands. Never undone, like the
    whole revocation: each act has one row and one paper.
    """

    class Ato(models.TextChoices):
        AGENDA = "agenda", "Marcar e remarcar perícia e avaliação social"
        EXIGENCIA = "exigencia", "Responder exigências"
        RECURSO = "recurso", "Apresentar recurso"
        AVISOS = "avisos", "Mandar avisos deste pedido"

    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="revogacoes_parciais", verbose_name="requerimento"
    )
    ato = models.CharField("o que foi revogado", max_length=9, choices=Ato)
    termo = models.ForeignKey(
        Papel, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="termo revogado em parte"
    )
    documento = models.OneToOneField(Documento, models.PROTECT, related_name="+", verbose_name="papel da revogação")
    em = models.DateTimeField("revogado em", default=now)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem recebeu")

    class Meta:
        verbose_name = "revogação em parte"
        verbose_name_plural = "revogações em parte"
        ordering = ["em", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["requerimento", "ato"], name="revogacao_parcial_uma_por_ato"),
            models.CheckConstraint(
                name="revogacao_parcial_de_ato_conhecido",
                condition=Q(ato__in=["agenda", "exigencia", "recurso", "avisos"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Revogação em parte do pedido {self.requerimento_id}: {self.get_ato_display().lower()}"


class ObitoQuerySet(models.QuerySet["Obito"]):
    def vigentes(self) -> Self:
        return self.filter(desfeito_em__isnull=True)


class Obito(models.Model):
    """A registered death. One put in the wrong record is undone by the manager, and stays in the history."""

    pessoa = models.ForeignKey(Pessoa, models.CASCADE, related_name="obitos", verbose_name="pessoa")
    em = models.DateField("data do óbito")
    documento = models.CharField("certidão de óbito (matrícula, ou cartório, livro e folha)", max_length=120)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem registrou")
    criado_em = models.DateTimeField("registrado em", default=now, editable=False)
    desfeito_em = models.DateTimeField("desfeito em", null=True, blank=True)
    desfeito_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem desfez"
    )
    desfeito_motivo = models.CharField("por que foi desfeito", max_length=300, blank=True)

    objects = ObitoQuerySet.as_manager()

    class Meta:
        verbose_name = "óbito"
        verbose_name_plural = "óbitos"
        ordering = ["-criado_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pessoa"], name="obito_um_por_pessoa", condition=Q(desfeito_em__isnull=True)
            ),
            models.CheckConstraint(
                name="obito_desfeito_tem_quem_e_por_que",
                condition=Q(desfeito_em__isnull=True) | (Q(desfeito_por__isnull=False) & ~Q(desfeito_motivo="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Óbito de {self.pessoa_id} em {self.em:%d/%m/%Y}"
