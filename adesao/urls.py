"""Addresses of the adhesion; each stage owns its own file and all share one namespace."""

from django.urls import include, path

app_name = "adesao"
urlpatterns = [
    path("", include("adesao.publico.urls")),
    path("", include("adesao.acesso.urls")),
    path("", include("adesao.pedido.urls")),
    path("", include("adesao.analise.urls")),
    path("", include("adesao.anteriores.urls")),
    path("", include("adesao.acordo.urls")),
    path("", include("adesao.paineis.urls")),
    path("", include("adesao.habilitacao.urls")),
]
