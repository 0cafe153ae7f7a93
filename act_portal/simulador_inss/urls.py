from django.urls import path

from act_portal.simulador_inss import api, console, documentacao, treino

handler404 = "act_portal.simulador_inss.api.nao_achado"

# The names are those of `situacoes.Rota`: a fault is set for one of them.
urlpatterns = [
    path("", console.tarefas, name="tarefas"),
    path("entrar/", console.entrar, name="entrar"),
    path("sair/", console.sair, name="sair"),
    path("tarefas/<str:protocolo>/", console.tarefa, name="tarefa"),
    path("tarefas/<str:protocolo>/analise/", console.analisar, name="analisar"),
    path("tarefas/<str:protocolo>/exigencia/", console.exigir, name="exigir"),
    path("tarefas/<str:protocolo>/decisao/", console.decidir, name="decidir"),
    path("tarefas/<str:protocolo>/agendamento/", console.agendar, name="agendar"),
    path("tarefas/<str:protocolo>/agendamento/<str:agendamento>/", console.registrar, name="registrar"),
    path("tarefas/<str:protocolo>/carta/", console.ver_carta, name="ver-carta"),
    path("tarefas/<str:protocolo>/anexos/<int:pk>/", console.ver_anexo, name="ver-anexo"),
    path("automatico/", console.automatico, name="automatico"),
    path("falhas/", console.falhas_de_proposito, name="falhas"),
    path("falhas/desligar/", console.desligar_falhas, name="desligar-falhas"),
    path("api/", documentacao.pagina, name="documentacao"),
    path("api/openapi.json", documentacao.descricao, name="openapi"),
    path("api/anexos/<str:sha256>", api.anexo, name="anexo"),
    path("api/requerimentos", api.requerimentos, name="requerer"),
    path("api/requerimentos/<str:protocolo>", api.requerimento, name="consultar"),
    path("api/requerimentos/<str:protocolo>/exigencias/<str:codigo>/cumprimento", api.cumprimento, name="cumprir"),
    path("api/requerimentos/<str:protocolo>/cancelamento", api.cancelamento, name="cancelar"),
    path("api/requerimentos/<str:protocolo>/agendamentos", api.marcacao, name="marcar"),
    path("api/requerimentos/<str:protocolo>/agendamentos/<str:numero>/remarcacao", api.remarcacao, name="remarcar"),
    path("api/requerimentos/<str:protocolo>/agendamentos/<str:numero>/desmarcacao", api.desmarcacao, name="desmarcar"),
    path("api/unidades", api.unidades, name="unidades"),
    path("api/vagas", api.vagas, name="vagas"),
    path("api/requerimentos/<str:protocolo>/carta", api.carta_da_decisao, name="carta"),
    path("api/servicos", api.lista_de_servicos, name="servicos"),
    path("api/situacao", api.situacao_do_sistema, name="situacao"),
    path("_treino/tarefas", treino.tarefas, name="treino-tarefas"),
    path("_treino/automatico", treino.automatico, name="treino-automatico"),
    path("_treino/<str:protocolo>/exigencias", treino.exigir, name="treino-exigir"),
    path("_treino/<str:protocolo>/analise", treino.analisar, name="treino-analisar"),
    path("_treino/<str:protocolo>/decisao", treino.decidir, name="treino-decidir"),
    path("_treino/<str:protocolo>/agendamentos", treino.agendar, name="treino-agendar"),
    path("_treino/<str:protocolo>/agendamentos/<str:numero>", treino.registrar, name="treino-registrar"),
    path("_falhas", treino.falhas_de_proposito, name="falhas-api"),
]
