from django.urls import path

from adesao.publico.onde import views

app_name = "onde"
urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("<str:codigo_ibge>/", views.cidade, name="cidade"),
]
