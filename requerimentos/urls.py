"""Addresses of the desk; each stage owns its own file and all share one namespace."""

from django.urls import include, path

from requerimentos import views

app_name = "requerimentos"

urlpatterns = [
    path("", views.lista, name="lista"),
    path("", include("requerimentos.recepcao.urls")),
    path("", include("requerimentos.demanda.urls")),
    path("", include("requerimentos.demanda.triagem.urls")),
    path("", include("requerimentos.demanda.acervo.urls")),
    path("", include("requerimentos.fichas.urls")),
    path("", include("requerimentos.papeis.urls")),
    path("", include("requerimentos.digitalizacao.urls")),
    path("", include("requerimentos.digitalizacao.conserto.urls")),
    path("", include("requerimentos.digitalizacao.retorno.urls")),
    path("", include("requerimentos.digitalizacao.celular.urls")),
    path("", include("requerimentos.envio.urls")),
    path("", include("requerimentos.agenda.urls")),
    path("", include("requerimentos.acompanhamento.urls")),
    path("", include("requerimentos.mandato.urls")),
    path("<uuid:codigo>/", views.caso, name="caso"),
    path("<uuid:codigo>/historico/", views.historico, name="historico"),
]
