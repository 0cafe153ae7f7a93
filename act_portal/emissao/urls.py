from django.urls import path

from act_portal.emissao import views

app_name = "emissao"
urlpatterns = [path("", views.conferir, name="conferir")]
