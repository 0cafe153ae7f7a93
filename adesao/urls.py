"""Addresses of the adhesion; each stage owns its own file and all share one namespace."""

from django.urls import include, path

from adesao import views

app_name = "adesao"
urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("", include("adesao.acesso.urls")),
    path("", include("adesao.pedido.urls")),
    path("", include("adesao.analise.urls")),
]
