"""Somebody of a town hall asks for the first account of the town."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Vinculo
from act_portal.territorio.models import Municipio, UnidadeInss
from adesao.models.processo import DO_INSS
from adesao.situacoes import SituacaoSolicitacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class SolicitacaoQuerySet(models.QuerySet["Solicitacao"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """INSS, of the unit and below, once the e-mail was confirmed: before that it may be anybody's invention."""
        vinculo = usuario.vinculo
        if vinculo is None or vinculo.papel not in DO_INSS:
            return self.none()
        return self.filter(vinculo.alcance_da_unidade()).filter(confirmada_em__isnull=False)


class Solicitacao(models.Model):
    """A request for a manager's account. Nothing of it counts before the e-mail is confirmed."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    unidade = models.ForeignKey(UnidadeInss, models.PROTECT, related_name="+", verbose_name="unidade do INSS")
    cnpj = models.CharField("CNPJ da prefeitura", max_length=14)
    nome = models.CharField("nome", max_length=120)
    cpf = models.CharField("CPF", max_length=11)
    cargo = models.CharField("cargo", max_length=80)
    email = models.EmailField("e-mail")
    telefone = models.CharField("telefone", max_length=11)
    prova = models.ForeignKey(
        Arquivo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="prova do vínculo"
    )
    situacao = models.CharField(
        "situação", max_length=11, choices=SituacaoSolicitacao, default=SituacaoSolicitacao.A_CONFIRMAR
    )
    motivo = models.CharField("motivo da recusa", max_length=600, blank=True)
    criada_em = models.DateTimeField("criada em", default=now, editable=False)
    confirmada_em = models.DateTimeField("e-mail confirmado em", null=True, blank=True)
    decidida_em = models.DateTimeField("decidida em", null=True, blank=True)
    decidida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem decidiu"
    )
    decisor_nome = models.CharField("nome de quem decidiu", max_length=120, blank=True)
    decisor_cargo = models.CharField("cargo de quem decidiu", max_length=80, blank=True)
    decisor_matricula = models.CharField("matrícula de quem decidiu", max_length=30, blank=True)
    vinculo = models.OneToOneField(
        Vinculo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="acesso dado"
    )

    objects = SolicitacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitação de acesso"
        verbose_name_plural = "solicitações de acesso"
        ordering = ["criada_em", "pk"]
        constraints = [
            models.CheckConstraint(
                name="solicitacao_situacao_conhecida", condition=Q(situacao__in=SituacaoSolicitacao.values)
            ),
            models.CheckConstraint(
                name="solicitacao_confirmada_tem_prova",
                condition=Q(confirmada_em__isnull=True) | Q(prova__isnull=False),
            ),
            models.CheckConstraint(
                name="solicitacao_decidida_diz_quem",
                condition=Q(situacao__in=["a_confirmar", "pendente"], decidida_em__isnull=True)
                | (
                    Q(situacao__in=["aprovada", "recusada"], decidida_em__isnull=False, decidida_por__isnull=False)
                    & ~Q(decisor_nome="")
                ),
            ),
            models.CheckConstraint(
                name="solicitacao_recusada_tem_motivo", condition=~Q(situacao="recusada") | ~Q(motivo="")
            ),
        ]

    def __str__(self) -> str:
        return f"Solicitação {self.pk}"

    @property
    def estado(self) -> SituacaoSolicitacao:
        return SituacaoSolicitacao(self.situacao)
