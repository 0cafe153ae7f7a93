"""The agreement: its number, signatures, publication, term and services. It begins when the adhesion is approved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.territorio.models import Municipio
from act_portal.territorio.texto import normalizar
from adesao.models.processo import GuardaChuva, Processo
from adesao.situacoes import Instrumento, SituacaoAcordo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class Sequencia(models.Model):
    """The last number given in a series; whoever numbers locks the row."""

    nome = models.CharField("série", max_length=40, primary_key=True)
    valor = models.PositiveIntegerField("último número", default=0)

    class Meta:
        verbose_name = "sequência"
        verbose_name_plural = "sequências"
        ordering = ["nome"]

    def __str__(self) -> str:
        return f"{self.nome}: {self.valor}"


class AcordoQuerySet(models.QuerySet["Acordo"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return self.filter(processo__in=Processo.objects.visiveis_para(usuario))

    def publicados(self) -> Self:
        return self.filter(inicio__isnull=False)

    def vivos(self) -> Self:
        """Published and not ended."""
        return self.filter(situacao__in=[s for s in SituacaoAcordo if s.vivo])

    def acabam_ate(self, dia: date) -> Self:
        """In force, with a last day no later than `dia`: as signed, or as a notice says."""
        return self.vivos().filter(Q(fim__lte=dia) | Q(termina_em__lte=dia))


class Acordo(models.Model):
    """One agreement. Published it is in force, always with an end; `encerrado_em` closes it before or at that end.

    `prorrogado_em`: the day of the last extension, from which everybody signs again.
    """

    class Causa(models.TextChoices):
        PRAZO = "prazo", "Fim do prazo"
        DENUNCIA = "denuncia", "Denúncia"
        RESCISAO = "rescisao", "Rescisão"

    class Alcance(models.TextChoices):
        MUNICIPAL = "municipal", "Municipal"
        GEX = "gex", "Gerência-Executiva"
        UF = "uf", "Estadual"
        NACIONAL = "nacional", "Nacional"

    processo = models.OneToOneField(Processo, models.PROTECT, related_name="acordo", verbose_name="adesão")
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="acordos", verbose_name="município")
    objeto = models.CharField("objeto", max_length=20, choices=Processo.Objeto)
    instrumento = models.CharField("instrumento", max_length=17, choices=Instrumento)
    guarda_chuva = models.ForeignKey(
        GuardaChuva, models.PROTECT, null=True, blank=True, related_name="acordos", verbose_name="acordo principal"
    )
    numero = models.CharField("número", max_length=12, unique=True)
    alcance = models.CharField("alcance", max_length=9, choices=Alcance, default=Alcance.MUNICIPAL)
    aprovado_em = models.DateField("aprovado em")
    dou_data = models.DateField("data no Diário Oficial", null=True, blank=True)
    dou_secao = models.CharField("seção", max_length=3, blank=True)
    dou_pagina = models.CharField("página", max_length=10, blank=True)
    inicio = models.DateField("início", null=True, blank=True)
    fim = models.DateField("fim", null=True, blank=True)
    prorrogado_em = models.DateField("prorrogado em", null=True, blank=True)
    encerrado_em = models.DateField("encerrado em", null=True, blank=True)
    causa_do_fim = models.CharField("causa do fim", max_length=8, choices=Causa, blank=True)

    situacao = models.CharField("situação", max_length=10, choices=SituacaoAcordo, default=SituacaoAcordo.A_PUBLICAR)
    situacao_desde = models.DateTimeField("nesta situação desde", default=now)
    motivo = models.CharField("motivo da situação", max_length=1000, blank=True)
    # Under notice to end: the last day.
    termina_em = models.DateField("termina em", null=True, blank=True)
    em_operacao_desde = models.DateField("em operação desde", null=True, blank=True)
    versao = models.PositiveIntegerField("versão", default=1, editable=False)

    objects = AcordoQuerySet.as_manager()

    class Meta:
        verbose_name = "acordo"
        verbose_name_plural = "acordos"
        ordering = ["-aprovado_em", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipio", "objeto"],
                name="acordo_um_por_objeto",
                condition=Q(encerrado_em__isnull=True),
                violation_error_message="O município já tem um acordo para o mesmo objeto.",
            ),
            models.CheckConstraint(
                name="acordo_publicado_tem_tudo",
                condition=Q(dou_data__isnull=True, dou_secao="", dou_pagina="", inicio__isnull=True, fim__isnull=True)
                | (
                    Q(dou_data__isnull=False, inicio__isnull=False, fim__isnull=False)
                    & ~Q(dou_secao="")
                    & ~Q(dou_pagina="")
                ),
            ),
            models.CheckConstraint(name="acordo_situacao_conhecida", condition=Q(situacao__in=SituacaoAcordo.values)),
            models.CheckConstraint(
                name="acordo_encerrado_tem_data_e_causa",
                condition=(Q(situacao="encerrado", encerrado_em__isnull=False) & ~Q(causa_do_fim=""))
                | Q(situacao="cancelado", encerrado_em__isnull=False, causa_do_fim="")
                | (~Q(situacao__in=["encerrado", "cancelado"]) & Q(encerrado_em__isnull=True, causa_do_fim="")),
            ),
            models.CheckConstraint(
                name="acordo_vivo_foi_publicado",
                condition=Q(situacao__in=["a_publicar", "cancelado", "encerrado"]) | Q(inicio__isnull=False),
            ),
            models.CheckConstraint(
                name="acordo_tem_fim_depois_do_inicio", condition=Q(fim__isnull=True) | Q(fim__gt=models.F("inicio"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_instrumento_display()} nº {self.numero}"

    @property
    def estado(self) -> SituacaoAcordo:
        return SituacaoAcordo(self.situacao)

    @property
    def ate(self) -> date | None:
        """The last day as things stand: when it ended, when it will after a notice, or as it was signed."""
        return self.encerrado_em or self.termina_em or self.fim

    def vencido(self, hoje: date) -> bool:
        """Its last day has passed and nobody has recorded the end yet."""
        return self.estado.vivo and self.ate is not None and self.ate < hoje


class Assinatura(models.Model):
    """A PDF signed outside the portal, as it came, and what whoever reviewed it found at the validator."""

    class Parte(models.TextChoices):
        MUNICIPIO = "municipio", "Município"
        INSS = "inss", "INSS"

    class Nivel(models.TextChoices):
        AVANCADA = "avancada", "Avançada (gov.br prata ou ouro)"
        QUALIFICADA = "qualificada", "Qualificada (ICP-Brasil)"

    class Resultado(models.TextChoices):
        VALIDA = "valida", "Assinatura válida"
        INVALIDA = "invalida", "Assinatura inválida"
        INDETERMINADA = "indeterminada", "O validador não reconheceu"

    acordo = models.ForeignKey(Acordo, models.PROTECT, related_name="assinaturas", verbose_name="acordo")
    parte = models.CharField("parte", max_length=9, choices=Parte)
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, related_name="+", verbose_name="PDF assinado")
    sha256 = models.CharField("SHA-256 do PDF assinado", max_length=64)
    assinado_em = models.DateField("assinado em")
    signatario = models.CharField("quem assinou", max_length=120)
    signatario_cargo = models.CharField("cargo", max_length=80)
    nivel = models.CharField("nível", max_length=11, choices=Nivel)
    enviado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem enviou"
    )
    enviado_em = models.DateTimeField("enviado em", default=now, editable=False)

    resultado = models.CharField("resultado da conferência", max_length=13, choices=Resultado, blank=True)
    conferido_em = models.DateField("conferido no validador em", null=True, blank=True)
    conferido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem conferiu"
    )
    conferente_nome = models.CharField("nome de quem conferiu", max_length=120, blank=True)
    conferente_cargo = models.CharField("cargo de quem conferiu", max_length=80, blank=True)
    conferente_matricula = models.CharField("matrícula de quem conferiu", max_length=30, blank=True)
    observacao = models.CharField("observação", max_length=600, blank=True)
    # From whoever sent it, when the portal did not recognise in it the paper that it made.
    declaracao = models.CharField("por que é o mesmo papel", max_length=600, blank=True)
    substituida_em = models.DateTimeField("substituída em", null=True, blank=True)

    class Meta:
        verbose_name = "assinatura"
        verbose_name_plural = "assinaturas"
        ordering = ["acordo", "enviado_em", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["acordo", "parte"], name="assinatura_uma_por_parte", condition=Q(substituida_em__isnull=True)
            ),
            models.CheckConstraint(
                name="assinatura_conferida_diz_quem_e_quando",
                condition=Q(resultado="", conferido_em__isnull=True, conferido_por__isnull=True)
                | (~Q(resultado="") & Q(conferido_em__isnull=False, conferido_por__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_parte_display()} em {self.assinado_em:%d/%m/%Y}"

    def quem_mais(self, representante: str) -> str:
        """What is to be checked when who signed for the town is not who represents it in the agreement; else ""."""
        if self.parte != self.Parte.MUNICIPIO or normalizar(self.signatario) == normalizar(representante):
            return ""
        return (
            f"Quem assinou, {self.signatario}, não é quem representa o município no acordo, {representante}. "
            "Confira o ato que dá poderes a quem assinou."
        )


class ServicoAutorizado(models.Model):
    """One service of the agreement, from a day to a day: changed by a recorded event, not by an amendment."""

    acordo = models.ForeignKey(Acordo, models.CASCADE, related_name="servicos", verbose_name="acordo")
    codigo = models.CharField("serviço", max_length=60)
    nome = models.CharField("nome", max_length=160)
    desde = models.DateField("desde")
    ate = models.DateField("até", null=True, blank=True)
    motivo_fim = models.CharField("por que saiu", max_length=300, blank=True)
    incluido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem incluiu"
    )
    excluido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem excluiu"
    )

    class Meta:
        verbose_name = "serviço autorizado"
        verbose_name_plural = "serviços autorizados"
        ordering = ["acordo", "nome", "desde"]
        constraints = [
            models.UniqueConstraint(
                fields=["acordo", "codigo"], name="servico_autorizado_uma_vez", condition=Q(ate__isnull=True)
            ),
            models.CheckConstraint(
                name="servico_autorizado_fim_depois", condition=Q(ate__isnull=True) | Q(ate__gte=models.F("desde"))
            ),
        ]

    def __str__(self) -> str:
        return self.nome
