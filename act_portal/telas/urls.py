from django.urls import URLPattern

app_name = "telas"
urlpatterns: list[URLPattern] = []
