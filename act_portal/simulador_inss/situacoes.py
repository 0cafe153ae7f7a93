"""States of a task in the words of PAT, and the moves that the simulator allows."""

from __future__ import annotations

from django.db.models import TextChoices


class Situacao(TextChoices):
    PENDENTE = "PENDENTE", "Pendente"
    EM_ANALISE = "EM_ANALISE", "Em análise"
    CUMPRIMENTO_DE_EXIGENCIA = "CUMPRIMENTO_DE_EXIGENCIA", "Exigência"
    CONCLUIDA = "CONCLUIDA", "Concluída"
    CANCELADA = "CANCELADA", "Cancelada"

    @property
    def final(self) -> bool:
        return not CAMINHOS[self]

    def pode_ir_para(self, destino: Situacao) -> bool:
        return destino in CAMINHOS[self]


S = Situacao
CAMINHOS: dict[Situacao, frozenset[Situacao]] = {
    S.PENDENTE: frozenset({S.EM_ANALISE, S.CUMPRIMENTO_DE_EXIGENCIA, S.CONCLUIDA, S.CANCELADA}),
    S.EM_ANALISE: frozenset({S.CUMPRIMENTO_DE_EXIGENCIA, S.CONCLUIDA, S.CANCELADA}),
    # A second exigência may be issued while the first one waits.
    S.CUMPRIMENTO_DE_EXIGENCIA: frozenset({S.CUMPRIMENTO_DE_EXIGENCIA, S.EM_ANALISE, S.CONCLUIDA, S.CANCELADA}),
    S.CONCLUIDA: frozenset(),
    S.CANCELADA: frozenset(),
}


class Resultado(TextChoices):
    DEFERIDO = "deferido", "Deferido"
    INDEFERIDO = "indeferido", "Indeferido"
    PARCIAL = "parcial", "Deferido em parte"
    ARQUIVADO = "arquivado", "Arquivado sem análise de mérito"
    DESISTENCIA = "desistencia", "Desistência"


class EstadoExigencia(TextChoices):
    ABERTA = "ABERTA", "Aberta"
    CUMPRIDA = "CUMPRIDA", "Cumprida"
    ENCERRADA = "ENCERRADA", "Encerrada sem cumprimento"


class TipoAgendamento(TextChoices):
    PERICIA_MEDICA = "PERICIA_MEDICA", "Perícia médica"
    AVALIACAO_SOCIAL = "AVALIACAO_SOCIAL", "Avaliação social"


class EstadoAgendamento(TextChoices):
    AGENDADO = "AGENDADO", "Agendado"
    REMARCADO = "REMARCADO", "Remarcado"
    CUMPRIDO = "CUMPRIDO", "Cumprido"
    CANCELADO = "CANCELADO", "Cancelado"
    FALTOU = "FALTOU", "Não compareceu"


# An hour once used, or missed, is nobody else's.
OCUPAM = (EstadoAgendamento.AGENDADO, EstadoAgendamento.CUMPRIDO, EstadoAgendamento.FALTOU)
# What a trainer records of an appointment that stands.
DO_DIA = {
    estado.value: estado
    for estado in (EstadoAgendamento.CUMPRIDO, EstadoAgendamento.FALTOU, EstadoAgendamento.CANCELADO)
}


class Rota(TextChoices):
    """What of the API a fault may hit; the values are the names of the routes."""

    ANEXO = "anexo", "Receber arquivo"
    REQUERER = "requerer", "Receber requerimento"
    CONSULTAR = "consultar", "Consultar tarefa"
    MUDANCAS = "mudancas", "Listar mudanças"
    CUMPRIR = "cumprir", "Cumprir exigência"
    CANCELAR = "cancelar", "Cancelar"
    UNIDADES = "unidades", "Lista de unidades"
    VAGAS = "vagas", "Listar horários livres"
    MARCAR = "marcar", "Marcar perícia ou avaliação"
    REMARCAR = "remarcar", "Remarcar"
    DESMARCAR = "desmarcar", "Desmarcar"
    CARTA = "carta", "Carta da decisão"
    SERVICOS = "servicos", "Lista de serviços"
    SITUACAO = "situacao", "Situação do sistema"


class TipoFalha(TextChoices):
    LENTO = "lento", "Demorar para responder"
    ERRO_500 = "erro_500", "Erro 500"
    DERRUBAR_ANTES = "derrubar_antes", "Cair antes de gravar"
    DERRUBAR_DEPOIS = "derrubar_depois", "Gravar e cair antes de responder"
    PEDIDO_REPETIDO = "pedido_repetido", "Receber o mesmo pedido duas vezes"
    RESPOSTA_DUPLICADA = "resposta_duplicada", "Responder duas vezes"
    MANUTENCAO = "manutencao", "Janela de manutenção (503)"
    MUITAS_CHAMADAS = "muitas_chamadas", "Chamadas demais (429)"
    PAGINA_HTML = "pagina_html", "Responder uma página em vez de dados"
    JSON_QUEBRADO = "json_quebrado", "Responder dados cortados"
    REDIRECIONAR = "redirecionar", "Mandar para a tela de entrada"
