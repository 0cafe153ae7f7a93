from django.urls import path

from requerimentos.demanda.triagem import views

urlpatterns = [
    path("atendimentos/<uuid:codigo>/conversa/", views.conversa, name="conversa"),
    path("atendimentos/<uuid:codigo>/conversa/resultado/", views.resultado, name="conversa-resultado"),
    path("atendimentos/<uuid:codigo>/conversa/folha/", views.folha, name="conversa-folha"),
    path("atendimentos/<uuid:codigo>/conversa/concluir/", views.concluir, name="conversa-concluir"),
    path("atendimentos/<uuid:codigo>/conversa/<slug:pergunta>/", views.pergunta, name="conversa-pergunta"),
]
