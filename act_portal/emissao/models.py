"""Template + data > PDF > verification code."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import nome_inventado
from act_portal.territorio.models import Municipio


class Documento(models.Model):
    """One issued paper. `hash_conteudo` covers the legal content (template version + data), not the page drawn."""

    class Situacao(models.TextChoices):
        PEDIDO = "pedido", "Sendo feito"
        EMITIDO = "emitido", "Válido"
        SUBSTITUIDO = "substituido", "Substituído por outro"
        REVOGADO = "revogado", "Revogado"

    codigo = models.CharField("código de verificação", max_length=19, unique=True)
    modelo = models.CharField("modelo", max_length=60)
    versao = models.CharField("versão do modelo", max_length=20)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    dados = models.JSONField("conteúdo")
    hash_conteudo = models.CharField("hash do conteúdo (SHA-256)", max_length=64)
    situacao = models.CharField("situação", max_length=11, choices=Situacao, default=Situacao.PEDIDO)
    motivo = models.CharField("motivo da revogação", max_length=200, blank=True)
    pdf = models.FileField("PDF", upload_to=nome_inventado, max_length=120, blank=True)
    sha256 = models.CharField("SHA-256 do PDF", max_length=64, blank=True)
    paginas = models.PositiveSmallIntegerField("páginas", default=0)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="autor"
    )
    depois = models.CharField("trabalho seguinte", max_length=60, blank=True)
    pedido_em = models.DateTimeField("pedido em", default=now, editable=False)
    emitido_em = models.DateTimeField("emitido em", null=True, blank=True)
    encerrado_em = models.DateTimeField("substituído ou revogado em", null=True, blank=True)

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
                name="documento_emitido_tem_pdf",
                condition=~Q(situacao="emitido") | (~Q(pdf="") & ~Q(sha256="") & Q(emitido_em__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.modelo} {self.codigo}"
