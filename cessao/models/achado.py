"""What the inspection of the technical opinion found, element by element, with its photo."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from cessao.models.pedido import Pedido


class Achado(models.Model):
    """One element of one room. Taken out it stays in the request; the opinion keeps the rows of its day."""

    class Elemento(models.TextChoices):
        ESTRUTURA = "estrutura", "Estrutura"
        COBERTURA = "cobertura", "Cobertura"
        PISO = "piso", "Piso"
        PAREDES = "paredes", "Paredes e pintura"
        FORRO = "forro", "Forro"
        PORTAS = "portas", "Portas e fechaduras"
        JANELAS = "janelas", "Janelas e vidros"
        ELETRICA = "eletrica", "Elétrica"
        HIDRAULICA = "hidraulica", "Hidráulica e louças"
        AR = "ar", "Ar-condicionado"
        INCENDIO = "incendio", "Incêndio"
        ACESSIBILIDADE = "acessibilidade", "Acessibilidade"
        FACHADA = "fachada", "Fachada"
        MUROS = "muros", "Muros"
        OUTRO = "outro", "Outro"

    class Estado(models.TextChoices):
        BOM = "bom", "Bom"
        REGULAR = "regular", "Regular"
        RUIM = "ruim", "Ruim"
        NAO_HA = "nao_ha", "Não há"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    pedido = models.ForeignKey(Pedido, models.CASCADE, related_name="achados", verbose_name="pedido")
    ambiente = models.CharField("ambiente", max_length=80)
    elemento = models.CharField("elemento", max_length=14, choices=Elemento)
    estado = models.CharField("estado", max_length=7, choices=Estado)
    descricao = models.CharField("o que se vê", max_length=600, blank=True)
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="foto")
    tirada_em = models.DateField("foto tirada em", null=True, blank=True)
    criado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem pôs")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    tirado_em = models.DateTimeField("tirado em", null=True, blank=True)

    class Meta:
        verbose_name = "item da vistoria do parecer"
        verbose_name_plural = "itens da vistoria do parecer"
        ordering = ["pedido", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pedido", "ambiente", "elemento"],
                name="cessao_achado_uma_vez",
                condition=Q(tirado_em=None) & ~Q(elemento="outro"),
                violation_error_message="Este elemento deste ambiente já está na lista.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ambiente}: {self.get_elemento_display().lower()}"

    def como_dados(self) -> dict[str, Any]:
        """For the opinion, which keeps the rows as they were."""
        return {
            "ambiente": self.ambiente, "elemento": self.get_elemento_display(), "estado": self.get_estado_display(),
            "descricao": self.descricao.rstrip(" ."), "achado": self.pk, "com_foto": self.arquivo_id is not None,
        }  # fmt: skip
