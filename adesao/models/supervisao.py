"""An agreement watched: what is checked, how it stands, what was said of it, by whom and why."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.emissao.models import Documento
from adesao.models.acordo import Acordo
from adesao.situacoes import PASSO_DO_ACORDO, Nivel, SituacaoComprovacao, SituacaoNotificacao, SituacaoProrrogacao


class Assinado(models.Model):
    """An act of a person, with who they were that day."""

    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="autor")
    nome = models.CharField("nome", max_length=120)
    cargo = models.CharField("cargo", max_length=80, blank=True)
    matricula = models.CharField("matrícula", max_length=30, blank=True)
    em = models.DateTimeField("em", default=now, editable=False)

    class Meta:
        abstract = True


class AtoDoAcordo(Assinado):
    """One move of an agreement, with its reason; `verbo` is that of the table of states."""

    acordo = models.ForeignKey(Acordo, models.PROTECT, related_name="atos", verbose_name="acordo")
    verbo = models.CharField("ato", max_length=20)
    texto = models.CharField("motivo", max_length=3000)
    competencia = models.CharField("ato que dá competência", max_length=200, blank=True)
    do_municipio = models.BooleanField("do município", default=False)

    class Meta:
        verbose_name = "ato do acordo"
        verbose_name_plural = "atos do acordo"
        ordering = ["acordo", "em", "pk"]
        constraints = [models.CheckConstraint(name="ato_do_acordo_tem_motivo", condition=~Q(texto=""))]

    def __str__(self) -> str:
        return f"{self.verbo} em {self.em:%d/%m/%Y}"

    @property
    def nome_do_verbo(self) -> str:
        return PASSO_DO_ACORDO[self.verbo].nome.capitalize()


class Notificacao(Assinado):
    """A notice: what was found, what is asked, until when; then the answer, and what INSS made of it."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    acordo = models.ForeignKey(Acordo, models.PROTECT, related_name="notificacoes", verbose_name="acordo")
    numero = models.CharField("número", max_length=12, unique=True)
    # Codes of the indicators found wrong.
    indicadores = models.JSONField("indicadores", default=list)
    fatos = models.CharField("o que foi verificado", max_length=3000)
    providencias = models.CharField("o que se pede", max_length=2000)
    prazo = models.DateField("prazo")
    documento = models.OneToOneField(
        Documento, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="papel"
    )
    situacao = models.CharField(
        "situação", max_length=12, choices=SituacaoNotificacao, default=SituacaoNotificacao.EMITIDA
    )
    resposta = models.CharField("resposta", max_length=3000, blank=True)
    resposta_arquivo = models.ForeignKey(
        Arquivo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="anexo da resposta"
    )
    respondida_em = models.DateTimeField("respondida em", null=True, blank=True)
    respondida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem respondeu"
    )
    avaliacao = models.CharField("avaliação", max_length=2000, blank=True)
    avaliada_em = models.DateTimeField("avaliada em", null=True, blank=True)
    avaliador = models.CharField("quem avaliou", max_length=250, blank=True)

    class Meta:
        verbose_name = "notificação"
        verbose_name_plural = "notificações"
        ordering = ["acordo", "-em", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="notificacao_respondida_tem_resposta",
                condition=~Q(situacao="respondida") | (~Q(resposta="") & Q(respondida_em__isnull=False)),
            ),
            models.CheckConstraint(
                name="notificacao_avaliada_diz_por_que",
                condition=~Q(situacao__in=["acolhida", "nao_acolhida", "cancelada"]) | ~Q(avaliacao=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Notificação nº {self.numero}"

    @property
    def estado(self) -> SituacaoNotificacao:
        return SituacaoNotificacao(self.situacao)


class Prorrogacao(models.Model):
    """The agreement lasts `meses` more: asked, decided, signed by both, published before the old end."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    acordo = models.ForeignKey(Acordo, models.PROTECT, related_name="prorrogacoes", verbose_name="acordo")
    meses = models.PositiveSmallIntegerField("meses a mais")
    justificativa = models.CharField("justificativa", max_length=2000)
    situacao = models.CharField(
        "situação", max_length=9, choices=SituacaoProrrogacao, default=SituacaoProrrogacao.PEDIDA
    )
    pedida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem pediu"
    )
    pedida_em = models.DateTimeField("pedida em", default=now, editable=False)
    decisao = models.CharField("decisão", max_length=2000, blank=True)
    competencia = models.CharField("ato que dá competência", max_length=200, blank=True)
    decidida_em = models.DateTimeField("decidida em", null=True, blank=True)
    decisor_nome = models.CharField("nome de quem decidiu", max_length=120, blank=True)
    decisor_cargo = models.CharField("cargo de quem decidiu", max_length=80, blank=True)
    decisor_matricula = models.CharField("matrícula de quem decidiu", max_length=30, blank=True)
    documento = models.OneToOneField(
        Documento, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="termo aditivo"
    )
    arquivo = models.ForeignKey(
        Arquivo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="termo assinado"
    )
    sha256 = models.CharField("SHA-256 do termo assinado", max_length=64, blank=True)
    assinado_em = models.DateField("assinado em", null=True, blank=True)
    dou_data = models.DateField("data no Diário Oficial", null=True, blank=True)
    dou_pagina = models.CharField("seção e página", max_length=30, blank=True)
    fim_anterior = models.DateField("fim anterior", null=True, blank=True)
    novo_fim = models.DateField("novo fim", null=True, blank=True)

    class Meta:
        verbose_name = "prorrogação"
        verbose_name_plural = "prorrogações"
        ordering = ["acordo", "-pedida_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["acordo"],
                name="prorrogacao_uma_aberta",
                condition=Q(situacao__in=["pedida", "aprovada", "assinada"]),
            ),
            models.CheckConstraint(
                name="prorrogacao_efetivada_tem_tudo",
                condition=~Q(situacao="efetivada") | Q(dou_data__isnull=False, novo_fim__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Prorrogação por {self.meses} meses"

    @property
    def estado(self) -> SituacaoProrrogacao:
        return SituacaoProrrogacao(self.situacao)


class Conferencia(models.Model):
    """One thing checked outside the portal: a certificate renewed, the register looked at, the accesses reviewed."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    acordo = models.ForeignKey(Acordo, models.PROTECT, related_name="conferencias", verbose_name="acordo")
    documento = models.CharField("documento", max_length=40)
    em = models.DateField("dia")
    ate = models.DateField("vale até", null=True, blank=True)
    texto = models.CharField("número ou observação", max_length=300)
    arquivo = models.ForeignKey(
        Arquivo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="arquivo"
    )
    situacao = models.CharField(
        "situação", max_length=11, choices=SituacaoComprovacao, default=SituacaoComprovacao.ENVIADA
    )
    motivo = models.CharField("motivo", max_length=600, blank=True)
    enviada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem enviou"
    )
    enviada_em = models.DateTimeField("enviada em", default=now, editable=False)
    conferente = models.CharField("quem conferiu", max_length=250, blank=True)
    conferida_em = models.DateTimeField("conferida em", null=True, blank=True)

    class Meta:
        verbose_name = "conferência"
        verbose_name_plural = "conferências"
        ordering = ["acordo", "documento", "-enviada_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["acordo", "documento"], name="conferencia_uma_confirmada", condition=Q(situacao="confirmada")
            ),
            models.UniqueConstraint(
                fields=["acordo", "documento"], name="conferencia_uma_enviada", condition=Q(situacao="enviada")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.documento} em {self.em:%d/%m/%Y}"

    @property
    def estado(self) -> SituacaoComprovacao:
        return SituacaoComprovacao(self.situacao)


class Medicao(models.Model):
    """How an agreement stood in one indicator from `desde` on; `ate` empty: it still does. Written every night."""

    acordo = models.ForeignKey(Acordo, models.CASCADE, related_name="medicoes", verbose_name="acordo")
    indicador = models.CharField("indicador", max_length=20)
    nivel = models.CharField("nível", max_length=9, choices=Nivel)
    valor = models.CharField("valor", max_length=40, blank=True)
    frase = models.CharField("o que foi visto", max_length=300)
    desde = models.DateField("desde")
    medida_em = models.DateField("medida em")
    ate = models.DateField("até", null=True, blank=True)

    class Meta:
        verbose_name = "medição"
        verbose_name_plural = "medições"
        ordering = ["acordo", "indicador", "-desde"]
        constraints = [
            models.UniqueConstraint(
                fields=["acordo", "indicador"], name="medicao_uma_atual", condition=Q(ate__isnull=True)
            ),
        ]
        indexes = [
            # What is irregular now, in the region's list, and how much of it each agreement has. The agreement stands
            # second: PostgreSQL never reads all that is irregular once for each of them, whatever its statistics.
            models.Index(fields=["nivel", "acordo", "indicador"], name="medicao_atual", condition=Q(ate__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.indicador}: {self.get_nivel_display()}"
