from django.urls import path

from requerimentos.acompanhamento import views, views_exigencia

urlpatterns = [
    path("exigencias/", views_exigencia.exigencias, name="exigencias"),
    path("exigencias/<uuid:codigo>/", views_exigencia.exigencia, name="exigencia"),
    path("exigencias/<uuid:codigo>/texto/", views_exigencia.guardar, name="guardar-resposta"),
    path("exigencias/<uuid:codigo>/responder/", views_exigencia.responder, name="responder-exigencia"),
    path("exigencias/<uuid:codigo>/ciencia/", views_exigencia.ciencia, name="ciencia-exigencia"),
    path("exigencias/<uuid:codigo>/prorrogar/", views_exigencia.prorrogar, name="prorrogar-exigencia"),
    path("avisos/<int:pk>/visto/", views.aviso_visto, name="aviso-visto"),
    path("<uuid:codigo>/acompanhamento/", views.acompanhamento, name="acompanhamento"),
    path("<uuid:codigo>/acompanhamento/consultar/", views.consultar_agora, name="consultar-agora"),
    path("<uuid:codigo>/comprovante/", views.comprovante, name="comprovante"),
    path("<uuid:codigo>/comprovante/chave/", views.trocar_chave, name="trocar-chave"),
    path("<uuid:codigo>/resultado/", views.resultado, name="resultado"),
    path("<uuid:codigo>/resultado/entregar/", views.entregar, name="entregar-resultado"),
    path("<uuid:codigo>/resultado/carta/", views.carta, name="carta"),
    path("<uuid:codigo>/resultado/termo/", views.termo_entrega, name="termo-entrega"),
]
