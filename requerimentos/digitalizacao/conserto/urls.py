from django.urls import path

from requerimentos.digitalizacao.conserto import views

urlpatterns = [
    path("paginas/<uuid:codigo>/conserto/", views.tela, name="conserto"),
    path("paginas/<uuid:codigo>/conserto/veio/", views.como_veio, name="conserto-veio"),
    path("paginas/<uuid:codigo>/conserto/ficou/", views.como_ficou, name="conserto-ficou"),
]
