from django.urls import path

from cessao.imoveis import views

urlpatterns = [
    path("catalogo/", views.lista, name="catalogo"),
    path("catalogo/novo/", views.novo, name="imovel-novo"),
    path("catalogo/importar/", views.importar, name="importar"),
    path("catalogo/importar/modelo.csv", views.modelo, {"lista": "imoveis"}, name="importar-modelo"),
    path("catalogo/importar/modelo-espacos.csv", views.modelo, {"lista": "espacos"}, name="importar-modelo-espacos"),
    path("catalogo/importar/<uuid:codigo>/", views.relatorio, name="importacao"),
    path("catalogo/exportar.<slug:formato>", views.exportacao, {"lista": "imoveis"}, name="exportar"),
    path("catalogo/espacos.<slug:formato>", views.exportacao, {"lista": "espacos"}, name="exportar-espacos"),
    path("catalogo/imovel/<str:codigo>/", views.ficha, name="ficha"),
    path("catalogo/imovel/<str:codigo>/corrigir/", views.corrigir, name="imovel-corrigir"),
    path("catalogo/imovel/<str:codigo>/espacos/novo/", views.espaco, name="espaco-novo"),
    path("catalogo/imovel/<str:codigo>/espacos/<uuid:espaco>/", views.espaco, name="espaco"),
    path("catalogo/imovel/<str:codigo>/<slug:ato>/", views.agir, name="imovel-agir"),
]
