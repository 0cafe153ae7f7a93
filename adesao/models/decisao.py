"""What INSS decided of a process, with who decided as they were that day; and the second reading before it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.territorio.models import UnidadeInss
from adesao.models.processo import Processo


class Decisao(models.Model):
    """One act on the whole process. The opinion and the decision on it are never of the same person."""

    class Tipo(models.TextChoices):
        PARECER = "parecer", "Parecer"
        APROVACAO = "aprovacao", "Aprovação"
        INDEFERIMENTO = "indeferimento", "Não aprovação"
        RETOMADA = "retomada", "Volta à análise"
        RECONSIDERACAO = "reconsideracao", "Reconsideração"
        ARQUIVAMENTO = "arquivamento", "Arquivamento"
        DESARQUIVAMENTO = "desarquivamento", "Desarquivamento"
        SERVICOS = "servicos", "Mudança dos serviços"

    class Conclusao(models.TextChoices):
        FAVORAVEL = "favoravel", "Favorável"
        COM_CONDICAO = "condicao", "Favorável, com condição"
        DESFAVORAVEL = "desfavoravel", "Desfavorável"

    processo = models.ForeignKey(Processo, models.CASCADE, related_name="decisoes", verbose_name="adesão")
    tipo = models.CharField("tipo", max_length=15, choices=Tipo)
    conclusao = models.CharField("conclusão", max_length=12, choices=Conclusao, blank=True)
    texto = models.TextField("fundamento")
    condicoes = models.TextField("condições", blank=True)
    competencia = models.CharField("ato que dá competência", max_length=200, blank=True)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem decidiu")
    nome = models.CharField("nome", max_length=120)
    cargo = models.CharField("cargo", max_length=80)
    matricula = models.CharField("matrícula", max_length=30)
    unidade = models.ForeignKey(UnidadeInss, models.PROTECT, related_name="+", verbose_name="unidade")
    em = models.DateTimeField("em", default=now, editable=False)

    class Meta:
        verbose_name = "decisão"
        verbose_name_plural = "decisões"
        ordering = ["processo", "em", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decisao_diz_quem", condition=~Q(nome="") & ~Q(cargo="") & ~Q(matricula="") & ~Q(texto="")
            ),
            models.CheckConstraint(name="decisao_parecer_tem_conclusao", condition=Q(tipo="parecer") ^ Q(conclusao="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} em {self.em:%d/%m/%Y}"


class Leitura(models.Model):
    """A second reader looks before the opinion. Seen by INSS only."""

    processo = models.ForeignKey(Processo, models.CASCADE, related_name="leituras", verbose_name="adesão")
    leitor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem lê")
    pedida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem pediu"
    )
    pedida_em = models.DateTimeField("pedida em", default=now, editable=False)
    concorda = models.BooleanField("concorda", null=True)
    observacao = models.CharField("observação", max_length=1000, blank=True)
    feita_em = models.DateTimeField("feita em", null=True, blank=True)
    desfeita_em = models.DateTimeField("desfeita em", null=True, blank=True)

    class Meta:
        verbose_name = "segunda leitura"
        verbose_name_plural = "segundas leituras"
        ordering = ["processo", "pedida_em"]
        constraints = [
            models.UniqueConstraint(
                fields=["processo"],
                name="leitura_uma_pendente",
                condition=Q(feita_em__isnull=True, desfeita_em__isnull=True),
            ),
            models.CheckConstraint(
                name="leitura_feita_diz_se_concorda",
                condition=Q(feita_em__isnull=True, concorda__isnull=True)
                | Q(feita_em__isnull=False, concorda__isnull=False),
            ),
            # Who disagrees says why.
            models.CheckConstraint(
                name="leitura_discorda_com_motivo", condition=~Q(concorda=False) | ~Q(observacao="")
            ),
        ]

    def __str__(self) -> str:
        return f"Leitura de {self.leitor_id}"

    @property
    def pendente(self) -> bool:
        return self.feita_em is None and self.desfeita_em is None
