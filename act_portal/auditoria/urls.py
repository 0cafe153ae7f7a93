from django.urls import path

from act_portal.auditoria import views

app_name = "auditoria"
urlpatterns = [
    path("auditoria/", views.eventos, name="eventos"),
    path("auditoria/acessos/", views.acessos, name="acessos"),
]
