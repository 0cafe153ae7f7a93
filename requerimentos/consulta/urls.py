from django.urls import URLPattern

app_name = "consulta"
urlpatterns: list[URLPattern] = []
