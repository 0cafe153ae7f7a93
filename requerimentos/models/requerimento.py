"""The request (one person × one service × one protocol) and the version of the service it began under."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from act_portal.territorio.models import Balcao, Municipio
from requerimentos.models import alcance
from requerimentos.models.atendimento import Atendimento
from requerimentos.models.pessoa import Pessoa, Representante
from requerimentos.situacoes import Etapa, SituacaoInss

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class ServicoVersao(models.Model):
    """A service of the catalogue as it stood when a request began (`demanda.catalogo.Servico.como_dados`)."""

    codigo = models.CharField("código do serviço", max_length=60)
    versao = models.CharField("versão (hash do conteúdo)", max_length=64)
    nome = models.CharField("nome", max_length=120)
    dados = models.JSONField("conteúdo")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "versão de serviço"
        verbose_name_plural = "versões de serviço"
        ordering = ["codigo", "criado_em"]
        constraints = [models.UniqueConstraint(fields=["codigo", "versao"], name="servico_versao_unica")]

    def __str__(self) -> str:
        return self.nome


def novo_segredo() -> str:
    return secrets.token_hex(32)


class RequerimentoQuerySet(models.QuerySet["Requerimento"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return alcance.do_pedido(self, usuario)

    def em_aberto(self) -> Self:
        return self.exclude(etapa__in=[Etapa.ENTREGUE, Etapa.CANCELADO])

    def com_revogacao(self) -> Self:
        """`revogado`, `renunciado`: the person took back the powers, or the town gave them up; whatever its stage, the
        town does not act in it any more.
        """
        return self.annotate(
            revogado=Q(revogacao__renuncia=""),
            renunciado=Q(revogacao__isnull=False) & ~Q(revogacao__renuncia=""),
        )

    def por_protocolo(self, protocolo: str) -> Self:
        """By the number that INSS gave. The unique index leaves drafts out, and SQLite uses it only if we do too."""
        return self.filter(protocolo=protocolo).exclude(protocolo="")


class Requerimento(models.Model):
    """A request. `etapa` is the desk's stage, `situacao_inss` what INSS says; only `servicos.py` files change them."""

    class QuemAssina(models.TextChoices):
        TITULAR = "titular", "A própria pessoa"
        ROGO = "rogo", "Alguém assina a rogo, com duas testemunhas"
        REPRESENTANTE = "representante", "Representante legal ou procurador"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    balcao = models.ForeignKey(Balcao, models.PROTECT, related_name="requerimentos", verbose_name="balcão")
    pessoa = models.ForeignKey(Pessoa, models.PROTECT, related_name="requerimentos", verbose_name="pessoa")
    atendimento = models.ForeignKey(
        Atendimento, models.PROTECT, null=True, blank=True, related_name="requerimentos", verbose_name="atendimento"
    )
    servico = models.ForeignKey(ServicoVersao, models.PROTECT, related_name="requerimentos", verbose_name="serviço")
    servico_codigo = models.CharField("código do serviço", max_length=60)
    atendente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="atendente responsável"
    )
    etapa = models.CharField("etapa", max_length=12, choices=Etapa, default=Etapa.PREPARO)
    etapa_motivo = models.CharField("motivo da etapa", max_length=500, blank=True)

    # What the person declares; the questions of the service live in `respostas` (three states: true, false, absent).
    quem_assina = models.CharField("quem assina", max_length=13, choices=QuemAssina, blank=True)
    representante = models.ForeignKey(
        Representante, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="representante"
    )
    rogo = models.JSONField("quem assina a rogo e testemunhas", default=dict, blank=True)
    respostas = models.JSONField("respostas", default=dict, blank=True)

    incompleto = models.BooleanField("enviado incompleto a pedido", default=False)
    incompleto_motivo = models.CharField("por que vai incompleto", max_length=300, blank=True)

    repetido_motivo = models.CharField("por que pede de novo", max_length=300, blank=True)

    protocolo = models.CharField("protocolo do INSS", max_length=11, blank=True)
    der = models.DateField("data de entrada no INSS", null=True, blank=True)
    protocolado_em = models.DateTimeField("protocolado em", null=True, blank=True)
    unidade_analise = models.CharField("unidade que analisa", max_length=120, blank=True)
    segredo = models.CharField(max_length=64, default=novo_segredo, editable=False)
    situacao_inss = models.CharField("situação no INSS", max_length=24, choices=SituacaoInss, blank=True)
    situacao_desde = models.DateTimeField("nesta situação desde", null=True, blank=True)
    inss_visto_em = models.DateTimeField("INSS consultado em", null=True, blank=True)
    # The newest version of the task that was applied: an older answer that arrives late changes nothing.
    inss_versao = models.PositiveBigIntegerField("versão no INSS", default=0, editable=False)
    inss_falha = models.CharField("por que a última consulta falhou", max_length=200, blank=True)
    proxima_consulta_em = models.DateTimeField("próxima consulta ao INSS", null=True, blank=True)

    versao = models.PositiveIntegerField("versão", default=1, editable=False)
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
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)

    objects = RequerimentoQuerySet.as_manager()

    class Meta:
        verbose_name = "requerimento"
        verbose_name_plural = "requerimentos"
        ordering = ["-criado_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocolo"], name="requerimento_protocolo_unico", condition=~Q(protocolo="")
            ),
            models.CheckConstraint(
                name="requerimento_etapa_conhecida",
                condition=Q(
                    etapa__in=[
                        "preparo", "na_fila", "devolvido", "acompanhando", "exigencia", "resultado", "entregue",
                        "cancelado",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="requerimento_com_inss_tem_protocolo",
                condition=Q(etapa__in=["preparo", "na_fila", "devolvido", "cancelado"])
                | (~Q(protocolo="") & Q(der__isnull=False) & Q(protocolado_em__isnull=False)),
            ),
            models.CheckConstraint(
                name="requerimento_representante_conforme_quem_assina",
                condition=~Q(quem_assina="representante") | Q(representante__isnull=False),
            ),
            models.CheckConstraint(
                name="requerimento_incompleto_tem_motivo", condition=Q(incompleto=False) | ~Q(incompleto_motivo="")
            ),
        ]  # fmt: skip
        indexes = [
            # The worklist of a município: by stage, newest first.
            models.Index(fields=["municipio", "etapa", "-criado_em", "-id"], name="requerimento_lista"),
            # The worklist with no stage chosen.
            models.Index(fields=["municipio", "-criado_em", "-id"], name="requerimento_lista_toda"),
            # Polling of INSS: what is due.
            models.Index(
                fields=["proxima_consulta_em"],
                name="requerimento_a_consultar",
                condition=Q(proxima_consulta_em__isnull=False),
            ),
            # Same person, same service: the duplicate guard.
            models.Index(fields=["pessoa", "servico_codigo"], name="requerimento_repetido"),
        ]

    def __str__(self) -> str:
        return self.protocolo or f"Rascunho {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("requerimentos:caso", args=[self.codigo])

    @property
    def chegada_em(self) -> datetime:
        """When the person came; for a request without a visit, when it was opened."""
        return self.atendimento.chegada_em if self.atendimento else self.criado_em

    @property
    def estado(self) -> Etapa:
        return Etapa(self.etapa)

    @property
    def editavel(self) -> bool:
        return self.estado in {Etapa.PREPARO, Etapa.DEVOLVIDO}
