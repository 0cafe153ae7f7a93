from django.urls import path

from act_portal.contas.views import conta, entrada, equipe, senha

app_name = "contas"
urlpatterns = [
    path("entrar/", entrada.entrar, name="entrar"),
    path("entrar/segundo-fator/", entrada.segundo_fator, name="segundo_fator"),
    path("entrar/retomar/", entrada.retomar, name="retomar"),
    path("sair/", entrada.sair, name="sair"),
    path("papel/", entrada.papel, name="papel"),
    path("minha-conta/", conta.minha_conta, name="minha_conta"),
    path("minha-conta/senha/", conta.trocar_senha, name="trocar_senha"),
    path("minha-conta/segundo-fator/", conta.ativar_segundo_fator, name="ativar_segundo_fator"),
    path("minha-conta/segundo-fator/codigos/", conta.codigos, name="codigos"),
    path("minha-conta/segundo-fator/retirar/", conta.retirar_segundo_fator, name="retirar_segundo_fator"),
    path("esqueci-a-senha/", senha.pedir, name="esqueci_a_senha"),
    path("esqueci-a-senha/nova/", senha.definir, name="definir_senha"),
    path("equipe/", equipe.lista, name="equipe"),
    path("equipe/convidar/", equipe.convidar, name="convidar"),
    path("equipe/<int:usuario_id>/", equipe.pessoa, name="pessoa"),
    path("equipe/<int:usuario_id>/trabalho/", equipe.trabalho, name="trabalho"),
    path("equipe/<int:usuario_id>/desativar/", equipe.desativar, name="desativar"),
    path("equipe/<int:usuario_id>/reativar/", equipe.reativar, name="reativar"),
    path("equipe/<int:usuario_id>/segundo-fator/", equipe.tirar_segundo_fator, name="tirar_segundo_fator"),
    path("equipe/vinculo/<int:vinculo_id>/encerrar/", equipe.encerrar, name="encerrar_vinculo"),
    path("equipe/vinculo/<int:vinculo_id>/convite/", equipe.reenviar, name="reenviar_convite"),
]
