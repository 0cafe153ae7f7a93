from django.urls import path

from requerimentos.digitalizacao.retorno import views

urlpatterns = [
    path("bandeja/", views.bandeja, name="bandeja"),
    path("bandeja/<uuid:codigo>/", views.resolver, name="resolver-folha"),
    path("bandeja/<uuid:codigo>/miniatura/", views.miniatura, name="miniatura-da-bandeja"),
    path("bandeja/<uuid:codigo>/pdf/", views.ver_folha, name="ver-folha"),
    path("<uuid:codigo>/documentos/assinados/", views.juntar_assinados, name="juntar-assinados"),
]
