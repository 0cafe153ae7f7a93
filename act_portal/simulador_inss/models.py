"""What the pretend INSS remembers. It repeats nothing of the portal's model on purpose: it is another house."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from act_portal.simulador_inss.catalogo import caixas
from act_portal.simulador_inss.situacoes import (
    OCUPAM,
    EstadoAgendamento,
    EstadoExigencia,
    Resultado,
    Rota,
    Situacao,
    TipoAgendamento,
    TipoFalha,
)


class Sequencia(models.Model):
    """Locked counter. Whoever takes a number holds the row until commit, so numbers appear in order of commit."""

    nome = models.CharField("nome", max_length=40, primary_key=True)
    valor = models.BigIntegerField("valor", default=0)

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "sequência"
        verbose_name_plural = "sequências"
        ordering = ["nome"]

    def __str__(self) -> str:
        return f"{self.nome}: {self.valor}"


class Anexo(models.Model):
    """A stored part. Its bytes are a file named by the hash."""

    sha256 = models.CharField("SHA-256", max_length=64, primary_key=True)
    bytes = models.PositiveIntegerField("tamanho em bytes")
    tipo = models.CharField("tipo", max_length=40)
    recebido_em = models.DateTimeField("recebido em", default=timezone.now)

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "anexo"
        ordering = ["-recebido_em"]

    def __str__(self) -> str:
        return self.sha256[:12]


class TarefaQuerySet(models.QuerySet["Tarefa"]):
    def em_curso(self) -> TarefaQuerySet:
        return self.exclude(situacao__in=[Situacao.CONCLUIDA, Situacao.CANCELADA])

    def para_mostrar(self) -> TarefaQuerySet:
        return self.prefetch_related("exigencias", "agendamentos")


class Tarefa(models.Model):
    protocolo = models.CharField("protocolo", max_length=10, unique=True)
    servico = models.CharField("código do serviço", max_length=60)
    servico_nome = models.CharField("serviço", max_length=200)
    cpf = models.CharField("CPF do requerente", max_length=11)
    nome = models.CharField("nome do requerente", max_length=200)
    pedido = models.JSONField("pedido como chegou", default=dict)
    unidade = models.JSONField("unidade", default=dict)
    situacao = models.CharField("situação", max_length=30, choices=Situacao.choices, default=Situacao.PENDENTE)
    entrada_em = models.DateTimeField("data de entrada do requerimento", default=timezone.now)
    atualizada_em = models.DateTimeField("última atualização", default=timezone.now)
    versao = models.BigIntegerField("versão", unique=True)
    # Automatic mode: when the next step falls due.
    proximo_passo_em = models.DateTimeField("próximo passo em", null=True, blank=True)
    resultado = models.CharField("resultado", max_length=20, choices=Resultado.choices, blank=True)
    motivos = models.JSONField("motivos", default=list, blank=True)
    despacho = models.TextField("texto da decisão", blank=True)
    nb = models.CharField("número do benefício", max_length=10, blank=True)
    decidida_em = models.DateTimeField("decidida em", null=True, blank=True)
    prazo_recurso = models.DateField("prazo de recurso", null=True, blank=True)

    objects = TarefaQuerySet.as_manager()

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "tarefa"
        ordering = ["-versao"]
        indexes = [
            # Is the same service already asked for by this person?
            models.Index(fields=["cpf", "servico"], name="simulador_cpf_servico"),
            # Which tasks of the automatic mode fell due?
            models.Index(
                fields=["proximo_passo_em"], name="simulador_passo", condition=Q(proximo_passo_em__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="simulador_situacao_conhecida", condition=Q(situacao__in=[s.value for s in Situacao])
            ),
            models.CheckConstraint(
                name="simulador_concluida_tem_resultado_e_data",
                condition=(Q(situacao="CONCLUIDA", decidida_em__isnull=False) & ~Q(resultado=""))
                | (~Q(situacao="CONCLUIDA") & Q(resultado="", decidida_em__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.protocolo

    @property
    def estado(self) -> Situacao:
        return Situacao(self.situacao)


class AnexoDaTarefa(models.Model):
    tarefa = models.ForeignKey(Tarefa, on_delete=models.CASCADE, related_name="anexos", verbose_name="tarefa")
    exigencia = models.ForeignKey(
        "Exigencia", on_delete=models.CASCADE, related_name="anexos", null=True, blank=True, verbose_name="exigência"
    )
    anexo = models.ForeignKey(Anexo, on_delete=models.PROTECT, verbose_name="arquivo")
    ordem = models.PositiveSmallIntegerField("ordem")
    slot = models.CharField("caixa", max_length=60)
    nome = models.CharField("nome do arquivo", max_length=200)
    paginas = models.PositiveIntegerField("páginas")
    natureza = models.CharField("natureza", max_length=20)

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "anexo da tarefa"
        verbose_name_plural = "anexos da tarefa"
        ordering = ["tarefa", "pk"]

    def __str__(self) -> str:
        return self.nome

    @property
    def caixa(self) -> str:
        return caixas().get(self.slot, self.slot)


class Exigencia(models.Model):
    tarefa = models.ForeignKey(Tarefa, on_delete=models.CASCADE, related_name="exigencias", verbose_name="tarefa")
    numero = models.PositiveSmallIntegerField("número")
    texto = models.TextField("o que se pede")
    estado = models.CharField("estado", max_length=20, choices=EstadoExigencia.choices, default=EstadoExigencia.ABERTA)
    emitida_em = models.DateTimeField("emitida em", default=timezone.now)
    prazo = models.DateField("prazo")
    cumprida_em = models.DateTimeField("cumprida em", null=True, blank=True)
    resposta = models.TextField("resposta", blank=True)

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "exigência"
        ordering = ["tarefa", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["tarefa", "numero"], name="simulador_exigencia_numero_unico"),
            models.CheckConstraint(
                name="simulador_exigencia_cumprida_tem_data",
                condition=Q(estado="CUMPRIDA", cumprida_em__isnull=False)
                | (~Q(estado="CUMPRIDA") & Q(cumprida_em__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tarefa} · exigência {self.numero}"

    @property
    def codigo(self) -> str:
        return f"E{self.numero}"


class Agendamento(models.Model):
    tarefa = models.ForeignKey(Tarefa, on_delete=models.CASCADE, related_name="agendamentos", verbose_name="tarefa")
    protocolo = models.CharField("protocolo", max_length=10, unique=True)
    tipo = models.CharField("tipo", max_length=20, choices=TipoAgendamento.choices)
    estado = models.CharField(
        "estado", max_length=12, choices=EstadoAgendamento.choices, default=EstadoAgendamento.AGENDADO
    )
    quando = models.DateTimeField("dia e hora")
    unidade = models.CharField("unidade", max_length=200)
    endereco = models.CharField("endereço", max_length=300)
    ibge = models.CharField("código IBGE da cidade", max_length=7, blank=True)
    # The hour taken, when it was one of those on offer; INSS itself may also use any other.
    vaga = models.CharField("vaga", max_length=40, blank=True)
    remarcacao = models.BooleanField("veio de remarcação pedida pela pessoa", default=False)

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "agendamento"
        ordering = ["tarefa", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vaga"],
                name="simulador_vaga_de_um_so",
                condition=~Q(vaga="") & Q(estado__in=[e.value for e in OCUPAM]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} {self.protocolo}"


class Operacao(models.Model):
    """What an idempotency key already did, and the answer that it got."""

    chave = models.CharField("chave", max_length=100, primary_key=True)
    resumo = models.CharField("resumo do pedido", max_length=64)
    resposta = models.JSONField("resposta", default=dict)
    feita_em = models.DateTimeField("feita em", default=timezone.now)

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "operação"
        verbose_name_plural = "operações"
        ordering = ["-feita_em"]

    def __str__(self) -> str:
        return self.chave


class FalhaQuerySet(models.QuerySet["Falha"]):
    def ativas(self, agora) -> FalhaQuerySet:
        return self.filter(Q(restam__gt=0) | Q(porcento__gt=0) | Q(ate__gt=agora))

    def gastar(self, pk: int) -> bool:
        """Takes one of the remaining calls; False when another thread took the last one."""
        return bool(self.filter(pk=pk, restam__gt=0).update(restam=F("restam") - 1))


class Falha(models.Model):
    """A fault on demand: for the next `restam` calls, for `porcento` of the calls, or until `ate`."""

    tipo = models.CharField("falha", max_length=20, choices=TipoFalha.choices)
    operacao = models.CharField("operação", max_length=20, choices=Rota.choices, blank=True)
    restam = models.PositiveIntegerField("próximas chamadas", default=0)
    porcento = models.PositiveSmallIntegerField("por cento das chamadas", default=0)
    ate = models.DateTimeField("até", null=True, blank=True)
    segundos = models.FloatField("segundos", default=5)

    objects = FalhaQuerySet.as_manager()

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "falha"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="simulador_porcento_ate_cem", condition=Q(porcento__lte=100)),
        ]

    def __str__(self) -> str:
        return self.get_tipo_display()


class Automatico(models.Model):
    """The automatic mode: one row."""

    ligado = models.BooleanField("ligado", default=False)
    segundos_por_passo = models.PositiveIntegerField("segundos entre um passo e o seguinte", default=60)

    class Meta:
        app_label = "simulador_inss"
        verbose_name = "modo automático"
        verbose_name_plural = "modo automático"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="simulador_automatico_uma_linha", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "ligado" if self.ligado else "desligado"
