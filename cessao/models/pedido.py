"""A request for a space, its documents and what INSS said of it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.catalogos.fonte import montar
from act_portal.contas.models import Vinculo
from act_portal.territorio.models import Balcao, Municipio, UnidadeInss
from cessao.leis import Requisito
from cessao.models.imovel import Espaco, alcance
from cessao.regras import parte_da_area
from cessao.situacoes import ABERTOS, COM_O_REQUERENTE, Esfera, Finalidade, Situacao, SituacaoItem, Tipo

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class Sequencia(models.Model):
    """A locked counter: numbers of terms are given in order and never twice."""

    nome = models.CharField("nome", max_length=40, unique=True)
    valor = models.PositiveIntegerField("último número", default=0)

    class Meta:
        verbose_name = "sequência da cessão"
        verbose_name_plural = "sequências da cessão"
        ordering = ["nome"]

    def __str__(self) -> str:
        return self.nome


class PedidoQuerySet(models.QuerySet["Pedido"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """The town's managers see the town's own; INSS of the region, what was sent or what it took in itself."""
        vinculo = usuario.vinculo
        if vinculo is not None and vinculo.papel == Vinculo.Papel.GESTOR:
            return self.filter(municipio=vinculo.municipio_id, pelo_inss=False)
        filtro = alcance(usuario)
        if filtro is None:
            return self.none()
        return self.filter(filtro).filter(Q(enviado_em__isnull=False) | Q(pelo_inss=True))

    def abertos(self) -> Self:
        return self.filter(situacao__in=ABERTOS)


class Pedido(models.Model):
    """One body asks for one space. `situacao` changes only in `servicos` files.

    `pelo_inss`: a body without an account here, whose papers the logistics of INSS takes in and answers for.
    """

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    tipo = models.CharField("tipo", max_length=13, choices=Tipo, default=Tipo.NOVA)
    espaco = models.ForeignKey(Espaco, models.PROTECT, related_name="pedidos", verbose_name="espaço")
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município de quem pede")
    unidade = models.ForeignKey(UnidadeInss, models.PROTECT, related_name="+", verbose_name="unidade do INSS")
    pelo_inss = models.BooleanField("registrado pelo INSS", default=False)

    orgao = models.CharField("órgão ou entidade", max_length=160)
    cnpj = models.CharField("CNPJ", max_length=14)
    # The CNPJ that INSS found to be of a company or of another private body: it is refused from then on.
    cnpj_privado = models.CharField("CNPJ de entidade privada", max_length=14, blank=True)
    esfera = models.CharField("esfera", max_length=13, choices=Esfera)
    rl_nome = models.CharField("quem assina pelo órgão", max_length=120, blank=True)
    rl_cpf = models.CharField("CPF de quem assina", max_length=11, blank=True)
    rl_cargo = models.CharField("cargo de quem assina", max_length=80, blank=True)
    rl_ato = models.CharField("ato que dá poderes", max_length=160, blank=True)
    # Who answers for the space on the side of who asks, and signs the inspections: name and post go to the papers.
    fiscal_nome = models.CharField("fiscal do órgão", max_length=120, blank=True)
    fiscal_cargo = models.CharField("cargo do fiscal", max_length=80, blank=True)
    contato = models.CharField("responsável e contato", max_length=160, blank=True)

    finalidade = models.CharField("finalidade", max_length=14, choices=Finalidade)
    dificulta_devolucao = models.BooleanField("o uso dificulta a devolução", default=False)
    uso = models.CharField("o que vai funcionar", max_length=200)
    plano = models.TextField("plano de uso", blank=True, max_length=4000)
    publico_mes = models.PositiveIntegerField("atendimentos por mês", null=True, blank=True)
    horario = models.CharField("dias e horário", max_length=120, blank=True)
    equipe = models.PositiveSmallIntegerField("pessoas na equipe", null=True, blank=True)
    area_m2 = models.DecimalField("área pedida em m²", max_digits=10, decimal_places=2)
    inicio = models.DateField("início")
    meses = models.PositiveSmallIntegerField("prazo em meses")
    despesas = models.TextField("despesas: quem paga o quê", blank=True, max_length=1000)
    rateio_percentual = models.DecimalField(
        "parte das despesas comuns, em %", max_digits=5, decimal_places=2, null=True, blank=True
    )
    # Only when it is not that of the area.
    rateio_motivo = models.CharField("por que a parte não é a da área", max_length=300, blank=True)
    oficio_numero = models.CharField("número do ofício", max_length=30, blank=True)
    cronograma = models.TextField("cronograma", blank=True, max_length=2000)
    bens = models.TextField("bens que o órgão leva", blank=True, max_length=2000)
    riscos = models.TextField("riscos e seguro", blank=True, max_length=2000)
    devolucao = models.CharField("como o espaço volta", max_length=500, blank=True)
    ocupado_desde = models.DateField("ocupado desde", null=True, blank=True)
    balcao = models.ForeignKey(
        Balcao, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ponto de atendimento do acordo"
    )
    # What the table of eligibility said when it was sent (`leis.Regra`).
    enquadramento = models.JSONField("enquadramento", default=dict, blank=True)

    situacao = models.CharField("situação", max_length=16, choices=Situacao, default=Situacao.RASCUNHO)
    situacao_desde = models.DateTimeField("nesta situação desde", default=now)
    motivo = models.CharField("motivo da situação", max_length=1000, blank=True)
    rodada = models.PositiveSmallIntegerField("rodada", default=0)
    prazo = models.DateField("prazo para responder", null=True, blank=True)
    responsavel = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="responsável"
    )
    processo_sei = models.CharField("processo SEI", max_length=30, blank=True)
    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem começou"
    )
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
    enviado_em = models.DateTimeField("enviado em", null=True, blank=True)
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)

    objects = PedidoQuerySet.as_manager()

    class Meta:
        verbose_name = "pedido de cessão"
        verbose_name_plural = "pedidos de cessão"
        ordering = ["-criado_em", "-pk"]
        constraints = [
            models.CheckConstraint(name="cessao_situacao_conhecida", condition=Q(situacao__in=Situacao.values)),
            models.CheckConstraint(
                name="cessao_nao_e_de_privado",
                condition=~Q(esfera=Esfera.PRIVADA) | Q(situacao__in=["rascunho", "desistido"]),
            ),
            models.CheckConstraint(name="cessao_tem_area_e_prazo", condition=Q(area_m2__gt=0, meses__gt=0)),
            models.CheckConstraint(
                name="cessao_enviada_tem_data",
                condition=Q(situacao__in=["rascunho", "desistido"]) | Q(enviado_em__isnull=False),
            ),
            models.CheckConstraint(
                name="cessao_regularizacao_diz_desde_quando",
                condition=~Q(tipo=Tipo.REGULARIZACAO)
                | Q(ocupado_desde__isnull=False)
                | Q(situacao__in=["rascunho", "desistido"]),
            ),
        ]
        indexes = [
            # The queue of a unit and all below, oldest in its stage first.
            models.Index(fields=["unidade", "situacao", "situacao_desde"], name="cessao_fila"),
            # What waits for a stage, in a unit, in a region or in the country: the count in the menu of every page.
            models.Index(fields=["situacao", "unidade"], name="cessao_por_etapa"),
            # Which CNPJ INSS found to be private.
            models.Index(fields=["cnpj_privado"], name="cessao_cnpj_privado", condition=~Q(cnpj_privado="")),
            # Who else asks for a space.
            models.Index(fields=["espaco", "situacao"], name="cessao_por_espaco"),
        ]

    def __str__(self) -> str:
        return f"Pedido de cessão {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cessao:pedido", args=[self.codigo])

    @property
    def estado(self) -> Situacao:
        return Situacao(self.situacao)

    @property
    def rateio_da_area(self) -> Decimal:
        """The share of the common costs, in %, in proportion to the area."""
        return parte_da_area(self.area_m2, self.espaco.imovel.area_m2)

    def ultima_decisao(self, *atos: str) -> Decisao | None:
        return self.decisoes.filter(ato__in=atos).order_by("em", "pk").last()

    @property
    def editavel(self) -> bool:
        return self.estado in COM_O_REQUERENTE


class Item(models.Model):
    """One document asked for, with the requirement as it stood that day (`leis.Requisito` as JSON)."""

    pedido = models.ForeignKey(Pedido, models.CASCADE, related_name="itens", verbose_name="pedido")
    codigo = models.CharField("requisito", max_length=60)
    ordem = models.PositiveSmallIntegerField("ordem")
    requisito = models.JSONField("o que se pede")
    situacao = models.CharField("situação", max_length=10, choices=SituacaoItem, default=SituacaoItem.FALTA)
    motivo = models.CharField("motivo da situação", max_length=600, blank=True)
    rodada = models.PositiveSmallIntegerField("rodada em que se responde", default=0)

    class Meta:
        verbose_name = "documento do pedido"
        verbose_name_plural = "documentos do pedido"
        ordering = ["pedido", "ordem", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pedido", "codigo"], name="cessao_item_um_por_requisito"),
            models.CheckConstraint(name="cessao_item_situacao", condition=Q(situacao__in=SituacaoItem.values)),
            models.CheckConstraint(
                name="cessao_item_devolvido_tem_motivo",
                condition=~Q(situacao__in=["devolvido", "dispensado"]) | ~Q(motivo=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.requisito.get("nome", self.codigo))

    @property
    def exigencia(self) -> Requisito:
        return montar(Requisito, self.requisito)

    @property
    def estado(self) -> SituacaoItem:
        return SituacaoItem(self.situacao)

    @property
    def aberto(self) -> bool:
        """Who asks may change it now."""
        fechado = self.estado in {SituacaoItem.ACEITO, SituacaoItem.DISPENSADO}
        return self.pedido.editavel and self.rodada == self.pedido.rodada and not fechado


class Peca(models.Model):
    """One file in a document. Taken out it stays in the request, as what was sent and when."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="pecas", verbose_name="documento")
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, related_name="+", verbose_name="arquivo")
    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem enviou"
    )
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    removida_em = models.DateTimeField("removida em", null=True, blank=True)

    class Meta:
        verbose_name = "arquivo do pedido"
        verbose_name_plural = "arquivos do pedido"
        ordering = ["item", "pk"]

    def __str__(self) -> str:
        return f"Arquivo {self.pk}"


