"""Addresses of the portal. Each app owns its own file."""

from django.contrib import admin
from django.urls import include, path

handler400 = "act_portal.telas.views.pedido_que_nao_serve"

urlpatterns = [
    # First: it is the address that strangers ask for most, and the resolver tries them in this order.
    path("consulta/", include("requerimentos.consulta.urls")),
    path("admin/", admin.site.urls),
    path("", include("act_portal.telas.urls")),
    path("", include("act_portal.contas.urls")),
    path("", include("act_portal.saidas.urls")),
    path("", include("act_portal.auditoria.urls")),
    path("envios/", include("act_portal.arquivos.urls")),
    path("celular/", include("requerimentos.digitalizacao.celular.urls_do_celular")),
    path("conferir/", include("act_portal.emissao.urls")),
    path("requerimentos/", include("requerimentos.urls")),
    path("onde-ser-atendido/", include("adesao.publico.onde.urls")),
    path("adesao/", include("adesao.urls")),
    path("cessao/", include("cessao.urls")),
]
