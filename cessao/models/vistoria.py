"""Looking at the place: inspections room by room, their photos, and notices of misuse."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from cessao.models.termo import Termo


class Vistoria(models.Model):
    """One inspection. INSS closes it, who has the space signs it; a refusal is noted with two witnesses."""

    class Tipo(models.TextChoices):
        ENTREGA = "entrega", "Entrega"
        PERIODICA = "periodica", "Periódica"
        DEVOLUCAO = "devolucao", "Devolução"

    class Aceite(models.TextChoices):
        PLENO = "pleno", "De acordo"
        RESSALVA = "ressalva", "De acordo, com ressalva"
        RECUSADO = "recusado", "Recusou-se a assinar"
        # Only on delivery: the keys stay with INSS.
        NAO_QUIS = "nao_quis", "Não recebeu o espaço"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    termo = models.ForeignKey(Termo, models.PROTECT, related_name="vistorias", verbose_name="termo")
    tipo = models.CharField("tipo", max_length=9, choices=Tipo)
    dia = models.DateField("dia da vistoria")
    presentes = models.CharField("quem estava presente", max_length=300)
    medidores = models.CharField("leitura dos medidores", max_length=300, blank=True)
    chaves = models.PositiveSmallIntegerField("chaves e controles", default=0)
    conforme = models.BooleanField("o uso segue o plano", null=True)
    contas = models.CharField("contas e despesas", max_length=300, blank=True)
    feita_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem fez")
    nome = models.CharField("nome", max_length=120)
    cargo = models.CharField("cargo", max_length=80)
    matricula = models.CharField("matrícula", max_length=30)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    fechada_em = models.DateTimeField("fechada em", null=True, blank=True)
    aceite = models.CharField("assinatura de quem ocupa", max_length=8, choices=Aceite, blank=True)
    ressalva = models.TextField("ressalva ou testemunhas", blank=True, max_length=1000)
    assinada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem assinou"
    )
    assinada_em = models.DateTimeField("assinada em", null=True, blank=True)
    desfeita_em = models.DateTimeField("desfeita em", null=True, blank=True)

    class Meta:
        verbose_name = "vistoria"
        verbose_name_plural = "vistorias"
        ordering = ["termo", "dia", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["termo"],
                name="vistoria_uma_aberta",
                condition=Q(assinada_em=None, desfeita_em=None),
            ),
            models.CheckConstraint(
                name="vistoria_assinada_diz_como",
                condition=Q(assinada_em=None, aceite="", assinada_por=None)
                | (Q(assinada_em__isnull=False, fechada_em__isnull=False, assinada_por__isnull=False) & ~Q(aceite="")),
            ),
            models.CheckConstraint(
                name="vistoria_ressalva_escrita",
                condition=~Q(aceite__in=["ressalva", "recusado", "nao_quis"]) | ~Q(ressalva=""),
            ),
        ]

    def __str__(self) -> str:
        tipo = self.get_tipo_display().lower()
        return f"Vistoria {tipo if self.tipo == self.Tipo.PERIODICA else f'de {tipo}'} em {self.dia:%d/%m/%Y}"

    @property
    def aberta(self) -> bool:
        """Still being made: rooms and photos may change."""
        return self.fechada_em is None and self.desfeita_em is None

    @property
    def por_assinar(self) -> bool:
        return self.fechada_em is not None and self.assinada_em is None and self.desfeita_em is None


class Ambiente(models.Model):
    """One room of an inspection. On a return, `antes` is the same room on delivery."""

    class Estado(models.TextChoices):
        BOM = "bom", "Bom"
        REGULAR = "regular", "Regular"
        RUIM = "ruim", "Ruim"

    vistoria = models.ForeignKey(Vistoria, models.CASCADE, related_name="ambientes", verbose_name="vistoria")
    nome = models.CharField("ambiente", max_length=80)
    estado = models.CharField("estado", max_length=7, choices=Estado, blank=True)
    descricao = models.CharField("o que se vê", max_length=600, blank=True)
    antes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="depois", verbose_name="na entrega"
    )

    class Meta:
        verbose_name = "ambiente vistoriado"
        verbose_name_plural = "ambientes vistoriados"
        ordering = ["vistoria", "pk"]
        constraints = [models.UniqueConstraint(fields=["vistoria", "nome"], name="ambiente_uma_vez_na_vistoria")]

    def __str__(self) -> str:
        return self.nome


class Dano(models.Model):
    """One damage or difference that an inspection found, and who repairs it. Without `valor` it is still to be told."""

    class Quem(models.TextChoices):
        CESSIONARIO = "cessionario", "Quem ocupa"
        INSS = "inss", "INSS"
        APURAR = "apurar", "A apurar"

    vistoria = models.ForeignKey(Vistoria, models.CASCADE, related_name="danos", verbose_name="vistoria")
    onde = models.CharField("onde", max_length=80, blank=True)
    descricao = models.TextField("o que se viu", max_length=2000)
    quem = models.CharField("quem responde", max_length=11, choices=Quem, default=Quem.APURAR)
    valor = models.DecimalField("valor estimado em reais", max_digits=12, decimal_places=2, null=True, blank=True)
    ate = models.DateField("reparar até", null=True, blank=True)

    class Meta:
        verbose_name = "dano ou diferença"
        verbose_name_plural = "danos e diferenças"
        ordering = ["vistoria", "pk"]
        constraints = [
            models.CheckConstraint(name="dano_de_alguem_tem_prazo", condition=Q(quem="apurar") | Q(ate__isnull=False)),
            models.CheckConstraint(name="dano_valor_nao_negativo", condition=Q(valor=None) | Q(valor__gte=0)),
        ]

    def __str__(self) -> str:
        return self.descricao[:80]


class Foto(models.Model):
    """One photo of a room. `tirada_em`: what the camera wrote, none when it wrote nothing. `par`: the same view on
    delivery, against which this one is compared.
    """

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    ambiente = models.ForeignKey(Ambiente, models.CASCADE, related_name="fotos", verbose_name="ambiente")
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, related_name="+", verbose_name="arquivo")
    tirada_em = models.DateField("tirada em", null=True, blank=True)
    par = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="comparadas", verbose_name="foto da entrega"
    )
    criado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem pôs")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    removida_em = models.DateTimeField("removida em", null=True, blank=True)

    class Meta:
        verbose_name = "foto da vistoria"
        verbose_name_plural = "fotos da vistoria"
        ordering = ["ambiente", "pk"]

    def __str__(self) -> str:
        return f"Foto {self.pk}"


class Ocorrencia(models.Model):
    """A notice of misuse, its answer and how it ended."""

    class Desfecho(models.TextChoices):
        ACOLHIDA = "acolhida", "Resposta acolhida"
        REVOGADO = "revogado", "Espaço retomado"

    termo = models.ForeignKey(Termo, models.PROTECT, related_name="ocorrencias", verbose_name="termo")
    texto = models.TextField("o que foi visto e o que corrigir", max_length=2000)
    prazo = models.DateField("responder até")
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem notificou")
    nome = models.CharField("nome", max_length=120)
    cargo = models.CharField("cargo", max_length=80)
    matricula = models.CharField("matrícula", max_length=30)
    em = models.DateTimeField("em", default=now, editable=False)
    resposta = models.TextField("resposta", blank=True, max_length=2000)
    respondida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem respondeu"
    )
    respondida_em = models.DateTimeField("respondida em", null=True, blank=True)
    desfecho = models.CharField("desfecho", max_length=8, choices=Desfecho, blank=True)
    desfecho_texto = models.CharField("por quê", max_length=1000, blank=True)
    encerrada_em = models.DateTimeField("encerrada em", null=True, blank=True)

    class Meta:
        verbose_name = "notificação de uso irregular"
        verbose_name_plural = "notificações de uso irregular"
        ordering = ["termo", "-em"]
        constraints = [
            models.UniqueConstraint(fields=["termo"], name="ocorrencia_uma_aberta", condition=Q(desfecho="")),
            models.CheckConstraint(
                name="ocorrencia_encerrada_tem_desfecho",
                condition=Q(desfecho="", encerrada_em=None) | (~Q(desfecho="") & Q(encerrada_em__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Notificação de {self.em:%d/%m/%Y}"
