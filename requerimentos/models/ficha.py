"""The question packs of a request: which version each began under, and what was typed on each page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from requerimentos.models.requerimento import Requerimento


class PacoteVersao(models.Model):
    """A question pack as it stood when a request first answered it (`fichas.pacote.Pacote.como_dados`)."""

    codigo = models.CharField("código do pacote", max_length=40)
    versao = models.CharField("versão (hash do conteúdo)", max_length=16)
    dados = models.JSONField("conteúdo")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "versão de pacote de perguntas"
        verbose_name_plural = "versões de pacotes de perguntas"
        ordering = ["codigo", "criado_em"]
        constraints = [models.UniqueConstraint(fields=["codigo", "versao"], name="pacote_versao_unica")]

    def __str__(self) -> str:
        return self.codigo


class Ficha(models.Model):
    """One pack of one request."""

    requerimento = models.ForeignKey(Requerimento, models.CASCADE, related_name="fichas", verbose_name="requerimento")
    codigo = models.CharField("código do pacote", max_length=40)
    pacote = models.ForeignKey(PacoteVersao, models.PROTECT, related_name="+", verbose_name="versão do pacote")

    class Meta:
        verbose_name = "ficha"
        verbose_name_plural = "fichas"
        ordering = ["requerimento", "codigo"]
        constraints = [models.UniqueConstraint(fields=["requerimento", "codigo"], name="ficha_uma_por_pacote")]

    def __str__(self) -> str:
        return self.codigo


class PaginaDaFicha(models.Model):
    """One page of it. `dados` is what was typed, complete or not; the pack says what it means."""

    ficha = models.ForeignKey(Ficha, models.CASCADE, related_name="paginas", verbose_name="ficha")
    secao = models.CharField("seção", max_length=40)
    dados = models.JSONField("respostas", default=dict, blank=True)
    versao = models.PositiveIntegerField("versão", default=0, editable=False)
    # The open window that saved last: what it saves by itself is no conflict with its own button.
    janela = models.CharField("janela", max_length=36, blank=True, editable=False)
    editado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name="editado por"
    )
    alterado_em = models.DateTimeField("alterado em", default=now, editable=False)

    class Meta:
        verbose_name = "página da ficha"
        verbose_name_plural = "páginas da ficha"
        ordering = ["ficha", "pk"]
        constraints = [models.UniqueConstraint(fields=["ficha", "secao"], name="ficha_uma_pagina_por_secao")]

    def __str__(self) -> str:
        return self.secao
