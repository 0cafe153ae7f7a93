from django.urls import URLPattern

app_name = "adesao"
urlpatterns: list[URLPattern] = []
