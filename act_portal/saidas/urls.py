from django.urls import path

from act_portal.saidas import views

app_name = "saidas"
urlpatterns = [
    path("saude/", views.ver_saude, name="saude"),
    path("saidas/", views.painel, name="painel"),
    path("saidas/tentar/", views.tentar_todas, name="tentar_todas"),
    path("saidas/<int:pk>/tentar/", views.tentar, name="tentar"),
]
