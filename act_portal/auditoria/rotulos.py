"""Actions in words, for people. Each app fills in its own in `AppConfig.ready`."""

from __future__ import annotations

ACOES: dict[str, str] = {
    "auditoria.corrente_aberta": "Abriu a trilha de um município",
    "auditoria.marco": "Marcou a trilha do dia",
    "saidas.tentar_de_novo": "Mandou tentar de novo tarefas paradas",
    "territorio.carregado": "Carregou os municípios",
    "territorio.cadastro_criado": "Cadastrou uma unidade, um contato ou um feriado",
    "territorio.cadastro_alterado": "Alterou uma unidade, um município ou um feriado",
    "territorio.cadastro_apagado": "Apagou uma unidade ou um feriado",
    "territorio.acordo_registrado": "Registrou o acordo do município",
    "territorio.balcao_preparo": "Pôs o balcão em preparo",
    "territorio.balcao_aberto": "Abriu o balcão",
    "territorio.acordo_encerrado": "Encerrou o acordo do município",
    "territorio.acordo_prorrogado": "Prorrogou o acordo do município",
    "territorio.servicos_mudados": "Mudou os serviços do acordo no balcão",
    "territorio.novos_ate_um_dia": "Marcou o dia em que param os pedidos novos",
    "territorio.novos_de_volta": "Retirou o dia em que parariam os pedidos novos",
    "territorio.balcao_criado": "Criou o balcão",
    "territorio.balcao_suspenso": "Suspendeu o balcão",
    "territorio.balcao_fechado": "Fechou o balcão",
    "contas.entrou": "Entrou no portal",
    "contas.saiu": "Saiu do portal",
    "contas.entrada_recusada": "Tentou entrar e não conseguiu",
    "contas.papel_escolhido": "Escolheu o papel em que age",
    "contas.convidou": "Convidou uma pessoa para a equipe",
    "contas.administrador_criado": "Criou um administrador pelo terminal",
    "contas.convite_reenviado": "Mandou o convite de novo",
    "contas.dados_de_trabalho": "Guardou cargo, matrícula ou termo de sigilo de uma pessoa",
    "contas.dados_alterados": "Alterou os dados de uma conta",
    "contas.vinculo_encerrado": "Encerrou o acesso de uma pessoa",
    "contas.conta_desativada": "Desativou uma conta",
    "contas.conta_reativada": "Reativou uma conta",
    "contas.senha_trocada": "Trocou a própria senha",
    "contas.senha_redefinida": "Fez uma senha nova pelo e-mail",
    "contas.segundo_fator_ligado": "Ligou a segunda etapa da entrada",
    "contas.segundo_fator_retirado": "Retirou a segunda etapa da entrada",
    "contas.codigos_trocados": "Trocou os códigos de reserva",
    "emissao.pedir": "Pediu um papel",
    "emissao.emitir": "Emitiu um papel",
    "arquivo.recebido": "Recebeu um arquivo",
    "arquivo.pronto": "Separou as páginas de um arquivo",
    "arquivo.recusado": "Recusou um arquivo",
    "viu quem abriu os dados": "Viu quem abriu os dados",
}


# States that are not those of the event's target, by how the action begins.
ESTADOS: dict[str, dict[str, str]] = {}


def rotular(acoes: dict[str, str], estados: dict[str, dict[str, str]] | None = None) -> None:
    """Name actions (of events and of accesses) in words: `rotular({"requerimentos.enviado": "Enviou o pedido"})`."""
    ACOES.update(acoes)
    ESTADOS.update(estados or {})


def estado(acao: str, valor: str) -> str:
    """The label of a state of a part of the target; empty when the state is the target's own."""
    return next((nomes.get(valor, "") for comeco, nomes in ESTADOS.items() if acao.startswith(comeco)), "")


def acoes_de_evento() -> list[str]:
    """Every named action of the trail. From here and not from the rows, which a page would have to read all."""
    return [acao for acao in ACOES if _de_evento(acao)]


def acoes_de_acesso() -> list[str]:
    return [acao for acao in ACOES if not _de_evento(acao)]


def _de_evento(acao: str) -> bool:
    """An event is `app.verb`; an access is a phrase."""
    return "." in acao


def rotulo(acao: str) -> str:
    return ACOES.get(acao, acao)
