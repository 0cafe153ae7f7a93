from django.urls import path

from requerimentos.consulta import views

app_name = "consulta"
urlpatterns = [path("", views.inicio, name="inicio")]
