from django.urls import path

from adesao.habilitacao import views

urlpatterns = [
    path("<uuid:codigo>/acordo/indicar/", views.indicar, name="indicar"),
    path("habilitacoes/<uuid:codigo>/", views.pessoa, name="habilitacao"),
    path("habilitacoes/<uuid:codigo>/desligar/", views.desligar, name="desligar"),
    path("habilitacoes/<uuid:codigo>/<slug:requisito>/enviar/", views.enviar, name="enviar-comprovacao"),
    path("habilitacoes/<uuid:codigo>/<slug:requisito>/fazer/", views.fazer_termo, name="fazer-termo"),
    path("habilitacoes/<uuid:codigo>/<slug:requisito>/papel/", views.termo, name="termo"),
    path("comprovacoes/<uuid:codigo>/", views.abrir_comprovacao, name="abrir-comprovacao"),
    path("comprovacoes/<uuid:codigo>/confirmar/", views.confirmar, name="confirmar-comprovacao"),
    path("comprovacoes/<uuid:codigo>/recusar/", views.recusar, name="recusar-comprovacao"),
]
