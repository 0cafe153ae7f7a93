"""What INSS may lend: properties, the spaces in them that can be lent apart, their pictures, lists brought in."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Vinculo
from act_portal.territorio.models import Municipio, UnidadeInss
from cessao.situacoes import DIRETORIA, SEM_TERMO, Natureza

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

# Analysts look after agreements and citizens' cases; buildings are of others.
DO_INSS = frozenset({Vinculo.Papel.LOGISTICA, Vinculo.Papel.AUTORIDADE})


def alcance(usuario: Usuario, campo: str = "unidade") -> Q | None:
    """The filter "rows whose `campo` is a unit that this person of INSS answers for"; None for who is not of INSS.

    Of the Direção Central only the directorate that looks after property reaches any.
    """
    vinculo = usuario.vinculo
    if vinculo is None or vinculo.papel not in DO_INSS or vinculo.unidade is None:
        return None
    if vinculo.unidade.nacional and vinculo.unidade.codigo != DIRETORIA:
        return None
    return vinculo.alcance_da_unidade(campo)


class ImovelQuerySet(models.QuerySet["Imovel"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        """The records behind the public page: of INSS, of the own unit and below."""
        filtro = alcance(usuario)
        return self.none() if filtro is None else self.filter(filtro)

    def publicos(self) -> Self:
        """What anybody may see: in the catalogue, and of a kind that can be lent at all."""
        return self.filter(retirado_em__isnull=True, operacional=True)


class Imovel(models.Model):
    """A property of INSS. `seguranca` is for those signed in; taken off the catalogue it stays, with the reason."""

    codigo = models.CharField("código", max_length=30, unique=True)
    nome = models.CharField("nome", max_length=120)
    natureza = models.CharField("como está", max_length=8, choices=Natureza)
    operacional = models.BooleanField("operacional", default=True)
    matricula = models.CharField("matrícula no cartório", max_length=40, blank=True)
    cartorio = models.CharField("cartório", max_length=120, blank=True)
    endereco = models.CharField("endereço", max_length=200)
    cep = models.CharField("CEP", max_length=8, blank=True)
    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="+", verbose_name="município")
    unidade = models.ForeignKey(UnidadeInss, models.PROTECT, related_name="+", verbose_name="unidade responsável")
    area_m2 = models.DecimalField("área em m²", max_digits=10, decimal_places=2)
    descricao = models.TextField("descrição", blank=True, max_length=2000)
    acessibilidade = models.CharField("acessibilidade", max_length=300, blank=True)
    custo_mensal = models.DecimalField("custo mensal em reais", max_digits=12, decimal_places=2, null=True, blank=True)
    custos = models.CharField("o que entra no custo", max_length=300, blank=True)
    seguranca = models.TextField("segurança e acesso", blank=True, max_length=2000)
    retirado_em = models.DateTimeField("retirado do catálogo em", null=True, blank=True)
    retirado_motivo = models.CharField("por que saiu do catálogo", max_length=300, blank=True)
    versao = models.PositiveIntegerField("versão", default=1, editable=False)
    editado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="editado por",
    )
    alterado_em = models.DateTimeField("alterado em", default=now, editable=False)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    objects = ImovelQuerySet.as_manager()

    class Meta:
        verbose_name = "imóvel"
        verbose_name_plural = "imóveis"
        ordering = ["municipio__nome_busca", "nome", "pk"]
        constraints = [
            models.CheckConstraint(name="imovel_natureza_conhecida", condition=Q(natureza__in=Natureza.values)),
            models.CheckConstraint(name="imovel_tem_area", condition=Q(area_m2__gt=0)),
            models.CheckConstraint(
                name="imovel_retirado_diz_por_que", condition=Q(retirado_em__isnull=True) | ~Q(retirado_motivo="")
            ),
        ]
        indexes = [
            # The public list, by town.
            models.Index(
                fields=["municipio", "nome"], name="imovel_publico", condition=Q(retirado_em=None, operacional=True)
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("cessao:imovel", args=[self.codigo])

    @property
    def especie(self) -> str:
        """The word that the table of eligibility uses."""
        return self.natureza if self.operacional else "nao_operacional"

    @property
    def especie_em_palavras(self) -> str:
        return Natureza(self.natureza).label if self.operacional else "Não operacional"


class EspacoQuerySet(models.QuerySet["Espaco"]):
    def no_catalogo(self) -> Self:
        return self.filter(retirado_em__isnull=True, imovel__retirado_em__isnull=True, imovel__operacional=True)

    def disponiveis_em(self, dia: date) -> Self:
        """Inside the days in which INSS does without the space."""
        return self.filter(
            Q(disponivel_de__isnull=True) | Q(disponivel_de__lte=dia),
            Q(disponivel_ate__isnull=True) | Q(disponivel_ate__gte=dia),
        )

    def ocupados_sem_termo(self) -> Self:
        """Somebody is in the space whose request to regularise it ended without a term."""
        return self.filter(pedidos__desocupacao__situacao__in=SEM_TERMO)


class Espaco(models.Model):
    """A part of a property that can be lent apart. `dentro_de`: the larger space that contains it; lent together with
    it, never apart from it on the same day.
    """

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    imovel = models.ForeignKey(Imovel, models.CASCADE, related_name="espacos", verbose_name="imóvel")
    nome = models.CharField("nome", max_length=120)
    area_m2 = models.DecimalField("área em m²", max_digits=10, decimal_places=2)
    dentro_de = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="partes", verbose_name="faz parte de"
    )
    descricao = models.CharField("descrição", max_length=600, blank=True)
    disponivel_de = models.DateField("disponível a partir de", null=True, blank=True)
    disponivel_ate = models.DateField("disponível até", null=True, blank=True)
    retirado_em = models.DateTimeField("retirado em", null=True, blank=True)
    retirado_motivo = models.CharField("por que saiu", max_length=300, blank=True)

    objects = EspacoQuerySet.as_manager()

    class Meta:
        verbose_name = "espaço"
        verbose_name_plural = "espaços"
        ordering = ["imovel", "nome", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["imovel", "nome"], name="espaco_nome_unico_no_imovel", condition=Q(retirado_em__isnull=True)
            ),
            models.CheckConstraint(name="espaco_tem_area", condition=Q(area_m2__gt=0)),
            models.CheckConstraint(
                name="espaco_disponivel_em_ordem",
                condition=Q(disponivel_de=None)
                | Q(disponivel_ate=None)
                | Q(disponivel_ate__gte=models.F("disponivel_de")),
            ),
            models.CheckConstraint(name="espaco_nao_contem_a_si", condition=~Q(dentro_de=models.F("pk"))),
        ]

    def __str__(self) -> str:
        return f"{self.nome} · {self.imovel.nome}"


class Imagem(models.Model):
    """A photo or a floor plan of a property. Photos are public; plans only for those signed in."""

    class Tipo(models.TextChoices):
        FOTO = "foto", "Foto"
        PLANTA = "planta", "Planta baixa"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    imovel = models.ForeignKey(Imovel, models.CASCADE, related_name="imagens", verbose_name="imóvel")
    espaco = models.ForeignKey(
        Espaco, models.PROTECT, null=True, blank=True, related_name="imagens", verbose_name="espaço"
    )
    tipo = models.CharField("tipo", max_length=6, choices=Tipo)
    legenda = models.CharField("legenda", max_length=160)
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, related_name="+", verbose_name="arquivo")
    criado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem pôs")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    removida_em = models.DateTimeField("removida em", null=True, blank=True)

    class Meta:
        verbose_name = "imagem do imóvel"
        verbose_name_plural = "imagens do imóvel"
        ordering = ["imovel", "tipo", "pk"]

    def __str__(self) -> str:
        return self.legenda


class Importacao(models.Model):
    """A list of properties brought in as CSV, as it came, and what became of each line."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    nome_original = models.CharField("nome do arquivo", max_length=160)
    texto = models.TextField("o arquivo")
    # [{"linha": 2, "codigo": "X", "resultado": "criado|mudado|igual|recusado", "frase": ""}]
    linhas = models.JSONField("relatório", default=list)
    autor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem trouxe")
    em = models.DateTimeField("em", default=now, editable=False)

    class Meta:
        verbose_name = "importação de imóveis"
        verbose_name_plural = "importações de imóveis"
        ordering = ["-em", "-pk"]

    def __str__(self) -> str:
        return self.nome_original

    def quantos(self, resultado: str) -> int:
        return sum(1 for linha in self.linhas if linha["resultado"] == resultado)

    @property
    def resumo(self) -> str:
        palavras = {"criado": "novo", "mudado": "mudado", "igual": "sem mudança", "recusado": "recusado"}
        contas = [(self.quantos(resultado), nome) for resultado, nome in palavras.items()]
        return ", ".join(f"{n} {nome}{'s' if n > 1 and nome[-1] == 'o' else ''}" for n, nome in contas if n) or "nada"
