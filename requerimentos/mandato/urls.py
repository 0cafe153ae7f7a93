from django.urls import path

from requerimentos.mandato import views

urlpatterns = [
    path("<uuid:codigo>/mandato/", views.mandato, name="mandato"),
    path("<uuid:codigo>/mandato/rogo/", views.rogo, name="mandato-rogo"),
    path("<uuid:codigo>/mandato/renuncia/", views.renunciar, name="mandato-renuncia"),
    path("<uuid:codigo>/mandato/revogacao/", views.papel, name="mandato-papel"),
    path("<uuid:codigo>/mandato/revogacao/<str:ato>/", views.papel_parcial, name="mandato-papel-parcial"),
    path("pessoas/<int:pk>/obito/", views.obito, name="obito"),
    path("pessoas/<int:pk>/obito/desfazer/", views.desfazer_obito, name="desfazer-obito"),
]
