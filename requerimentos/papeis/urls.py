from django.urls import path

from requerimentos.papeis import views

urlpatterns = [
    path("<uuid:codigo>/formularios/", views.formularios, name="formularios"),
    path("<uuid:codigo>/formularios/rogo/", views.rogo, name="rogo"),
    path("<uuid:codigo>/formularios/estado/", views.estado, name="estado-dos-papeis"),
    path("<uuid:codigo>/formularios/fazer/", views.fazer, name="fazer-papeis"),
    path("<uuid:codigo>/formularios/assinados/", views.assinados, name="assinados"),
    path("<uuid:codigo>/formularios/imprimir/", views.imprimir, name="imprimir-papeis"),
    path("<uuid:codigo>/formularios/imprimir/<slug:especie>/", views.um_papel, name="imprimir-um-papel"),
]
