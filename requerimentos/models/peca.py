"""Scanned documents in the service's slots, and their pages."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo, Folha
from requerimentos.models.exigencia import Exigencia
from requerimentos.models.papel import Papel
from requerimentos.models.requerimento import Requerimento

if TYPE_CHECKING:
    from requerimentos.models.conserto import Conserto


class PecaQuerySet(models.QuerySet["Peca"]):
    def vivas(self) -> Self:
        return self.filter(removida_em__isnull=True)


class Peca(models.Model):
    """One document in a slot. `exigencia` is empty for the request itself, else the exigência it answers."""

    class Natureza(models.TextChoices):
        ORIGINAL = "original", "Digitalizado do original"
        SIMPLES = "simples", "Cópia simples"
        TERCEIROS = "terceiros", "Cópia autenticada por outro"

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    requerimento = models.ForeignKey(Requerimento, models.CASCADE, related_name="pecas", verbose_name="requerimento")
    exigencia = models.ForeignKey(
        Exigencia, models.PROTECT, null=True, blank=True, related_name="pecas", verbose_name="exigência"
    )
    vaga = models.CharField("vaga", max_length=60)
    # Of a paper whose pages came back in several files, the first of them.
    arquivo = models.ForeignKey(Arquivo, models.PROTECT, related_name="+", verbose_name="arquivo")
    papel = models.ForeignKey(
        Papel, models.PROTECT, null=True, blank=True, related_name="pecas", verbose_name="papel que voltou assinado"
    )
    natureza = models.CharField("o que é", max_length=9, choices=Natureza, blank=True)
    ordem = models.PositiveIntegerField("ordem na vaga", default=0)
    # Whose name is on the document and the time it tells of, where the slot asks.
    titular = models.CharField("em nome de quem", max_length=120, blank=True)
    periodo_de = models.DateField("de", null=True, blank=True)
    periodo_ate = models.DateField("até", null=True, blank=True)
    # The clerk compared these very pages with the original: another set of pages was not compared.
    conferido_em = models.DateTimeField("conferido com o original em", null=True, blank=True)
    conferido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quem conferiu"
    )
    conferido_folhas = models.JSONField("folhas conferidas", default=list, blank=True)
    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem juntou"
    )
    criado_em = models.DateTimeField("criado em", default=now, editable=False)
    removida_em = models.DateTimeField("removida em", null=True, blank=True)

    objects = PecaQuerySet.as_manager()

    class Meta:
        verbose_name = "peça"
        verbose_name_plural = "peças"
        ordering = ["requerimento", "vaga", "ordem", "pk"]
        constraints = [
            models.CheckConstraint(
                name="peca_conferida_tem_quem",
                condition=Q(conferido_em__isnull=True, conferido_por__isnull=True)
                | Q(conferido_em__isnull=False, conferido_por__isnull=False),
            ),
            models.CheckConstraint(
                name="peca_periodo_em_ordem",
                condition=Q(periodo_de__isnull=True, periodo_ate__isnull=True)
                | Q(periodo_de__isnull=False, periodo_ate__gte=models.F("periodo_de")),
            ),
        ]
        indexes = [
            # The slots of a request.
            models.Index(
                fields=["requerimento", "vaga", "ordem"], name="peca_viva", condition=Q(removida_em__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vaga} {self.pk}"

    def esquecer_conferencia(self) -> tuple[str, ...]:
        """Nobody vouches for it any more. Returns the fields to save."""
        self.conferido_em, self.conferido_por, self.conferido_folhas = None, None, []
        return ("conferido_em", "conferido_por", "conferido_folhas")

    def dito(self, campo: str) -> bool:
        """Whether what the slot asks (`Vaga.pede`) was said."""
        return bool(self.titular if campo == "titular" else self.periodo_de)

    @property
    def nome(self) -> str:
        """What the clerk knows it by: the printed paper that came back, or the file as it was called."""
        return f"{self.papel}, assinado" if self.papel else self.arquivo.nome_original


class Pagina(models.Model):
    """A page of a document as the clerk left it. Removing keeps the row: the bin of the request."""

    codigo = models.UUIDField("código", default=uuid.uuid4, unique=True, editable=False)
    peca = models.ForeignKey(Peca, models.CASCADE, related_name="paginas", verbose_name="peça")
    folha = models.ForeignKey(Folha, models.PROTECT, related_name="+", verbose_name="folha")
    ordem = models.PositiveIntegerField("ordem")
    giro = models.PositiveSmallIntegerField("giro em graus", default=0)
    mantida_por_que = models.CharField("por que fica apesar do defeito", max_length=200, blank=True)
    removida_em = models.DateTimeField("removida em", null=True, blank=True)
    # To the tray: by its code it is of another request. Out of the bin too: nobody brings it back into this one.
    recolhida_em = models.DateTimeField("recolhida à bandeja em", null=True, blank=True)

    # What the code of its foot says against its being here (`retorno.paginas.marcar`); `alheia` may not leave.
    aviso_do_codigo = ""
    alheia = False

    class Meta:
        verbose_name = "página"
        verbose_name_plural = "páginas"
        ordering = ["peca", "ordem", "pk"]
        constraints = [
            models.CheckConstraint(name="pagina_giro_reto", condition=Q(giro__in=[0, 90, 180, 270])),
            models.UniqueConstraint(fields=["peca", "folha"], name="pagina_uma_por_folha"),
            models.CheckConstraint(
                name="pagina_recolhida_saiu", condition=Q(recolhida_em__isnull=True) | Q(removida_em__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Página {self.ordem} de {self.peca_id}"

    @property
    def lida(self) -> bool:
        """Somebody looked for a code on the picture that shows."""
        return self.folha.codigos is not None

    @property
    def textos(self) -> list[str]:
        """Of the codes on it: a repair does not make a sheet another one."""
        origem = self.folha.origem.codigos if self.folha.origem else None
        return [codigo["texto"] for codigo in (*(self.folha.codigos or ()), *(origem or ()))]

    @property
    def consertando(self) -> bool:
        """The worker has still to do what was asked."""
        return any(c.situacao == "pedido" for c in self.consertos.all())

    @property
    def conserto(self) -> Conserto | None:
        """The repair that shows."""
        feitos = (c for c in reversed(list(self.consertos.all())) if c.situacao == "feito")
        return next((c for c in feitos if not c.so_girou), None)

    @property
    def passo(self) -> Conserto | None:
        """What "Desfazer" takes back: a repair, a turn, or what the worker has still to do."""
        return next((c for c in reversed(list(self.consertos.all())) if c.situacao in {"pedido", "feito"}), None)

    @property
    def defeitos(self) -> list[dict[str, str]]:
        """What still makes the page hard to read: a direction that the clerk put right no longer does."""
        resolvidos = {180: "cabeca", 90: "lado", 270: "lado"}
        return [d for d in self.folha.defeitos if d["codigo"] != resolvidos.get(self.giro)]
