"""Addresses of the cession; each stage owns its own file and all share one namespace."""

from django.urls import include, path

app_name = "cessao"
urlpatterns = [
    path("", include("cessao.publico.urls")),
    path("", include("cessao.imoveis.urls")),
    path("", include("cessao.pedido.urls")),
    path("", include("cessao.ocupacao.urls")),
]
