from django.urls import path

from adesao.paineis import views

urlpatterns = [
    path("numeros/", views.meus_numeros, name="meus-numeros"),
    path("municipios/<str:codigo_ibge>/numeros/", views.numeros, name="numeros"),
    path(
        "municipios/<str:codigo_ibge>/numeros/<slug:quadro>/<slug:formato>/",
        views.exportar_numeros,
        name="exportar-numeros",
    ),
    path("regiao/", views.regiao, name="regiao"),
    path("regiao/<slug:quadro>/<slug:formato>/", views.exportar_regiao, name="exportar-regiao"),
]
