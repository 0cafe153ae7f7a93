from django.urls import path

from adesao import views

app_name = "adesao"
urlpatterns = [path("", views.inicio, name="inicio")]
