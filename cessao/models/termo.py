"""The term of a cession, the days that it takes of each space, its extensions, signatures and papers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Vinculo
from act_portal.emissao.models import Documento
from cessao.models.imovel import Espaco, alcance
from cessao.models.pedido import Pedido
from cessao.situacoes import (
    ADITIVO_ABERTO,
    ADITIVO_NUMERADO,
    OCUPANDO,
    Ocupacao,
    SituacaoAditivo,
    SituacaoEncerramento,
)

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

NUMERADOS = sorted(ADITIVO_NUMERADO)
# `Termo.vence_em` for the database.
VENCE_EM = Coalesce("devolver_ate", "fim")


def ate_o_dia(dia: date) -> Q:
    """Terms whose last day with the space comes until then. Never after the end, so the end alone tells most of it."""
    return Q(fim__lte=dia) | Q(devolver_ate__lte=dia)


class TermoQuerySet(models.QuerySet["Termo"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """As the request (`PedidoQuerySet`), which was sent: no term without that. By a join and not by a list of
        requests, which for the whole country would be all of them.
        """
        vinculo = usuario.vinculo
        if vinculo is not None and vinculo.papel == Vinculo.Papel.GESTOR:
            return self.filter(pedido__municipio=vinculo.municipio_id, pedido__pelo_inss=False)
        filtro = alcance(usuario, "pedido__unidade")
        return self.none() if filtro is None else self.filter(filtro)

    def ocupando(self) -> Self:
        return self.filter(situacao__in=OCUPANDO)

    def atrasados(self, hoje: date) -> Self:
        """Who should have given the space back: already seen by the nightly look, or not yet."""
        passou = Q(fim__lt=hoje) | Q(situacao=Ocupacao.RETOMADA, devolver_ate__lt=hoje)
        return self.ocupando().filter(Q(situacao=Ocupacao.VENCIDO) | passou)


class Publicado(models.Model):
    """What comes out as an extract in the Diário Oficial da União, and where it did."""

    dou_data = models.DateField("publicado em", null=True, blank=True)
    dou_secao = models.CharField("seção", max_length=3, blank=True)
    dou_pagina = models.CharField("página", max_length=10, blank=True)

    class Meta:
        abstract = True

    @property
    def publicacao(self) -> str:
        """Empty while it has not come out."""
        if self.dou_data is None:
            return ""
        return f"DOU de {self.dou_data:%d/%m/%Y}, seção {self.dou_secao}, página {self.dou_pagina}"


class Termo(Publicado):
    """A TCOU and the occupation under it: one for each request that was approved. `fim` is the last day, inclusive.

    `situacao` changes only in `servicos` files.
    """

    pedido = models.OneToOneField(Pedido, models.PROTECT, related_name="termo", verbose_name="pedido")
    espaco = models.ForeignKey(Espaco, models.PROTECT, related_name="termos", verbose_name="espaço")
    numero = models.CharField("número", max_length=20, unique=True)
    inicio = models.DateField("início")
    fim = models.DateField("fim")
    # At birth: extensions count from here against the limit.
    meses = models.PositiveSmallIntegerField("prazo somado em meses")
    area_m2 = models.DecimalField("área em m²", max_digits=10, decimal_places=2)
    aprovado_em = models.DateField("aprovado em")
    situacao = models.CharField("situação", max_length=10, choices=Ocupacao, default=Ocupacao.PREPARO)
    situacao_desde = models.DateTimeField("nesta situação desde", default=now)
    motivo = models.CharField("motivo da situação", max_length=1000, blank=True)
    devolver_ate = models.DateField("devolver até", null=True, blank=True)
    encerrado_em = models.DateField("devolvido em", null=True, blank=True)
    chaves_entregues = models.PositiveSmallIntegerField("chaves entregues", default=0)
    chaves_devolvidas = models.PositiveSmallIntegerField("chaves devolvidas", default=0)
    fiscal_inss = models.CharField("fiscal pelo INSS", max_length=240, blank=True)
    # The signing of its closing paper; empty before it, and of those closed when that was done outside.
    encerramento = models.CharField(
        "assinatura do encerramento", max_length=11, choices=SituacaoEncerramento, blank=True
    )
    assina_encerramento = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="quem assina o encerramento pelo INSS",
    )  # fmt: skip
    versao = models.PositiveIntegerField("versão", default=1, editable=False)

    objects = TermoQuerySet.as_manager()

    class Meta:
        verbose_name = "termo de cessão"
        verbose_name_plural = "termos de cessão"
        ordering = ["fim", "pk"]
        constraints = [
            models.CheckConstraint(name="termo_situacao_conhecida", condition=Q(situacao__in=Ocupacao.values)),
            models.CheckConstraint(
                name="termo_encerramento_e_do_encerrado", condition=Q(encerramento="") | Q(situacao="encerrado")
            ),
            models.CheckConstraint(name="termo_fim_depois_do_inicio", condition=Q(fim__gte=F("inicio"))),
            models.CheckConstraint(
                name="termo_encerrado_tem_data",
                condition=Q(situacao="encerrado", encerrado_em__isnull=False)
                | (~Q(situacao="encerrado") & Q(encerrado_em__isnull=True)),
            ),
            models.CheckConstraint(
                name="termo_ocupado_foi_publicado",
                condition=Q(situacao__in=["preparo", "cancelado"]) | Q(dou_data__isnull=False),
            ),
        ]
        indexes = [
            # The calendar of ends, and who should have given the space back by a day: all that it asks is in here.
            models.Index(fields=["situacao", "fim", "devolver_ate"], name="termo_por_fim"),
            # The same calendar with all of them.
            models.Index(VENCE_EM, "id", name="termo_todos_por_vencimento"),
        ]

    def __str__(self) -> str:
        return f"TCOU nº {self.numero}"

    def get_absolute_url(self) -> str:
        return reverse("cessao:termo", args=[self.pedido.codigo])

    @property
    def estado(self) -> Ocupacao:
        return Ocupacao(self.situacao)

    @property
    def estado_do_encerramento(self) -> SituacaoEncerramento | None:
        return SituacaoEncerramento(self.encerramento) if self.encerramento else None

    @property
    def vence_em(self) -> date:
        """The last day with the space: the end, or the one that a revocation or an early leaving put before it."""
        return self.devolver_ate or self.fim

    def dias_para_o_fim(self, hoje: date) -> int:
        return (self.vence_em - hoje).days


class Reserva(models.Model):
    """The days that a term takes of one space: one row for the space lent and one for each space inside it.

    Two rows of one space never share a day while both live: an exclusion constraint on PostgreSQL, triggers on SQLite
    (migration 0003). Spaces form trees, so two lendings clash exactly when they share a row's space.
    """

    espaco = models.ForeignKey(Espaco, models.PROTECT, related_name="reservas", verbose_name="espaço")
    termo = models.ForeignKey(Termo, models.PROTECT, related_name="reservas", verbose_name="termo")
    inicio = models.DateField("de")
    fim = models.DateField("até")
    liberada_em = models.DateTimeField("liberada em", null=True, blank=True)

    class Meta:
        verbose_name = "reserva de espaço"
        verbose_name_plural = "reservas de espaço"
        ordering = ["espaco", "inicio", "pk"]
        constraints = [
            models.CheckConstraint(name="reserva_fim_depois_do_inicio", condition=Q(fim__gte=F("inicio"))),
        ]
        indexes = [
            # What is free on some days, of a space and of all of them.
            models.Index(fields=["espaco", "inicio", "fim"], name="reserva_viva", condition=Q(liberada_em=None)),
            models.Index(fields=["fim", "inicio", "espaco"], name="reserva_por_dia", condition=Q(liberada_em=None)),
        ]

    def __str__(self) -> str:
        return f"{self.inicio:%d/%m/%Y} a {self.fim:%d/%m/%Y}"


class Aditivo(Publicado):
    """An extension of a term. Approved it has its number, which is free again if it is not signed in time: those that
    changed the term count from the first, without a gap.
    """

    termo = models.ForeignKey(Termo, models.PROTECT, related_name="aditivos", verbose_name="termo")
    ordem = models.PositiveSmallIntegerField("número", null=True, blank=True)
    meses = models.PositiveSmallIntegerField("meses a mais")
    fim_anterior = models.DateField("fim antes")
    novo_fim = models.DateField("novo fim")
    justificativa = models.CharField("por que prorrogar", max_length=1000)
    situacao = models.CharField("situação", max_length=11, choices=SituacaoAditivo, default=SituacaoAditivo.PEDIDO)
    motivo = models.CharField("motivo da situação", max_length=1000, blank=True)
    # Of the decision: they go into its paper.
    condicoes = models.TextField("condições", blank=True, max_length=2000)
    pedido_em = models.DateField("pedido em")
    pedido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem pediu"
    )

    class Meta:
        verbose_name = "termo aditivo"
        verbose_name_plural = "termos aditivos"
        ordering = ["termo", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["termo", "ordem"], name="aditivo_ordem_unica"),
            models.UniqueConstraint(
                fields=["termo"],
                name="aditivo_um_aberto",
                condition=Q(situacao__in=sorted(ADITIVO_ABERTO)),
                violation_error_message="Já há uma prorrogação em andamento.",
            ),
            models.CheckConstraint(
                name="aditivo_numerado_da_aprovacao_em_diante",
                condition=Q(situacao__in=NUMERADOS, ordem__isnull=False)
                | (~Q(situacao__in=NUMERADOS) & Q(ordem__isnull=True)),
            ),
            models.CheckConstraint(name="aditivo_vai_para_a_frente", condition=Q(novo_fim__gt=F("fim_anterior"))),
            models.CheckConstraint(
                name="aditivo_vigente_foi_publicado", condition=~Q(situacao="vigente") | Q(dou_data__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordem}º aditivo" if self.ordem else "Prorrogação"

    @property
    def estado(self) -> SituacaoAditivo:
        return SituacaoAditivo(self.situacao)


class Retomada(Publicado):
    """The extract of a revocation and where it came out."""

    termo = models.OneToOneField(Termo, models.PROTECT, related_name="retomada", verbose_name="termo")

    class Meta:
        verbose_name = "publicação da retomada"
        verbose_name_plural = "publicações das retomadas"
        ordering = ["termo"]

    def __str__(self) -> str:
        return f"Retomada do {self.termo}"


class Assinatura(models.Model):
    """A PDF signed outside the portal, as it came, and what whoever checked it found at the validator."""

    class Parte(models.TextChoices):
        REQUERENTE = "requerente", "Cessionário"
        INSS = "inss", "INSS"

    class Nivel(models.TextChoices):
        AVANCADA = "avancada", "Avançada (gov.br prata ou ouro)"
        QUALIFICADA = "qualificada", "Qualificada (ICP-Brasil)"

    class Resultado(models.TextChoices):
        VALIDA = "valida", "Assinatura válida"
        INVALIDA = "invalida", "Assinatura inválida"
        INDETERMINADA = "indeterminada", "O validador não reconheceu"

    termo = models.ForeignKey(Termo, models.PROTECT, related_name="assinaturas", verbose_name="termo")
    aditivo = models.ForeignKey(
        Aditivo, models.PROTECT, null=True, blank=True, related_name="assinaturas", verbose_name="aditivo"
    )
    # Of the closing paper, and not of the term.
    encerramento = models.BooleanField("do encerramento", default=False)
    parte = models.CharField("parte", max_length=10, choices=Parte)
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
    observacao = models.CharField("observação", max_length=600, blank=True)
    # From whoever sent it, when the portal did not recognise in it the paper that it made.
    declaracao = models.CharField("por que é o mesmo papel", max_length=600, blank=True)
    substituida_em = models.DateTimeField("substituída em", null=True, blank=True)

    class Meta:
        verbose_name = "assinatura da cessão"
        verbose_name_plural = "assinaturas da cessão"
        ordering = ["termo", "enviado_em", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["termo", "parte"],
                name="cessao_assinatura_uma_do_termo",
                condition=Q(substituida_em=None, aditivo=None, encerramento=False),
            ),
            models.UniqueConstraint(
                fields=["termo", "parte"],
                name="cessao_assinatura_uma_do_encerramento",
                condition=Q(substituida_em=None, encerramento=True),
            ),
            models.CheckConstraint(
                name="cessao_assinatura_de_um_papel_so", condition=Q(encerramento=False) | Q(aditivo=None)
            ),
            models.UniqueConstraint(
                fields=["aditivo", "parte"],
                name="cessao_assinatura_uma_do_aditivo",
                condition=Q(substituida_em=None, aditivo__isnull=False),
            ),
            models.CheckConstraint(
                name="cessao_assinatura_conferida",
                condition=Q(resultado="", conferido_em=None, conferido_por=None)
                | (~Q(resultado="") & Q(conferido_em__isnull=False, conferido_por__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_parte_display()} em {self.assinado_em:%d/%m/%Y}"


class Papel(models.Model):
    """One paper of a request as it was made. `referencia`: which extension, inspection or notice it is about."""

    class Especie(models.TextChoices):
        SOLICITACAO = "solicitacao", "Ofício e plano de uso"
        PARECER = "parecer", "Parecer técnico e vistoria"
        DECISAO = "decisao", "Decisão"
        TERMO = "termo", "Termo de Cessão de Ocupação e Uso"
        EXTRATO = "extrato", "Extrato para publicação"
        ADITIVO = "aditivo", "Termo aditivo"
        VISTORIA = "vistoria", "Termo de vistoria"
        NOTIFICACAO = "notificacao", "Notificação"
        REVOGACAO = "revogacao", "Aviso de retomada"
        RETOMADA = "retomada", "Extrato da retomada"
        SAIDA = "saida", "Aviso para desocupar"
        ENCERRAMENTO = "encerramento", "Termo de encerramento"

    pedido = models.ForeignKey(Pedido, models.CASCADE, related_name="papeis", verbose_name="pedido")
    especie = models.CharField("papel", max_length=12, choices=Especie)
    referencia = models.CharField("sobre", max_length=20, blank=True)
    documento = models.OneToOneField(Documento, models.PROTECT, related_name="+", verbose_name="documento")
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem fez")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    substituido_em = models.DateTimeField("substituído em", null=True, blank=True)

    class Meta:
        verbose_name = "papel da cessão"
        verbose_name_plural = "papéis da cessão"
        ordering = ["pedido", "especie", "-criado_em"]
        constraints = [
            models.UniqueConstraint(
                fields=["pedido", "especie", "referencia"],
                name="cessao_papel_um_vigente",
                condition=Q(substituido_em__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        ordem = self.documento.dados.get("ordem")
        if ordem is None:
            return self.get_especie_display()
        return f"{'Extrato do ' if self.especie == self.Especie.EXTRATO else ''}{ordem}º aditivo"
