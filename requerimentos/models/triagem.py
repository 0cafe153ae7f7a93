"""The answers of the guided identification: one conversation a visit, never shown in another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from act_portal.emissao.models import Documento
from requerimentos.models.atendimento import Atendimento


class Triagem(models.Model):
    """`respostas` by the id of the question (`demanda/triagem/roteiro.toml`); `folha`: the last orientation sheet."""

    atendimento = models.OneToOneField(
        Atendimento, models.PROTECT, related_name="triagem", verbose_name="atendimento", editable=False
    )
    respostas = models.JSONField("respostas", default=dict, blank=True)
    folha = models.OneToOneField(
        Documento, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="folha de orientação"
    )
    versao = models.PositiveIntegerField("versão", default=0, editable=False)
    editado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="editado por",
    )
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    alterado_em = models.DateTimeField("alterado em", default=now, editable=False)

    class Meta:
        verbose_name = "conversa de triagem"
        verbose_name_plural = "conversas de triagem"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Conversa da senha {self.atendimento}"
