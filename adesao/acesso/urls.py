from django.urls import path

from adesao.acesso import views

urlpatterns = [
    path("acesso/", views.pedir, name="pedir-acesso"),
    path("acesso/confirmar/", views.confirmar, name="confirmar-acesso"),
    path("acessos/", views.lista, name="acessos"),
    path("acessos/<uuid:codigo>/", views.detalhe, name="acesso"),
    path("acessos/<uuid:codigo>/aprovar/", views.aprovar, name="aprovar-acesso"),
    path("acessos/<uuid:codigo>/recusar/", views.recusar, name="recusar-acesso"),
    path("acessos/<uuid:codigo>/prova/", views.prova, name="prova-do-acesso"),
]
