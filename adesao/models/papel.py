"""Papers made for a process, and the town's acceptance of two of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.emissao.models import Documento
from adesao.models.processo import Processo


class Papel(models.Model):
    """One paper as it was made. `base` is the hash of what it says: another one means that it is out of date."""

    class Especie(models.TextChoices):
        OFICIO = "oficio", "Ofício de manifestação de interesse"
        ESTRUTURA = "estrutura", "Declaração de estrutura mínima"
        INDICACAO = "indicacao", "Indicação de representantes"
        MINUTA = "minuta", "Minuta do acordo"
        PLANO = "plano", "Plano de trabalho"
        ACEITE = "aceite", "Declaração de aceite"
        PARECER = "parecer", "Parecer e lista de conferência"
        DECISAO = "decisao", "Decisão"
        INSTRUMENTO = "instrumento", "Acordo para assinar"
        EXTRATO = "extrato", "Extrato para publicação"
        CONFERENCIA = "conferencia", "Lista de conferência"

    processo = models.ForeignKey(Processo, models.CASCADE, related_name="papeis", verbose_name="adesão")
    especie = models.CharField("papel", max_length=12, choices=Especie)
    documento = models.OneToOneField(Documento, models.PROTECT, related_name="+", verbose_name="documento")
    base = models.CharField("hash do que diz", max_length=64)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem fez")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    substituido_em = models.DateTimeField("substituído em", null=True, blank=True)

    class Meta:
        verbose_name = "papel da adesão"
        verbose_name_plural = "papéis da adesão"
        ordering = ["processo", "especie", "-criado_em"]
        constraints = [
            models.UniqueConstraint(
                fields=["processo", "especie"], name="papel_um_vigente", condition=Q(substituido_em__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.get_especie_display()


class Aceite(models.Model):
    """The town accepted one very text: who, when, for whom, and which version. Lost when the text changes."""

    class Texto(models.TextChoices):
        MINUTA = "minuta", "Minuta do acordo"
        PLANO = "plano", "Plano de trabalho"

    processo = models.ForeignKey(Processo, models.CASCADE, related_name="aceites", verbose_name="adesão")
    texto = models.CharField("texto", max_length=6, choices=Texto)
    papel = models.ForeignKey(Papel, models.PROTECT, related_name="+", verbose_name="papel aceito")
    versao = models.CharField("versão do modelo", max_length=20)
    modelo_sha256 = models.CharField("SHA-256 do modelo", max_length=64)
    base = models.CharField("hash do que diz", max_length=64)
    em_nome_de = models.CharField("em nome de", max_length=160)
    ressalvas = models.CharField("ressalvas", max_length=1000, blank=True)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem aceitou")
    nome = models.CharField("nome", max_length=120)
    cargo = models.CharField("cargo", max_length=80, blank=True)
    em = models.DateTimeField("em", default=now, editable=False)
    perdido_em = models.DateTimeField("perdeu o valor em", null=True, blank=True)
    perdido_motivo = models.CharField("por que perdeu o valor", max_length=300, blank=True)

    class Meta:
        verbose_name = "aceite"
        verbose_name_plural = "aceites"
        ordering = ["processo", "texto", "-em"]
        constraints = [
            models.UniqueConstraint(
                fields=["processo", "texto"], name="aceite_um_valido_por_texto", condition=Q(perdido_em__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_texto_display()} em {self.em:%d/%m/%Y}"
