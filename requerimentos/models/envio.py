"""One delivery to INSS and the files that leave in it, frozen."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import nome_inventado
from requerimentos.models.exigencia import Exigencia
from requerimentos.models.requerimento import Requerimento
from requerimentos.situacoes import SituacaoEnvio


class Envio(models.Model):
    """`chave` is the idempotency key that INSS sees: one delivery is one request, however often it is tried."""

    # Code of the reasons that are the portal's own: nothing left for INSS.
    MONTAGEM = "montagem"
    # The person took the powers back, or died, before it left.
    MANDATO = "mandato"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    requerimento = models.ForeignKey(Requerimento, models.CASCADE, related_name="envios", verbose_name="requerimento")
    exigencia = models.ForeignKey(
        Exigencia, models.PROTECT, null=True, blank=True, related_name="envios", verbose_name="exigência"
    )
    chave = models.CharField("chave de idempotência", max_length=60, unique=True)
    situacao = models.CharField("situação", max_length=9, choices=SituacaoEnvio, default=SituacaoEnvio.MONTANDO)
    pacote = models.JSONField("o que é enviado, congelado", default=dict)
    falha = models.CharField("última falha, em palavras", max_length=300, blank=True)
    motivos = models.JSONField("motivos da recusa", default=list, blank=True)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="autor")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)

    class Meta:
        verbose_name = "envio"
        verbose_name_plural = "envios"
        ordering = ["-criado_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["requerimento"],
                name="envio_um_aberto_por_requerimento",
                condition=Q(situacao__in=["montando", "na_fila"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Envio {self.chave}"

    @property
    def estado(self) -> SituacaoEnvio:
        return SituacaoEnvio(self.situacao)

    @property
    def nao_saiu(self) -> bool:
        """The portal itself gave it back: the files cannot be made to fit, or the powers ended."""
        return any(motivo["codigo"] in {self.MONTAGEM, self.MANDATO} for motivo in self.motivos)


class ParteEnviada(models.Model):
    """A file as it leaves: inside the limits, named by the rule, never changed afterwards."""

    envio = models.ForeignKey(Envio, models.CASCADE, related_name="partes", verbose_name="envio")
    ordem = models.PositiveSmallIntegerField("ordem")
    vaga = models.CharField("vaga", max_length=60)
    natureza = models.CharField("natureza", max_length=9, blank=True)
    nome = models.CharField("nome", max_length=150)
    conteudo = models.FileField("conteúdo", upload_to=nome_inventado, max_length=120)
    bytes = models.PositiveIntegerField("tamanho em bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    paginas = models.PositiveSmallIntegerField("páginas")

    class Meta:
        verbose_name = "parte enviada"
        verbose_name_plural = "partes enviadas"
        ordering = ["envio", "ordem"]
        constraints = [models.UniqueConstraint(fields=["envio", "ordem"], name="parte_ordem_unica")]

    def __str__(self) -> str:
        return f"Parte {self.ordem} do envio {self.envio_id}"
