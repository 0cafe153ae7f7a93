"""What the town fills in: forms kept as drafts, points of service, people indicated."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.territorio.models import Balcao
from adesao.models.processo import Processo


class Editado(models.Model):
    """A row that two people may have open at once: `versao` tells who saved first."""

    versao = models.PositiveIntegerField("versão", default=0, editable=False)
    editado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="editado por",
    )
    alterado_em = models.DateTimeField("alterado em", default=now, editable=False)

    class Meta:
        abstract = True


class Formulario(Editado):
    """One form of a process. `dados` is what was typed, complete or not; the form itself says what is missing."""

    class Tipo(models.TextChoices):
        MUNICIPIO = "municipio", "O município e quem o representa"
        OFICIO = "oficio", "O que o município quer"
        PLANO = "plano", "Plano de trabalho"

    processo = models.ForeignKey(Processo, models.CASCADE, related_name="formularios", verbose_name="adesão")
    tipo = models.CharField("formulário", max_length=10, choices=Tipo)
    dados = models.JSONField("respostas", default=dict, blank=True)
    # The open page that saved last: what it saves by itself is no conflict with its own button.
    pagina = models.CharField("página", max_length=36, blank=True, editable=False)

    class Meta:
        verbose_name = "formulário da adesão"
        verbose_name_plural = "formulários da adesão"
        ordering = ["processo", "tipo"]
        constraints = [models.UniqueConstraint(fields=["processo", "tipo"], name="formulario_um_por_tipo")]

    def __str__(self) -> str:
        return self.get_tipo_display()


class VivosQuerySet(models.QuerySet):
    def vivos(self) -> Self:
        return self.filter(removido_em__isnull=True)


class Ponto(Editado):
    """Where the town will attend, and what it has there (`estrutura`: the answers of the declaration)."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    processo = models.ForeignKey(Processo, models.CASCADE, related_name="pontos", verbose_name="adesão")
    nome = models.CharField("nome", max_length=80)
    endereco = models.CharField("endereço", max_length=200)
    cep = models.CharField("CEP", max_length=8)
    telefone = models.CharField("telefone", max_length=11, blank=True)
    dias = models.CharField("dias", max_length=60)
    horario = models.CharField("horário", max_length=60)
    estrutura = models.JSONField("estrutura", default=dict, blank=True)
    # INSS saw that what was declared is there; the desk opens with the first trained person.
    confirmado_em = models.DateField("estrutura confirmada em", null=True, blank=True)
    confirmado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem confirmou"
    )
    confirmacao = models.CharField("como foi confirmada", max_length=600, blank=True)
    balcao = models.OneToOneField(
        Balcao, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="balcão aberto"
    )
    removido_em = models.DateTimeField("removido em", null=True, blank=True)

    objects = VivosQuerySet.as_manager()

    class Meta:
        verbose_name = "ponto de atendimento"
        verbose_name_plural = "pontos de atendimento"
        ordering = ["processo", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["processo", "nome"], name="ponto_nome_unico", condition=Q(removido_em__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.nome


class Representante(Editado):
    """Somebody whom the town indicates to act under the agreement. The e-mail is this person's alone."""

    class Papel(models.TextChoices):
        GESTOR = "gestor", "Gestor do acordo"
        CADASTRADOR = "cadastrador", "Cadastrador externo (cuida dos acessos)"
        ATENDENTE = "atendente", "Representante (atende e faz os pedidos)"

    class TipoVinculo(models.TextChoices):
        EFETIVO = "efetivo", "Servidor efetivo"
        COMISSIONADO = "comissionado", "Cargo em comissão"
        OUTRO = "outro", "Outro vínculo"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    processo = models.ForeignKey(Processo, models.CASCADE, related_name="representantes", verbose_name="adesão")
    nome = models.CharField("nome", max_length=120)
    nome_social = models.CharField("nome social", max_length=120, blank=True)
    cpf = models.CharField("CPF", max_length=11)
    matricula = models.CharField("matrícula", max_length=30)
    cargo = models.CharField("cargo", max_length=80)
    # Printed in the TCMS; people indicated before it was asked for have none.
    nacionalidade = models.CharField("nacionalidade", max_length=40, blank=True)
    vinculo = models.CharField("vínculo", max_length=12, choices=TipoVinculo)
    lotacao = models.CharField("onde trabalha", max_length=120, blank=True)
    papel = models.CharField("papel no acordo", max_length=11, choices=Papel)
    email = models.EmailField("e-mail individual")
    celular = models.CharField("celular", max_length=11, blank=True)
    ponto = models.ForeignKey(
        Ponto, models.PROTECT, null=True, blank=True, related_name="representantes", verbose_name="ponto"
    )
    acesso_em_outra = models.BooleanField("já tem acesso por outra entidade")
    removido_em = models.DateTimeField("removido em", null=True, blank=True)

    objects = VivosQuerySet.as_manager()

    class Meta:
        verbose_name = "representante indicado"
        verbose_name_plural = "representantes indicados"
        ordering = ["processo", "nome"]
        constraints = [
            models.UniqueConstraint(
                fields=["processo", "email"], name="representante_email_so_seu", condition=Q(removido_em__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["processo", "cpf"], name="representante_uma_vez", condition=Q(removido_em__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.nome_social or self.nome
