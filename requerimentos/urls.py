from django.urls import URLPattern

app_name = "requerimentos"
urlpatterns: list[URLPattern] = []
