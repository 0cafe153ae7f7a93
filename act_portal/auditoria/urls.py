from django.urls import URLPattern

app_name = "auditoria"
urlpatterns: list[URLPattern] = []
