from django.urls import path

from requerimentos.envio import views

urlpatterns = [
    path("<uuid:codigo>/conferencia/", views.conferencia, name="conferencia"),
    path("<uuid:codigo>/enviar/", views.enviar, name="enviar"),
    path("<uuid:codigo>/envio/", views.envio, name="envio"),
    path("<uuid:codigo>/envio/andamento/", views.andamento, name="andamento"),
    path("<uuid:codigo>/envio/tentar/", views.tentar_agora, name="tentar-envio"),
]
