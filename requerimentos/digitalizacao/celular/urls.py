from django.urls import path

from requerimentos.digitalizacao.celular import views

urlpatterns = [
    path("<uuid:codigo>/documentos/celulares/", views.celulares, name="celulares"),
    path("celulares/<uuid:codigo>/desligar/", views.desligar, name="desligar-celular"),
]
