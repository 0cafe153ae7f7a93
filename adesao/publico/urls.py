from django.urls import path

from adesao.publico import views

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("posso-aderir/", views.posso_aderir, name="posso-aderir"),
    path("posso-aderir/lista/", views.lista, name="posso-aderir-lista"),
    path("posso-aderir/lista.pdf", views.lista_pdf, name="posso-aderir-pdf"),
    path("posso-aderir/comecar/", views.comecar, name="posso-aderir-comecar"),
    path("fale-com-o-inss/", views.contatos, name="contatos"),
]
