from django.urls import URLPattern

app_name = "contas"
urlpatterns: list[URLPattern] = []
