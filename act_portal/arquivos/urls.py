from django.urls import path

from act_portal.arquivos import views

app_name = "arquivos"
urlpatterns = [
    path("", views.abrir, name="abrir-remessa"),
    path("chave/", views.chave, name="chave-da-fila"),
    path("<uuid:codigo>/", views.pedaco, name="pedaco"),
    path("<uuid:codigo>/desistir/", views.desistir, name="desistir-da-remessa"),
]