class Decisao(models.Model):
    """An opinion or a decision, with who gave it as they were that day. The same person never gives both."""

    class Ato(models.TextChoices):
        PARECER = "parecer", "Parecer da logística"
        MANIFESTACAO = "manifestacao", "Manifestação da Superintendência"
        APROVACAO = "aprovacao", "Aprovação"
        INDEFERIMENTO = "indeferimento", "Não aprovação"
        RETOMADA = "retomada", "Volta à análise"
        RECURSO = "recurso", "Decisão do recurso"
        ARQUIVAMENTO = "arquivamento", "Arquivamento"
        DESARQUIVAMENTO = "desarquivamento", "Desarquivamento"
        ADITIVO = "aditivo", "Parecer sobre a prorrogação"
        PRORROGACAO = "prorrogacao", "Decisão da prorrogação"
        REVOGACAO = "revogacao", "Retomada do espaço"

    class Conclusao(models.TextChoices):
        FAVORAVEL = "favoravel", "Favorável"
        COM_CONDICAO = "condicao", "Favorável, com condição"
        DESFAVORAVEL = "desfavoravel", "Desfavorável"

    pedido = models.ForeignKey(Pedido, models.CASCADE, related_name="decisoes", verbose_name="pedido")
    ato = models.CharField("ato", max_length=15, choices=Ato)
    conclusao = models.CharField("conclusão", max_length=12, choices=Conclusao, blank=True)
    texto = models.TextField("fundamento")
    condicoes = models.TextField("condições", blank=True)
    # Why this one, when another body asked for the same space.
    escolha = models.TextField("por que este pedido e não o outro", blank=True)
    competencia = models.CharField("ato que dá competência", max_length=200, blank=True)
    # What the inspection found, room by room: answers of art. 2º and the state of the place.
    vistoria = models.JSONField("vistoria", default=dict, blank=True)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem decidiu")
    nome = models.CharField("nome", max_length=120)
    cargo = models.CharField("cargo", max_length=80)
    matricula = models.CharField("matrícula", max_length=30)
    unidade = models.ForeignKey(UnidadeInss, models.PROTECT, related_name="+", verbose_name="unidade")
    em = models.DateTimeField("em", default=now, editable=False)

    class Meta:
        verbose_name = "decisão da cessão"
        verbose_name_plural = "decisões da cessão"
        ordering = ["pedido", "em", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cessao_decisao_diz_quem", condition=~Q(nome="") & ~Q(cargo="") & ~Q(matricula="") & ~Q(texto="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ato_display()} em {self.em:%d/%m/%Y}"

    def como_dados(self) -> dict[str, Any]:
        """For the papers."""
        return {
            "ato": self.get_ato_display(), "conclusao": self.get_conclusao_display(), "texto": self.texto,
            "condicoes": self.condicoes, "nome": self.nome, "cargo": self.cargo, "matricula": self.matricula,
            "competencia": self.competencia, "unidade": self.unidade.nome, "vistoria": self.vistoria,
            "escolha": self.escolha, "em": self.em.astimezone(self.pedido.municipio.fuso).date(),
        }  # fmt: skip
