from django.urls import path

from requerimentos.demanda import views

urlpatterns = [
    path("atendimentos/<uuid:codigo>/servicos/", views.escolher, name="escolher"),
    path("atendimentos/<uuid:codigo>/servicos/<slug:servico_codigo>/", views.servico, name="servico"),
    path("atendimentos/<uuid:codigo>/servicos/<slug:servico_codigo>/abrir/", views.abrir, name="abrir"),
    path("<uuid:codigo>/demanda/", views.demanda, name="demanda"),
    path("<uuid:codigo>/demanda/trocar/", views.trocar, name="trocar-servico"),
    path("<uuid:codigo>/desistir/", views.desistir, name="desistir"),
]
