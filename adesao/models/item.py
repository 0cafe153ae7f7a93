"""The checklist of a process: items, the files in them, and what was said of each."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from adesao.models.papel import Papel
from adesao.models.processo import Processo
from adesao.situacoes import SituacaoItem


class ItemQuerySet(models.QuerySet["Item"]):
    def em_aberto(self) -> Self:
        """Neither accepted nor dispensed."""
        return self.exclude(situacao__in=[SituacaoItem.ACEITO, SituacaoItem.DISPENSADO])


class Item(models.Model):
    """One requirement of a process, and what the certificate in it says. `codigo` is that of the checklist's version,
    or starts with `extra-` for what INSS asked for during the review.
    """

    class Origem(models.TextChoices):
        ADMINISTRATIVA = "administrativa", "Emitida normalmente"
        JUDICIAL = "judicial", "Por ordem judicial"

    processo = models.ForeignKey(Processo, models.CASCADE, related_name="itens", verbose_name="adesão")
    codigo = models.CharField("requisito", max_length=60)
    nome = models.CharField("nome", max_length=160)
    ordem = models.PositiveSmallIntegerField("ordem")
    situacao = models.CharField("situação", max_length=10, choices=SituacaoItem, default=SituacaoItem.FALTA)
    motivo = models.CharField("motivo da situação", max_length=600, blank=True)
    rodada = models.PositiveSmallIntegerField("rodada em que se responde", default=0)

    # Asked for during the review.
    pedido_motivo = models.CharField("por que foi pedido", max_length=600, blank=True)

    especie = models.CharField("tipo da certidão", max_length=20, blank=True)
    numero = models.CharField("número ou código de controle", max_length=60, blank=True)
    emitido_em = models.DateField("emissão", null=True, blank=True)
    valido_ate = models.DateField("validade", null=True, blank=True)
    origem = models.CharField("como foi emitida", max_length=14, choices=Origem, blank=True)
    titular_cnpj = models.CharField("CNPJ na certidão", max_length=14, blank=True)
    titular_nome = models.CharField("nome na certidão", max_length=160, blank=True)
    mandato_fim = models.DateField("fim do mandato", null=True, blank=True)

    # What the form of the town said when the files came, of what they prove (`Requisito.prova`).
    provado = models.JSONField("o que os arquivos provam", default=dict, blank=True)

    verificado_em = models.DateField("verificado em", null=True, blank=True)
    verificado_onde = models.CharField("onde foi verificado", max_length=300, blank=True)
    decidido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem conferiu"
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "item da adesão"
        verbose_name_plural = "itens da adesão"
        ordering = ["processo", "ordem", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["processo", "codigo"], name="item_um_por_requisito"),
            models.CheckConstraint(name="item_situacao_conhecida", condition=Q(situacao__in=SituacaoItem.values)),
            models.CheckConstraint(
                name="item_devolvido_tem_motivo",
                condition=~Q(situacao__in=["devolvido", "reaberto", "dispensado"]) | ~Q(motivo=""),
            ),
            models.CheckConstraint(
                name="item_validade_depois_da_emissao",
                condition=Q(valido_ate__isnull=True)
                | Q(emitido_em__isnull=True)
                | Q(valido_ate__gte=models.F("emitido_em")),
            ),
        ]
        indexes = [
            # The nightly look at what ends.
            models.Index(fields=["valido_ate"], name="item_por_validade", condition=Q(valido_ate__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def estado(self) -> SituacaoItem:
        return SituacaoItem(self.situacao)

    @property
    def extra(self) -> bool:
        return bool(self.pedido_motivo)

    @property
    def aberto_ao_municipio(self) -> bool:
        """The town may change it now."""
        fechado = self.estado in {SituacaoItem.ACEITO, SituacaoItem.DISPENSADO}
        return self.processo.editavel and self.rodada == self.processo.rodada and not fechado

    def vencido(self, hoje: date) -> bool:
        return self.valido_ate is not None and self.valido_ate < hoje


class PecaQuerySet(models.QuerySet["Peca"]):
    def vivas(self) -> Self:
        return self.filter(removida_em__isnull=True)


class Peca(models.Model):
    """One file in an item. Taken out it stays in the process, as what was sent and when."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="pecas", verbose_name="item")
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, related_name="+", verbose_name="arquivo")
    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem enviou"
    )
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    removida_em = models.DateTimeField("removida em", null=True, blank=True)
    # The paper of the portal that it is, signed; made again, the paper asks for another signature.
    papel = models.ForeignKey(
        Papel, models.PROTECT, null=True, blank=True, related_name="assinados", verbose_name="papel assinado"
    )
    # From whoever sent it, when the portal did not recognise in it the paper that it made.
    declaracao = models.CharField("por que é o mesmo papel", max_length=600, blank=True)

    objects = PecaQuerySet.as_manager()

    class Meta:
        verbose_name = "documento da adesão"
        verbose_name_plural = "documentos da adesão"
        ordering = ["item", "pk"]
        indexes = [
            # The files of an item.
            models.Index(fields=["item"], name="adesao_peca_viva", condition=Q(removida_em__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"Documento {self.pk}"


class Anotacao(models.Model):
    """What was said of an item: a decision of INSS, with who decided as they were that day, or the town's answer.

    A return is the reviewer's alone until the whole process is returned (`publicada_em`).
    """

    class Tipo(models.TextChoices):
        ACEITE = "aceite", "Aceito"
        DEVOLUCAO = "devolucao", "Devolvido"
        DISPENSA = "dispensa", "Não se aplica"
        PEDIDO = "pedido", "Pedido pelo INSS"
        REABERTURA = "reabertura", "Reaberto"
        RESPOSTA = "resposta", "Resposta do município"

    item = models.ForeignKey(Item, models.CASCADE, related_name="anotacoes", verbose_name="item")
    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    motivo = models.CharField("motivo", max_length=30, blank=True)
    texto = models.CharField("texto", max_length=600, blank=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="autor"
    )
    nome = models.CharField("nome", max_length=120, blank=True)
    cargo = models.CharField("cargo", max_length=80, blank=True)
    matricula = models.CharField("matrícula", max_length=30, blank=True)
    em = models.DateTimeField("em", default=now, editable=False)
    publicada_em = models.DateTimeField("mostrada ao município em", null=True, blank=True)

    class Meta:
        verbose_name = "anotação do item"
        verbose_name_plural = "anotações do item"
        ordering = ["item", "em", "pk"]
        constraints = [
            models.CheckConstraint(
                name="anotacao_do_inss_tem_quem",
                condition=Q(tipo__in=["resposta", "reabertura"]) | (~Q(nome="") & ~Q(cargo="") & ~Q(matricula="")),
            ),
            models.CheckConstraint(
                name="anotacao_de_devolucao_tem_motivo_e_frase",
                condition=~Q(tipo="devolucao") | (~Q(motivo="") & ~Q(texto="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} em {self.em:%d/%m/%Y}"
