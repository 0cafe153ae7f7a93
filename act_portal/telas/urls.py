from django.urls import path

from act_portal.telas import views

app_name = "telas"
urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("favicon.ico", views.icone, name="icone"),
    path("painel/", views.pagina_painel, name="painel"),
    path("ajuda/", views.ajuda_indice, name="ajuda"),
    path("ajuda/<slug:slug>/", views.ajuda_pagina, name="ajuda_pagina"),
    path("sessao/continuar/", views.continuar, name="continuar"),
]
