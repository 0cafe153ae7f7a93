from django.urls import path

from requerimentos.recepcao import views

urlpatterns = [
    path("recepcao/", views.recepcao, name="recepcao"),
    path("recepcao/nova-pessoa/", views.cadastrar, name="cadastrar"),
    path("recepcao/balcao/", views.balcao, name="balcao"),
    path("fila/", views.fila, name="fila"),
    path("fila/proximo/", views.proximo_da_fila, name="proximo-da-fila"),
    path("pessoas/<int:pk>/", views.pessoa, name="pessoa"),
    path("pessoas/<int:pk>/alterar/", views.alterar, name="alterar-pessoa"),
    path("pessoas/<int:pk>/representante/", views.representar, name="representar"),
    path("pessoas/<int:pk>/senha/", views.dar_senha, name="dar-senha"),
    path("representantes/<int:pk>/alterar/", views.alterar_representante, name="alterar-representante"),
    path("representantes/<int:pk>/encerrar/", views.encerrar_representacao, name="encerrar-representacao"),
    path("atendimentos/<uuid:codigo>/", views.atendimento, name="atendimento"),
    path("atendimentos/<uuid:codigo>/senha/", views.senha, name="senha"),
    path("atendimentos/<uuid:codigo>/andar/", views.andar, name="andar"),
    path("atendimentos/<uuid:codigo>/concluir/", views.concluir, name="concluir"),
    path("atendimentos/<uuid:codigo>/orientacao/", views.orientacao, name="orientacao"),
]
