"""The decision, its handing over, and the notices to the citizen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import nome_inventado
from act_portal.emissao.models import Documento
from act_portal.telas.formatos import no_meio_da_frase
from requerimentos.models.pessoa import Pessoa
from requerimentos.models.requerimento import Requerimento
from requerimentos.situacoes import SituacaoAviso, TipoResultado


class Resultado(models.Model):
    """The decision of INSS and its handing over to the citizen."""

    requerimento = models.OneToOneField(
        Requerimento, models.CASCADE, related_name="resultado", verbose_name="requerimento"
    )
    tipo = models.CharField("resultado", max_length=11, choices=TipoResultado)
    motivos = models.JSONField("motivos", default=list, blank=True)
    texto = models.TextField("o que o INSS escreveu", blank=True)
    beneficio = models.CharField("número do benefício", max_length=10, blank=True)
    decidido_em = models.DateField("decidido em")
    recebido_em = models.DateTimeField("chegou ao portal em", default=now)
    ciencia_em = models.DateField("ciência da pessoa em", null=True, blank=True)
    # The norms disagree on the first day: what a person is told is the earliest last day of any reading
    # (Portaria Conjunta MDS/INSS 34/2025, art. 16: of BPC, from the decision). `prazo_recurso` may be later.
    recorrer_ate = models.DateField("dia que se diz para o recurso", null=True, blank=True)
    prazo_recurso = models.DateField("último dia para recurso", null=True, blank=True)
    prazo_base = models.CharField("base do prazo", max_length=200, blank=True)
    carta = models.FileField("carta do INSS", upload_to=nome_inventado, max_length=120, blank=True)
    carta_sha256 = models.CharField("SHA-256 da carta", max_length=64, blank=True)
    entregue_em = models.DateTimeField("entregue em", null=True, blank=True)
    entregue_a = models.CharField("entregue a", max_length=120, blank=True)
    entregue_como = models.CharField("como foi entregue", max_length=40, blank=True)
    entregue_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entregue por"
    )
    prova = models.ForeignKey(
        Documento, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="prova da entrega"
    )

    class Meta:
        verbose_name = "resultado"
        verbose_name_plural = "resultados"
        ordering = ["-recebido_em"]
        constraints = [
            models.CheckConstraint(
                name="resultado_entregue_tem_quem",
                condition=Q(entregue_em__isnull=True) | (~Q(entregue_a="") & Q(entregue_por__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.get_tipo_display()

    @property
    def desfecho(self) -> TipoResultado:
        return TipoResultado(self.tipo)


class Comprovante(models.Model):
    """The receipt of one filing, made once the protocol exists and again when what comes next changes."""

    requerimento = models.ForeignKey(
        Requerimento, models.CASCADE, related_name="comprovantes", verbose_name="requerimento"
    )
    documento = models.OneToOneField(Documento, models.PROTECT, related_name="+", verbose_name="documento")
    criado_em = models.DateTimeField("criado em", default=now, editable=False)

    class Meta:
        verbose_name = "comprovante"
        verbose_name_plural = "comprovantes"
        ordering = ["-criado_em", "-pk"]

    def __str__(self) -> str:
        return f"Comprovante de {self.requerimento_id}"


class Aviso(models.Model):
    """One notice to the citizen: no personal data beyond the protocol. `destino` is only an id of a contact."""

    class Assunto(models.TextChoices):
        PROTOCOLADO = "protocolado", "Pedido recebido pelo INSS"
        ANALISE = "analise", "Pedido em análise"
        EXIGENCIA = "exigencia", "O INSS pediu documentos"
        PRAZO = "prazo", "O prazo está acabando"
        VENCIDA = "vencida", "O prazo acabou"
        RESPONDIDA = "respondida", "Resposta entregue ao INSS"
        RESULTADO = "resultado", "Saiu o resultado"
        CANCELADO = "cancelado", "Pedido cancelado"
        AGENDAMENTO = "agendamento", "Perícia ou avaliação marcada"
        LEMBRETE = "lembrete", "A perícia ou avaliação está chegando"
        DESMARCADO = "desmarcado", "Perícia ou avaliação desmarcada"
        FALTA = "falta", "O INSS registrou falta"
        RENUNCIA = "renuncia", "O município não cuida mais deste pedido"

    requerimento = models.ForeignKey(Requerimento, models.CASCADE, related_name="avisos", verbose_name="requerimento")
    assunto = models.CharField("assunto", max_length=11, choices=Assunto)
    canal = models.CharField("canal", max_length=8)
    contato = models.ForeignKey(
        "requerimentos.Contato", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="contato"
    )
    situacao = models.CharField("situação", max_length=8, choices=SituacaoAviso, default=SituacaoAviso.PENDENTE)
    falha = models.CharField("por que não foi entregue", max_length=200, blank=True)
    chave = models.CharField("chave", max_length=120, unique=True)
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    enviado_em = models.DateTimeField("enviado em", null=True, blank=True)
    visto_em = models.DateTimeField("falha vista pelo balcão em", null=True, blank=True)

    class Meta:
        verbose_name = "aviso"
        verbose_name_plural = "avisos"
        ordering = ["-criado_em", "-pk"]
        indexes = [
            # The desk's card of notices that nobody got.
            models.Index(fields=["situacao", "visto_em"], name="aviso_nao_entregue", condition=Q(situacao="falhou")),
        ]

    def __str__(self) -> str:
        return f"{self.get_assunto_display()} ({self.canal})"

    @property
    def meio(self) -> str:
        """As it is said after "por"."""
        return no_meio_da_frase(str(Pessoa.Canal(self.canal).label))
