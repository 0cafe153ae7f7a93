"""Where things are: municípios (IBGE), INSS units in their tree, entities under an agreement, desks, holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from act_portal.territorio.situacoes import SituacaoBalcao
from act_portal.territorio.texto import normalizar

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class Grau(models.TextChoices):
    """How far a fact was checked."""

    VERIFICADO = "verificado", "Verificado"
    SECUNDARIO = "secundario", "Conferir (fonte secundária)"
    NAO_VERIFICADO = "nao_verificado", "Conferir"


class UnidadeInss(models.Model):
    """A unit of INSS. `caminho` is the materialised path of ids ("/1/7/"), so that "all below" is one prefix test."""

    class Tipo(models.TextChoices):
        # Stands beside the superintendences and answers for the whole country.
        DIRECAO = "dir", "Direção Central"
        SUPERINTENDENCIA = "sr", "Superintendência Regional"
        GERENCIA = "gex", "Gerência-Executiva"
        AGENCIA = "aps", "Agência da Previdência Social"

    tipo = models.CharField("tipo", max_length=3, choices=Tipo)
    codigo = models.CharField("código", max_length=20, unique=True)
    nome = models.CharField("nome", max_length=120)
    acima = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="abaixo", verbose_name="acima"
    )
    caminho = models.CharField("caminho", max_length=120, editable=False, default="", db_index=True)
    municipio = models.ForeignKey(
        "territorio.Municipio", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="município"
    )
    endereco = models.CharField("endereço", max_length=200, blank=True)
    fonte = models.CharField("fonte", max_length=200, blank=True)
    grau = models.CharField("grau", max_length=14, choices=Grau, default=Grau.NAO_VERIFICADO)

    class Meta:
        verbose_name = "unidade do INSS"
        verbose_name_plural = "unidades do INSS"
        ordering = ["nome"]

    def __str__(self) -> str:
        return self.nome

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        caminho = f"{self.acima.caminho if self.acima else '/'}{self.pk}/"
        if caminho != self.caminho:
            self.caminho = caminho
            super().save(update_fields=["caminho"])
            for unidade in self.abaixo.all():
                unidade.acima = self
                unidade.save(update_fields=["acima"])

    def clean(self) -> None:
        # The path of a unit that exists holds its own id, and so does the path of everything below it.
        if self.pk and self.acima and f"/{self.pk}/" in self.acima.caminho:
            raise ValidationError({"acima": "Uma unidade não pode ficar abaixo de si mesma."})

    @property
    def linhagem(self) -> list[int]:
        """The ids from the top of the tree down to this unit."""
        return [int(pk) for pk in self.caminho.split("/") if pk]

    @property
    def nacional(self) -> bool:
        return self.tipo == self.Tipo.DIRECAO


class ContatoUnidade(models.Model):
    """A way to reach one sector of a unit. Sectors, never the people in office, who change."""

    unidade = models.ForeignKey(UnidadeInss, models.CASCADE, related_name="contatos", verbose_name="unidade")
    setor = models.CharField("setor", max_length=120)
    telefone = models.CharField("telefone", max_length=60, blank=True)
    email = models.EmailField("e-mail", blank=True)
    fonte = models.CharField("fonte", max_length=200, blank=True)
    grau = models.CharField("grau", max_length=14, choices=Grau, default=Grau.NAO_VERIFICADO)

    class Meta:
        verbose_name = "contato da unidade"
        verbose_name_plural = "contatos da unidade"
        ordering = ["unidade", "setor"]
        constraints = [models.UniqueConstraint(fields=["unidade", "setor"], name="contato_unico_por_setor")]

    def __str__(self) -> str:
        return f"{self.setor} · {self.unidade}"


class MunicipioQuerySet(models.QuerySet["Municipio"]):
    def buscar(self, texto: str) -> Self:
        """Whose name, of today or of before, has `texto`."""
        nome = normalizar(texto)
        return self.filter(Q(nome_busca__contains=nome) | Q(nomes_antigos__contains=nome))

    def de_nome(self, texto: str) -> Self:
        """Whose name, of today or of before, is `texto`."""
        nome = normalizar(texto)
        return self.filter(Q(nome_busca=nome) | Q(nomes_antigos__contains=f"|{nome}|"))

    def visiveis_para(self, usuario: Usuario) -> Self:
        vinculo = usuario.vinculo
        return self.filter(vinculo.alcance("pk")) if vinculo else self.none()


class Municipio(models.Model):
    """One of the 5,571 municípios; the key is the IBGE code (7 digits, text)."""

    codigo_ibge = models.CharField("código IBGE", max_length=7, primary_key=True)
    nome = models.CharField("nome", max_length=80)
    nome_busca = models.CharField(max_length=80, editable=False, db_index=True)
    # A town that takes another name is still looked for by the old one: "|nome|outro nome|".
    nomes_antigos = models.CharField(max_length=400, editable=False, blank=True)
    uf = models.CharField("UF", max_length=2)
    latitude = models.FloatField("latitude")
    longitude = models.FloatField("longitude")
    fuso_horario = models.CharField("fuso horário", max_length=40)
    ddd = models.CharField("DDD", max_length=2, blank=True)
    capital = models.BooleanField("capital", default=False)
    unidade = models.ForeignKey(
        UnidadeInss, models.PROTECT, null=True, blank=True, related_name="municipios", verbose_name="unidade do INSS"
    )

    objects = MunicipioQuerySet.as_manager()

    class Meta:
        verbose_name = "município"
        verbose_name_plural = "municípios"
        ordering = ["nome_busca", "uf"]

    def __str__(self) -> str:
        return f"{self.nome}/{self.uf}"

    def save(self, *args, **kwargs) -> None:
        self.nome_busca = normalizar(self.nome)
        super().save(*args, **kwargs)

    @property
    def fuso(self) -> ZoneInfo:
        return ZoneInfo(self.fuso_horario)


class Entidade(models.Model):
    """The public body under the agreement (the town hall) and what every paper says of it and of the agreement."""

    class TipoAcordo(models.TextChoices):
        ACT = "act", "Acordo de Cooperação Técnica"
        ADESAO = "adesao", "Termo de Adesão"
        COOPERACAO = "acordo", "Acordo de Cooperação"

    municipio = models.OneToOneField(Municipio, models.PROTECT, related_name="entidade", verbose_name="município")
    nome = models.CharField("nome", max_length=120)
    cnpj = models.CharField("CNPJ", max_length=14, unique=True)
    endereco = models.CharField("endereço", max_length=200)
    telefone = models.CharField("telefone", max_length=20)
    email = models.EmailField("e-mail")
    encarregado = models.CharField("encarregado de dados (nome ou setor)", max_length=120)
    encarregado_contato = models.CharField("contato do encarregado", max_length=120)
    prazo_guarda = models.CharField("prazo de guarda", max_length=200, blank=True)
    operadores = models.CharField("empresas que processam dados", max_length=200, blank=True)
    prazo_aviso_dias_uteis = models.PositiveSmallIntegerField("prazo de aviso ao cidadão (dias úteis)", default=2)
    acordo_tipo = models.CharField("tipo do acordo", max_length=8, choices=TipoAcordo, default=TipoAcordo.ACT)
    acordo_numero = models.CharField("número do acordo", max_length=30)
    acordo_processo = models.CharField("processo SEI", max_length=30, blank=True)
    acordo_inicio = models.DateField("início do acordo")
    acordo_fim = models.DateField("fim do acordo")
    # Codes of the services that the agreement authorises; null: nobody has said, and the desk refuses none.
    servicos = models.JSONField("serviços autorizados", null=True, blank=True)
    # The last days of a notice to end: open requests go on, no new one begins.
    sem_novos_desde = models.DateField("sem pedidos novos desde", null=True, blank=True)

    class Meta:
        verbose_name = "entidade conveniada"
        verbose_name_plural = "entidades conveniadas"
        ordering = ["nome"]
        constraints = [
            models.CheckConstraint(
                name="entidade_acordo_fim_depois_do_inicio", condition=Q(acordo_fim__gt=models.F("acordo_inicio"))
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def abre_novos(self, hoje: date) -> bool:
        """New requests may begin on this day, as far as a notice to end is concerned."""
        return self.sem_novos_desde is None or hoje < self.sem_novos_desde

    def autoriza(self, servico: str) -> bool:
        return self.servicos is None or servico in self.servicos

    @property
    def novos_ate(self) -> date | None:
        return self.sem_novos_desde and self.sem_novos_desde - timedelta(days=1)


class BalcaoQuerySet(models.QuerySet["Balcao"]):
    def abertos(self) -> Self:
        return self.filter(situacao=Balcao.Situacao.ABERTO)

    def visiveis_para(self, usuario: Usuario) -> Self:
        vinculo = usuario.vinculo
        return self.filter(vinculo.alcance("municipio")) if vinculo else self.none()


class Balcao(models.Model):
    """A desk of the municipality. Its state changes only in `territorio.servicos`."""

    Situacao = SituacaoBalcao

    municipio = models.ForeignKey(Municipio, models.PROTECT, related_name="balcoes", verbose_name="município")
    entidade = models.ForeignKey(Entidade, models.PROTECT, related_name="balcoes", verbose_name="entidade")
    nome = models.CharField("nome", max_length=80)
    endereco = models.CharField("endereço", max_length=200)
    cep = models.CharField("CEP", max_length=8, blank=True)
    telefone = models.CharField("telefone", max_length=20, blank=True)
    horario = models.CharField("horário", max_length=120)
    acessibilidade = models.CharField("acessibilidade", max_length=200, blank=True)
    situacao = models.CharField("situação", max_length=8, choices=Situacao, default=Situacao.PREPARO)
    situacao_motivo = models.CharField("motivo da situação", max_length=200, blank=True)

    objects = BalcaoQuerySet.as_manager()

    class Meta:
        verbose_name = "balcão"
        verbose_name_plural = "balcões"
        ordering = ["municipio", "nome"]
        constraints = [
            models.UniqueConstraint(fields=["municipio", "nome"], name="balcao_nome_unico_no_municipio"),
            models.CheckConstraint(
                name="balcao_situacao_conhecida", condition=Q(situacao__in=["preparo", "aberto", "suspenso", "fechado"])
            ),
        ]

    def __str__(self) -> str:
        return self.nome


class Feriado(models.Model):
    """A state or municipal holiday, by row; national ones come by rule (`regras.feriados_nacionais`)."""

    data = models.DateField("data")
    nome = models.CharField("nome", max_length=80)
    uf = models.CharField("UF", max_length=2, blank=True)
    municipio = models.ForeignKey(
        Municipio, models.CASCADE, null=True, blank=True, related_name="feriados", verbose_name="município"
    )
    norma = models.CharField("norma", max_length=120, blank=True)

    class Meta:
        verbose_name = "feriado local"
        verbose_name_plural = "feriados locais"
        ordering = ["data"]
        constraints = [
            models.CheckConstraint(
                name="feriado_de_uf_ou_de_municipio",
                condition=(Q(municipio__isnull=True) & ~Q(uf="")) | (Q(municipio__isnull=False) & Q(uf="")),
            ),
            # Also the index of the calendar query: the rows of one place within a range of days.
            models.UniqueConstraint(
                fields=["municipio", "data"], name="feriado_municipal_unico", condition=Q(municipio__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["uf", "data"], name="feriado_estadual_unico", condition=Q(municipio__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.data:%d/%m/%Y})"
