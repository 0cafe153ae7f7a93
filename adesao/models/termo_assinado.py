"""Every file that came back signed of an amendment or of a closing term: the next one never takes its place."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from act_portal.arquivos.models import Arquivo
from adesao.models.encerramento import Encerramento
from adesao.models.supervisao import Prorrogacao


class TermoAssinado(models.Model):
    """One file, as it came, of a renewal or of the end of an agreement."""

    prorrogacao = models.ForeignKey(
        Prorrogacao, models.PROTECT, null=True, blank=True, related_name="assinados", verbose_name="prorrogação"
    )
    encerramento = models.ForeignKey(
        Encerramento, models.PROTECT, null=True, blank=True, related_name="assinados", verbose_name="encerramento"
    )
    do_municipio = models.BooleanField("enviado pelo município")
    arquivo = models.OneToOneField(Arquivo, models.PROTECT, related_name="+", verbose_name="arquivo")
    sha256 = models.CharField("SHA-256", max_length=64)
    assinado_em = models.DateField("assinado em")
    # From whoever sent it, when the portal did not recognise in it the paper that it made.
    declaracao = models.CharField("por que é o mesmo papel", max_length=600, blank=True)
    enviado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="quem enviou"
    )
    enviado_em = models.DateTimeField("enviado em", default=now, editable=False)

    class Meta:
        verbose_name = "termo assinado"
        verbose_name_plural = "termos assinados"
        ordering = ["enviado_em", "pk"]
        constraints = [
            models.CheckConstraint(
                name="termo_assinado_de_um_so",
                condition=Q(prorrogacao__isnull=False, encerramento__isnull=True)
                | Q(prorrogacao__isnull=True, encerramento__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"assinado {'pelo município' if self.do_municipio else 'pelas duas partes'} em {self.assinado_em:%d/%m/%Y}"
        )
