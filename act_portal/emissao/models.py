"""Template + data > PDF > verification code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import nome_inventado
from act_portal.emissao.situacoes import Situacao
from act_portal.territorio.models import Municipio

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class DocumentoQuerySet(models.QuerySet["Documento"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        vinculo = usuario.vinculo
        return self.filter(vinculo.alcance("municipio")) if vinculo else self.none()


class Documento(models.Model):
    """One issued paper. `hash_conteudo` covers the legal content (template version + data), not the page drawn."""

    Situacao = Situacao

    codigo = models.CharField("código de verificação", max_length=19, unique=True)
    modelo = models.CharField("modelo", max_length=60)
    versao = models.CharField("versão do modelo", max_length=20)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    dados = models.JSONField("conteúdo")
    modelo_sha256 = models.CharField("SHA-256 do modelo", max_length=64)
    hash_conteudo = models.CharField("hash do conteúdo (SHA-256)", max_length=64)
    situacao = models.CharField("situação", max_length=11, choices=Situacao, default=Situacao.PEDIDO)
    motivo = models.CharField("motivo da revogação", max_length=200, blank=True)
    pdf = models.FileField("PDF", upload_to=nome_inventado, max_length=120, blank=True)
    sha256 = models.CharField("SHA-256 do PDF", max_length=64, blank=True)
    paginas = models.PositiveSmallIntegerField("páginas", default=0)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="autor"
    )
    substituido_por = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="substitui", verbose_name="substituído por"
    )
    depois = models.CharField("trabalho seguinte", max_length=60, blank=True)
    pedido_em = models.DateTimeField("pedido em", default=now, editable=False)
    emitido_em = models.DateTimeField("emitido em", null=True, blank=True)
    encerrado_em = models.DateTimeField("substituído ou revogado em", null=True, blank=True)

    objects = DocumentoQuerySet.as_manager()

    class Meta:
        verbose_name = "documento emitido"
        verbose_name_plural = "documentos emitidos"
        ordering = ["pedido_em", "pk"]
        constraints = [
            models.CheckConstraint(
                name="documento_situacao_conhecida",
                condition=Q(situacao__in=["pedido", "emitido", "substituido", "revogado"]),
            ),
            models.CheckConstraint(
                name="documento_encerrado_tem_data",
                condition=Q(situacao__in=["pedido", "emitido"], encerrado_em__isnull=True)
                | Q(situacao__in=["substituido", "revogado"], encerrado_em__isnull=False),
            ),
            models.CheckConstraint(
                name="documento_emitido_tem_pdf",
                condition=~Q(situacao="emitido") | (~Q(pdf="") & ~Q(sha256="") & Q(emitido_em__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.modelo} {self.codigo}"


class Impressao(models.Model):
    """Several papers given out as one file: who holds it can check it by the code of any paper in it."""

    sha256 = models.CharField("SHA-256 do arquivo", max_length=64, unique=True)
    documentos = models.ManyToManyField(Documento, related_name="impressoes", verbose_name="documentos juntos")
    feita_em = models.DateTimeField("feita em", default=now, editable=False)

    class Meta:
        verbose_name = "impressão de papéis juntos"
        verbose_name_plural = "impressões de papéis juntos"
        ordering = ["feita_em", "pk"]

    def __str__(self) -> str:
        return f"Impressão {self.sha256[:12]}"
