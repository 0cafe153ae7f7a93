"""A file's life: received, inspected, made into A4 pages, stored privately, served to whoever may see its owner."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now

from act_portal.territorio.models import Municipio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


def nome_inventado(instancia: models.Model | None = None, nome_original: str = "") -> str:
    """A storage name that says nothing about the person: two folder letters and a random id."""
    codigo = uuid.uuid4().hex
    return f"{codigo[:2]}/{codigo}"


class Arquivo(models.Model):
    """What somebody sent, as it came. Its pages are `Folha` rows, made by the worker."""

    class Situacao(models.TextChoices):
        RECEBIDO = "recebido", "Preparando as páginas"
        PRONTO = "pronto", "Pronto"
        RECUSADO = "recusado", "Não serve"

    class Exame(models.TextChoices):
        SEM = "", "Sem antivírus"
        ESPERA = "espera", "À espera do antivírus"
        LIMPO = "limpo", "Examinado"
        INFECTADO = "infectado", "Programa perigoso"
        IMPOSSIVEL = "sem_exame", "O antivírus não conseguiu examinar"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    nome_original = models.CharField("nome original", max_length=255)
    tipo = models.CharField("tipo pelo conteúdo", max_length=60)
    bytes = models.PositiveBigIntegerField("tamanho em bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    original = models.FileField("original", upload_to=nome_inventado, max_length=120)
    situacao = models.CharField("situação", max_length=8, choices=Situacao, default=Situacao.RECEBIDO)
    motivo = models.CharField("motivo da recusa", max_length=300, blank=True)
    avisos = models.JSONField("avisos", default=list, blank=True)
    # A picture that says so; of the others nothing is known.
    digitalizado = models.BooleanField("veio de um digitalizador", default=False, editable=False)
    enviado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="enviado por"
    )
    depois = models.CharField("trabalho seguinte", max_length=60, blank=True)
    exame = models.CharField("antivírus", max_length=9, choices=Exame, blank=True, default=Exame.SEM)
    reparar = models.BooleanField("endireitar as fotos", default=False)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "arquivo"
        verbose_name_plural = "arquivos"
        ordering = ["criado_em", "pk"]
        constraints = [
            models.CheckConstraint(
                name="arquivo_situacao_conhecida", condition=Q(situacao__in=["recebido", "pronto", "recusado"])
            ),
            models.CheckConstraint(
                name="arquivo_recusado_tem_motivo", condition=~Q(situacao="recusado") | ~Q(motivo="")
            ),
        ]
        indexes = [
            # The very same file in another request of the town.
            models.Index(fields=["municipio", "sha256"], name="arquivo_por_resumo"),
        ]

    def __str__(self) -> str:
        return str(self.codigo)


class FolhaQuerySet(models.QuerySet["Folha"]):
    def como_vieram(self) -> Self:
        """Without the repaired ones."""
        return self.filter(origem__isnull=True)


class Folha(models.Model):
    """One A4 page of a file: a one-page PDF (150 DPI, 24-bit colour when it was an image) and its thumbnail.

    A repaired page is a row of its own beside the one that it was made of (`origem`), with the recipe that made it.
    """

    arquivo = models.ForeignKey(Arquivo, models.CASCADE, related_name="folhas", verbose_name="arquivo")
    ordem = models.PositiveSmallIntegerField("ordem no arquivo")
    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    pdf = models.FileField("página em PDF", upload_to=nome_inventado, max_length=120)
    miniatura = models.FileField("miniatura", upload_to=nome_inventado, max_length=120)
    bytes = models.PositiveIntegerField("tamanho do PDF em bytes")
    sha256 = models.CharField("SHA-256 do PDF", max_length=64)
    dpi = models.PositiveSmallIntegerField("resolução em DPI", default=150)
    # What makes it hard to read: `codigo`, `onde`, `texto` of each (`legibilidade.Defeito`).
    defeitos = models.JSONField("defeitos de leitura", default=list, blank=True)
    origem = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="consertadas", verbose_name="consertada de"
    )
    receita = models.JSONField("receita do conserto", default=dict, blank=True)
    # Codes that show on it (`texto`, `giro`), kept by who knows which codes are ours; empty while nobody looked.
    codigos = models.JSONField("códigos lidos", null=True, blank=True, editable=False)

    objects = FolhaQuerySet.as_manager()

    class Meta:
        verbose_name = "folha"
        verbose_name_plural = "folhas"
        ordering = ["arquivo", "ordem", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["arquivo", "ordem"], name="folha_ordem_unica", condition=Q(origem__isnull=True)
            ),
            models.CheckConstraint(
                name="folha_consertada_tem_receita", condition=Q(origem__isnull=True) | ~Q(receita={})
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arquivo} p. {self.ordem}"


class RemessaQuerySet(models.QuerySet["Remessa"]):
    def de(self, usuario: Usuario, aparelho: uuid.UUID | None = None) -> Self:
        """Of this person, at the desk; or of one device that sends in that person's name."""
        return self.filter(usuario=usuario, aparelho=aparelho)

    def abertas(self) -> Self:
        return self.filter(entregue_em__isnull=True)

    def paradas_desde(self, momento: datetime) -> Self:
        return self.filter(mexida_em__lt=momento)


class Remessa(models.Model):
    """A file on its way in pieces. `codigo`, size and SHA-256 are the browser's promise, kept to at the end."""

    codigo = models.UUIDField("código", unique=True, editable=False)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem responde por ela"
    )
    aparelho = models.UUIDField("aparelho que envia", null=True, blank=True, editable=False)
    nome = models.CharField("nome", max_length=255)
    bytes = models.PositiveBigIntegerField("tamanho em bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    recebidos = models.PositiveBigIntegerField("bytes recebidos", default=0)
    mexida_em = models.DateTimeField("mexida em", default=now, editable=False)
    # Handed over: the row stays a while, so that a question asked twice gets the same answer.
    entregue_em = models.DateTimeField("entregue em", null=True, blank=True, editable=False)

    objects = RemessaQuerySet.as_manager()

    class Meta:
        verbose_name = "remessa"
        verbose_name_plural = "remessas"
        ordering = ["mexida_em", "pk"]
        constraints = [
            models.CheckConstraint(name="remessa_nao_passa_do_tamanho", condition=Q(recebidos__lte=F("bytes"))),
        ]
        indexes = [
            # The clean-up, and how many a person has open.
            models.Index(fields=["mexida_em"], name="remessa_parada"),
        ]

    def __str__(self) -> str:
        return str(self.codigo)


class Pedaco(models.Model):
    """Some bytes of a file on its way, kept in the private storage from `inicio` on."""

    remessa = models.ForeignKey(Remessa, models.CASCADE, related_name="pedacos", verbose_name="remessa")
    inicio = models.PositiveBigIntegerField("primeiro byte")
    bytes = models.PositiveIntegerField("tamanho em bytes")
    conteudo = models.FileField("conteúdo", upload_to=nome_inventado, max_length=120)

    class Meta:
        verbose_name = "pedaço"
        verbose_name_plural = "pedaços"
        ordering = ["remessa", "inicio"]
        constraints = [models.UniqueConstraint(fields=["remessa", "inicio"], name="pedaco_unico")]

    def __str__(self) -> str:
        return f"{self.remessa} {self.inicio}"


class Faxina(models.Model):
    """How far the nightly search for files that no row names has come; one row."""

    ate = models.CharField("último nome visto", max_length=200, blank=True)

    class Meta:
        verbose_name = "faxina"
        verbose_name_plural = "faxinas"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="faxina_uma_linha", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.ate or "do começo"
