from django.urls import path

from requerimentos.demanda.acervo import views

urlpatterns = [
    path("catalogo/", views.lista, name="catalogo"),
    path("catalogo/a-conferir/", views.a_conferir, name="catalogo-a-conferir"),
    path("catalogo/servicos/<slug:servico_codigo>/", views.servico, name="catalogo-servico"),
    path("catalogo/servicos/<slug:servico_codigo>/mudancas/", views.comparar, name="catalogo-mudancas"),
]
