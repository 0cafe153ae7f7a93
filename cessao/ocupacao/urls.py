from django.urls import path

from cessao.ocupacao import views

urlpatterns = [
    path("cessoes/", views.lista, name="cessoes"),
    path("cessoes/<uuid:codigo>/", views.termo, name="termo"),
    path("cessoes/<uuid:codigo>/fazer/<slug:ato>/", views.agir, name="termo-agir"),
    path("vistorias/<uuid:codigo>/", views.vistoria, name="vistoria"),
    path("vistorias/<uuid:codigo>/fazer/<slug:ato>/", views.agir_na_vistoria, name="vistoria-agir"),
    path("vistorias/<uuid:codigo>/ambientes/<int:ambiente>/", views.juntar_fotos, name="fotos"),
    path("vistorias/<uuid:codigo>/ambientes/<int:ambiente>/tirar/", views.tirar_ambiente, name="tirar-ambiente"),
    path("vistorias/<uuid:codigo>/danos/<int:dano>/tirar/", views.tirar_dano, name="tirar-dano"),
    path("fotos/<uuid:codigo>/", views.foto, name="foto"),
    path("fotos/<uuid:codigo>/tirar/", views.tirar_foto, name="tirar-foto"),
    path("regiao/", views.regiao, name="regiao"),
    path("regiao/exportar.<slug:formato>", views.exportacao_da_regiao, name="regiao-exportar"),
    path("cessoes/exportar.<slug:formato>", views.exportacao, name="cessoes-exportar"),
]
