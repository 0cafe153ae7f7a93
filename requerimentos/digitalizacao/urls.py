from django.urls import path

from requerimentos.digitalizacao import views

urlpatterns = [
    path("<uuid:codigo>/documentos/", views.tela, name="documentos"),
    path("<uuid:codigo>/documentos/vagas/", views.vagas, name="vagas"),
    path("<uuid:codigo>/documentos/juntar/", views.juntar, name="juntar"),
    path("<uuid:codigo>/documentos/declarar/", views.declarar_vaga, name="declarar-vaga"),
    path("<uuid:codigo>/documentos/ausente/", views.marcar_ausente, name="marcar-ausente"),
    path("<uuid:codigo>/documentos/o-que-trazer/", views.o_que_trazer, name="o-que-trazer"),
    path("pecas/<uuid:codigo>/", views.mexer_na_peca, name="peca"),
    path("paginas/<uuid:codigo>/", views.mexer_na_pagina, name="pagina"),
    path("paginas/<uuid:codigo>/miniatura/", views.miniatura, name="miniatura"),
    path("paginas/<uuid:codigo>/pdf/", views.ver_pagina, name="ver-pagina"),
]
