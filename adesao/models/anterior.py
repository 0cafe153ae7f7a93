"""An agreement that was signed before the portal, registered by INSS from its papers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.territorio.models import Municipio, UnidadeInss
from adesao.models.processo import DO_INSS, GuardaChuva, Processo
from adesao.situacoes import Instrumento, Regime, SituacaoAnterior

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class AnteriorQuerySet(models.QuerySet["AcordoAnterior"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """INSS, of the unit and below. The town sees the agreement, once it is confirmed."""
        vinculo = usuario.vinculo
        if vinculo is None or vinculo.papel not in DO_INSS:
            return self.none()
        return self.filter(vinculo.alcance_da_unidade())

    def com_arquivo_para(self, usuario: Usuario) -> Self:
        """Whoever sees the registration, and whoever sees the agreement that came of it."""
        do_acordo = Q(processo__in=Processo.objects.visiveis_para(usuario))
        return self.filter(Q(pk__in=self.visiveis_para(usuario).values("pk")) | do_acordo).select_related("arquivo")


class AcordoAnterior(models.Model):
    """What one person read in the papers and another compared with them. Confirmed, it is an `Acordo` as any other."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    unidade = models.ForeignKey(UnidadeInss, models.PROTECT, related_name="+", verbose_name="unidade do INSS")
    instrumento = models.CharField("instrumento", max_length=17, choices=Instrumento)
    guarda_chuva = models.ForeignKey(
        GuardaChuva, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acordo principal"
    )
    regime = models.CharField("regime de previdência", max_length=13, choices=Regime)
    cnpj = models.CharField("CNPJ da prefeitura", max_length=14)
    numero = models.CharField("número", max_length=12)
    processo_sei = models.CharField("processo SEI", max_length=30, blank=True)
    assinado_em = models.DateField("assinado em")
    dou_data = models.DateField("data no Diário Oficial")
    dou_secao = models.CharField("seção", max_length=3)
    dou_pagina = models.CharField("página", max_length=10)
    inicio = models.DateField("início")
    fim = models.DateField("fim")
    servicos = models.JSONField("serviços")
    # The form of the town hall and who answers for it, and the point of service, as they were typed.
    prefeitura = models.JSONField("a prefeitura e os responsáveis")
    ponto = models.JSONField("ponto de atendimento", default=dict, blank=True)
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, related_name="+", verbose_name="acordo assinado")

    situacao = models.CharField(
        "situação", max_length=10, choices=SituacaoAnterior, default=SituacaoAnterior.REGISTRADO
    )
    motivo = models.CharField("motivo da devolução", max_length=600, blank=True)
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem registrou"
    )
    registrado_em = models.DateTimeField("registrado em", default=now, editable=False)
    decidido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem conferiu"
    )
    decidido_em = models.DateTimeField("conferido em", null=True, blank=True)
    decisor_nome = models.CharField("nome de quem conferiu", max_length=120, blank=True)
    decisor_cargo = models.CharField("cargo de quem conferiu", max_length=80, blank=True)
    decisor_matricula = models.CharField("matrícula de quem conferiu", max_length=30, blank=True)
    processo = models.OneToOneField(
        Processo, models.PROTECT, null=True, blank=True, related_name="anterior", verbose_name="adesão"
    )

    objects = AnteriorQuerySet.as_manager()

    class Meta:
        verbose_name = "acordo anterior ao portal"
        verbose_name_plural = "acordos anteriores ao portal"
        ordering = ["registrado_em", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipio"],
                name="anterior_um_por_conferir",
                condition=Q(situacao="registrado"),
                violation_error_message="Já há um acordo deste município esperando a segunda pessoa.",
            ),
            models.CheckConstraint(
                name="anterior_situacao_conhecida", condition=Q(situacao__in=SituacaoAnterior.values)
            ),
            models.CheckConstraint(
                name="anterior_decidido_por_outra_pessoa",
                condition=Q(situacao="registrado", decidido_por__isnull=True, decidido_em__isnull=True)
                | (
                    ~Q(situacao="registrado")
                    & Q(decidido_em__isnull=False, decidido_por__isnull=False)
                    & ~Q(decidido_por=models.F("registrado_por"))
                    & ~Q(decisor_nome="")
                ),
            ),
            models.CheckConstraint(
                name="anterior_confirmado_tem_adesao",
                condition=Q(situacao="confirmado", processo__isnull=False)
                | (~Q(situacao="confirmado") & Q(processo__isnull=True)),
            ),
            models.CheckConstraint(
                name="anterior_devolvido_tem_motivo", condition=~Q(situacao="devolvido") | ~Q(motivo="")
            ),
            models.CheckConstraint(name="anterior_fim_depois_do_inicio", condition=Q(fim__gt=models.F("inicio"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_instrumento_display()} nº {self.numero}"

    @property
    def estado(self) -> SituacaoAnterior:
        return SituacaoAnterior(self.situacao)
