"""Actions in words, for people. Each app fills in its own in `AppConfig.ready`."""

from __future__ import annotations

ACOES: dict[str, str] = {
    "auditoria.corrente_aberta": "Abriu a trilha de um município",
    "auditoria.marco": "Marcou a trilha do dia",
    "saidas.tentar_de_novo": "Mandou tentar de novo tarefas paradas",
    "territorio.carregado": "Carregou os municípios",
}


def rotular(acoes: dict[str, str]) -> None:
    """Name actions (of events and of accesses) in words: `rotular({"requerimentos.enviado": "Enviou o pedido"})`."""
    ACOES.update(acoes)


def rotulo(acao: str) -> str:
    return ACOES.get(acao, acao)
