from django.urls import path

from act_portal.auditoria import views

app_name = "auditoria"
urlpatterns = [
    path("auditoria/", views.eventos, name="eventos"),
    path("auditoria/acessos/", views.acessos, name="acessos"),
    path("auditoria/acessos/<int:titular_id>/", views.acessos_do_titular, name="acessos_do_titular"),
    path("auditoria/acessos/<int:titular_id>/lista/", views.lista_do_titular, name="lista_do_titular"),
]
