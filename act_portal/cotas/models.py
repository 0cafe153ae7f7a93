from django.db import models


class Cota(models.Model):
    """Counter of a fixed time window, to limit attempts."""

    chave = models.CharField("chave", max_length=120)
    janela = models.DateTimeField("início da janela")
    usos = models.PositiveIntegerField("usos", default=0)

    class Meta:
        verbose_name = "cota"
        verbose_name_plural = "cotas"
        ordering = ["-janela", "chave"]
        constraints = [
            models.UniqueConstraint(fields=["chave", "janela"], name="cota_unica"),
        ]
        indexes = [
            # The daily clean-up deletes whole windows.
            models.Index(fields=["janela"], name="cota_por_janela"),
        ]

    def __str__(self) -> str:
        return f"{self.chave}: {self.usos}"
