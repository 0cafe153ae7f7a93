from django.urls import URLPattern

app_name = "cessao"
urlpatterns: list[URLPattern] = []
