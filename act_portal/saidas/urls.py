from django.urls import URLPattern

app_name = "saidas"
urlpatterns: list[URLPattern] = []
