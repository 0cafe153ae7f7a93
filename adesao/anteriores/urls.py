from django.urls import path

from adesao.anteriores import views

urlpatterns = [
    path("anteriores/", views.lista, name="anteriores"),
    path("anteriores/novo/", views.novo, name="novo-anterior"),
    path("anteriores/<uuid:codigo>/", views.detalhe, name="anterior"),
    path("anteriores/<uuid:codigo>/corrigir/", views.corrigir, name="corrigir-anterior"),
    path("anteriores/<uuid:codigo>/confirmar/", views.confirmar, name="confirmar-anterior"),
    path("anteriores/<uuid:codigo>/devolver/", views.devolver, name="devolver-anterior"),
    path("anteriores/<uuid:codigo>/arquivo/", views.arquivo, name="arquivo-do-anterior"),
]
