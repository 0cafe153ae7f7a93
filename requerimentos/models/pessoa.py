"""The citizen, their numbers and contacts, and who may act for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.telas import formatos
from act_portal.territorio.models import Municipio
from act_portal.territorio.texto import normalizar
from requerimentos.models import alcance

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


class PessoaQuerySet(models.QuerySet["Pessoa"]):
    def visiveis_para(self, usuario: Usuario) -> Self:
        return alcance.com_pedido(self, usuario, "pessoa")

    def buscar(self, texto: str) -> Self:
        """By CPF (masked or not) or by pieces of the civil or social name, without accents."""
        digitos = "".join(c for c in texto if c.isdigit())
        if len(digitos) == 11:
            return self.filter(cpf=digitos)
        achadas = self
        for pedaco in normalizar(texto).split():
            achadas = achadas.filter(nome_busca__contains=pedaco)
        return achadas


class Pessoa(models.Model):
    """Somebody served by the desk. One row per CPF in each município: a town never sees another town's people."""

    class Sexo(models.TextChoices):
        FEMININO = "F", "Feminino"
        MASCULINO = "M", "Masculino"

    class EstadoCivil(models.TextChoices):
        SOLTEIRO = "solteiro", "Solteiro(a)"
        CASADO = "casado", "Casado(a)"
        VIUVO = "viuvo", "Viúvo(a)"
        DIVORCIADO = "divorciado", "Divorciado(a)"
        SEPARADO = "separado", "Separado(a)"
        UNIAO = "uniao", "União estável"

    class TipoDocumento(models.TextChoices):
        CIN = "cin", "Carteira de Identidade Nacional (CIN)"
        RG = "rg", "RG"
        CNH = "cnh", "CNH"
        CTPS = "ctps", "Carteira de trabalho"
        CRNM = "crnm", "CRNM (pessoa estrangeira)"
        CERTIDAO = "certidao", "Certidão de nascimento"
        OUTRO = "outro", "Outro documento oficial"

    class Assina(models.TextChoices):
        SIM = "sim", "Assina o próprio nome"
        NAO_ALFABETIZADA = "nao_alfabetizada", "Não sabe ler ou escrever"
        IMPEDIMENTO = "impedimento", "Não consegue assinar agora"

    class Canal(models.TextChoices):
        EMAIL = "email", "E-mail"
        SMS = "sms", "SMS"
        WHATSAPP = "whatsapp", "WhatsApp"
        BALCAO = "balcao", "Só no balcão"

    municipio = models.ForeignKey(
        Municipio, models.PROTECT, related_name="+", verbose_name="município do balcão", editable=False
    )
    nome_civil = models.CharField("nome civil", max_length=120)
    nome_social = models.CharField("nome social", max_length=120, blank=True)
    nome_busca = models.CharField(max_length=250, editable=False)
    cpf = models.CharField("CPF", max_length=11)
    nascimento = models.DateField("data de nascimento")
    sexo = models.CharField("sexo", max_length=1, choices=Sexo)
    mae = models.CharField("nome da mãe", max_length=120, blank=True)
    estado_civil = models.CharField("estado civil", max_length=10, choices=EstadoCivil, blank=True)
    nacionalidade = models.CharField("nacionalidade", max_length=40, blank=True)
    profissao = models.CharField("profissão", max_length=60, blank=True)
    documento_tipo = models.CharField("documento de identidade", max_length=8, choices=TipoDocumento, blank=True)
    documento_numero = models.CharField("número do documento", max_length=30, blank=True)
    documento_orgao = models.CharField("órgão emissor e UF", max_length=30, blank=True)
    cep = models.CharField("CEP", max_length=8, blank=True)
    endereco = models.CharField("rua, número ou ponto de referência", max_length=150, blank=True)
    bairro = models.CharField("bairro ou comunidade", max_length=80, blank=True)
    cidade = models.ForeignKey(
        Municipio, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cidade onde mora"
    )
    assina = models.CharField("assina?", max_length=16, choices=Assina, default=Assina.SIM)
    canal = models.CharField("como quer ser avisada", max_length=8, choices=Canal, default=Canal.BALCAO)
    ficticia = models.BooleanField("dados fictícios", default=False, editable=False)
    versao = models.PositiveIntegerField("versão", default=1, editable=False)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    alterado_em = models.DateTimeField("alterado em", default=now, editable=False)

    objects = PessoaQuerySet.as_manager()

    class Meta:
        verbose_name = "pessoa"
        verbose_name_plural = "pessoas"
        ordering = ["nome_busca", "pk"]
        constraints = [models.UniqueConstraint(fields=["municipio", "cpf"], name="pessoa_cpf_unico_no_municipio")]
        indexes = [
            # Reception: search by name inside one município, in name order.
            models.Index(fields=["municipio", "nome_busca"], name="pessoa_por_nome"),
        ]

    def __str__(self) -> str:
        return self.nome

    def save(self, *args, **kwargs) -> None:
        self.nome_busca = normalizar(f"{self.nome_civil} {self.nome_social}")
        if (campos := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*campos, "nome_busca"}
        super().save(*args, **kwargs)

    @property
    def nome(self) -> str:
        """The name to call the person by: the social name when there is one (Decreto 8.727/2016)."""
        return self.nome_social or self.nome_civil

    @property
    def onde(self) -> str:
        """Street or landmark, or in their absence the neighbourhood alone: in the country it is all there is."""
        return ", ".join(filter(None, [self.endereco, self.bairro]))

    @property
    def endereco_inteiro(self) -> str:
        """Whatever is known of the address, on one line."""
        cep = f"CEP\N{NO-BREAK SPACE}{formatos.cep(self.cep)}" if self.cep else ""
        return " · ".join(filter(None, [self.onde, str(self.cidade or ""), cep]))

    def idade_em(self, dia: date) -> int:
        """Whole years on `dia`."""
        return dia.year - self.nascimento.year - ((dia.month, dia.day) < (self.nascimento.month, self.nascimento.day))


