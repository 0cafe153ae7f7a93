from django.urls import path

from cessao.pedido import views

urlpatterns = [
    path("posso-pedir/", views.posso_pedir, name="posso-pedir"),
    path("pedidos/", views.lista, name="pedidos"),
    path("pedir/<uuid:espaco>/", views.pedir, name="pedir"),
    path("pedidos/<uuid:codigo>/", views.pedido, name="pedido"),
    path("pedidos/<uuid:codigo>/editar/", views.editar, name="pedido-editar"),
    path("pedidos/<uuid:codigo>/fazer/<slug:ato>/", views.agir, name="agir"),
    path("pedidos/<uuid:codigo>/documentos/<slug:item>/", views.item, name="item"),
    path("pedidos/<uuid:codigo>/documentos/<slug:item>/julgar/", views.julgar, name="julgar"),
    path("pedidos/<uuid:codigo>/adaptacoes/<int:obra>/julgar/", views.julgar_obra, name="julgar-obra"),
    path("pedidos/<uuid:codigo>/adaptacoes/<int:obra>/tirar/", views.tirar_obra, name="tirar-obra"),
    path("pedidos/<uuid:codigo>/vistoria/<uuid:achado>/foto/", views.foto_do_parecer, name="foto-do-parecer"),
    path("pedidos/<uuid:codigo>/vistoria/<uuid:achado>/tirar/", views.tirar_achado, name="tirar-achado"),
    path("pedidos/<uuid:codigo>/papeis/<int:papel>/", views.papel, name="papel"),
    path("pedidos/<uuid:codigo>/assinados/<int:assinatura>/", views.assinado, name="assinado"),
    path("arquivos/<uuid:codigo>/", views.abrir_peca, name="peca"),
    path("arquivos/<uuid:codigo>/tirar/", views.tirar_peca, name="tirar-peca"),
]
