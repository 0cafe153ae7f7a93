"""All that a telephone reaches."""

from django.urls import path

from requerimentos.digitalizacao.celular import no_celular

app_name = "celular"
urlpatterns = [
    path("", no_celular.abrir, name="abrir"),
    path("fotos/", no_celular.fotos, name="fotos"),
    path("fotos/vereditos/", no_celular.vereditos, name="vereditos"),
    path("fotos/juntar/", no_celular.juntar, name="juntar"),
    path("remessas/", no_celular.abrir_remessa, name="abrir-remessa"),
    path("remessas/<uuid:codigo>/", no_celular.pedaco, name="pedaco"),
    path("remessas/<uuid:codigo>/desistir/", no_celular.desistir, name="desistir-da-remessa"),
]