class Nit(models.Model):
    """One of the person's NIT/PIS/PASEP/NIS numbers: somebody may have several."""

    pessoa = models.ForeignKey(Pessoa, models.CASCADE, related_name="nits", verbose_name="pessoa")
    numero = models.CharField("NIT", max_length=11)

    class Meta:
        verbose_name = "NIT"
        verbose_name_plural = "NITs"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pessoa", "numero"], name="nit_unico_na_pessoa")]

    def __str__(self) -> str:
        return self.numero


class Contato(models.Model):
    class Tipo(models.TextChoices):
        CELULAR = "celular", "Celular"
        EMAIL = "email", "E-mail"
        TELEFONE = "telefone", "Telefone fixo"
        WHATSAPP = "whatsapp", "WhatsApp"

    class DeQuem(models.TextChoices):
        PROPRIO = "proprio", "Da própria pessoa"
        FAMILIAR = "familiar", "De familiar"
        RECADO = "recado", "Para recado"

    pessoa = models.ForeignKey(Pessoa, models.CASCADE, related_name="contatos", verbose_name="pessoa")
    tipo = models.CharField("tipo", max_length=8, choices=Tipo)
    valor = models.CharField("número ou e-mail", max_length=120)
    de_quem = models.CharField("de quem é", max_length=8, choices=DeQuem, default=DeQuem.PROPRIO)
    nome_recado = models.CharField("falar com", max_length=80, blank=True)

    class Meta:
        verbose_name = "contato"
        verbose_name_plural = "contatos"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pessoa", "tipo", "valor"], name="contato_unico_na_pessoa")]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} de {self.pessoa_id}"


class Representante(models.Model):
    """Who may act for the person, and by what title. Several may exist; a request names the one that acts in it."""

    class Tipo(models.TextChoices):
        PAI_MAE = "pai_mae", "Pai ou mãe"
        TUTOR = "tutor", "Tutor(a)"
        CURADOR = "curador", "Curador(a)"
        GUARDIAO = "guardiao", "Guardião(ã)"
        ADM_PROVISORIO = "adm_provisorio", "Administrador(a) provisório(a)"
        DIRIGENTE = "dirigente", "Dirigente de entidade de acolhimento"
        PROCURADOR = "procurador", "Procurador(a)"

    class Forma(models.TextChoices):
        PUBLICA = "publica", "Pública"
        PARTICULAR = "particular", "Particular"

    pessoa = models.ForeignKey(Pessoa, models.CASCADE, related_name="representantes", verbose_name="pessoa")
    tipo = models.CharField("quem é", max_length=14, choices=Tipo)
    nome = models.CharField("nome", max_length=120)
    cpf = models.CharField("CPF", max_length=11)
    documento = models.CharField("documento de identidade", max_length=60)
    endereco = models.CharField("endereço", max_length=200, blank=True)
    telefone = models.CharField("telefone", max_length=20, blank=True)
    titulo = models.CharField("documento que prova a representação", max_length=120)
    titulo_data = models.DateField("data do documento", null=True, blank=True)
    processo = models.CharField("número do processo", max_length=40, blank=True)
    juizo = models.CharField("juízo (vara e comarca)", max_length=120, blank=True)
    validade = models.DateField("válido até", null=True, blank=True)
    limites = models.TextField("limites fixados na decisão", blank=True)
    parentesco = models.CharField("parentesco", max_length=40, blank=True)
    procuracao_forma = models.CharField("forma da procuração", max_length=10, choices=Forma, blank=True)
    procuracao_cartorio = models.CharField("cartório, livro e folha", max_length=120, blank=True)
    procuracao_substabelece = models.BooleanField("pode substabelecer?", null=True, blank=True)
    procuracao_oab = models.CharField("OAB", max_length=20, blank=True)
    encerrado_em = models.DateField("deixou de valer em", null=True, blank=True)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "representante"
        verbose_name_plural = "representantes"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pessoa", "cpf", "tipo"],
                name="representante_unico_por_tipo",
                condition=Q(encerrado_em__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.get_tipo_display()})"

    @property
    def procurador(self) -> bool:
        return self.tipo == self.Tipo.PROCURADOR
