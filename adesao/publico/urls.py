from django.urls import path

from adesao.publico import views

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("posso-aderir/", views.posso_aderir, name="posso_aderir"),
    path("posso-aderir/lista/", views.lista, name="lista"),
    path("posso-aderir/lista.pdf", views.lista_pdf, name="lista_pdf"),
    path("posso-aderir/comecar/", views.comecar, name="comecar"),
    path("fale-com-o-inss/", views.contatos, name="contatos"),
]
