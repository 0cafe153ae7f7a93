from django.urls import path

from cessao import views

app_name = "cessao"
urlpatterns = [path("", views.inicio, name="inicio")]
