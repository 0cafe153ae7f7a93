"""The bare Django project of the comparison: no middleware, one view, one indexed SELECT, a text as answer."""

from __future__ import annotations

import os

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    banco = environ.Env().db_url_config(os.environ["DATABASE_URL"])
    # The same connection as the portal's, or the comparison would be about that.
    banco |= {"CONN_MAX_AGE": None, "OPTIONS": {}}
    if banco["ENGINE"].endswith("sqlite3"):
        banco["OPTIONS"] = {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;"
        }
    settings.configure(
        SECRET_KEY="bench",  # noqa: S106 - signs nothing
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="bench._nua",
        DATABASES={"default": banco},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
application = get_wsgi_application()


class Pedido(models.Model):
    protocolo = models.CharField(max_length=11)
    situacao_inss = models.CharField(max_length=24)

    class Meta:
        app_label = "nua"
        managed = False
        db_table = "requerimentos_requerimento"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.protocolo


def situacao(request: HttpRequest, protocolo: str) -> HttpResponse:
    achados = Pedido.objects.filter(protocolo=protocolo).exclude(protocolo="").order_by()
    texto = achados.values_list("situacao_inss", flat=True)[0]
    return HttpResponse(texto, headers={"Content-Length": len(texto)})


class Ponto(models.Model):
    nome = models.CharField(max_length=80)
    endereco = models.CharField(max_length=200)
    situacao = models.CharField(max_length=8)

    class Meta:
        app_label = "nua"
        managed = False
        db_table = "territorio_balcao"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nome


def pontos(request: HttpRequest) -> HttpResponse:
    achados = Ponto.objects.filter(situacao="aberto").values_list("nome", "endereco")[:20]
    texto = "\n".join(f"{nome}: {endereco}" for nome, endereco in achados)
    return HttpResponse(texto, headers={"Content-Length": len(texto.encode())})


urlpatterns = [path("pontos/", pontos), path("<str:protocolo>/", situacao)]
