"""What administrators and clerks read instead of handler names and exception classes."""

from __future__ import annotations

# The ground floor's; each app above adds its own.
TIPOS: dict[str, str] = {
    "contas.enviar_convite": "Enviar convite para a equipe",
    "contas.enviar_nova_senha": "Enviar link de nova senha",
    "emissao.renderizar": "Fazer o PDF de um papel",
}

SEM_RESPOSTA = "O outro sistema não respondeu."
BANCO = "O banco de dados não respondeu."
ARQUIVOS = "Não deu para ler ou guardar um arquivo."
ERROS = {
    "SoftTimeLimitExceeded": "Demorou demais e foi interrompido.",
    "TimeoutError": SEM_RESPOSTA,
    "ConnectTimeout": SEM_RESPOSTA,
    "ReadTimeout": SEM_RESPOSTA,
    "ConnectError": SEM_RESPOSTA,
    "ReadError": SEM_RESPOSTA,
    "RemoteProtocolError": "O outro sistema desligou no meio da conversa.",
    "ConnectionError": SEM_RESPOSTA,
    "ConnectionRefusedError": SEM_RESPOSTA,
    "OperationalError": BANCO,
    "InterfaceError": BANCO,
    "OSError": ARQUIVOS,
    "FileNotFoundError": "Um arquivo que devia existir não foi achado.",
    "PermissionError": ARQUIVOS,
    "ClientError": ARQUIVOS,
    "EndpointConnectionError": ARQUIVOS,
    "SMTPServerDisconnected": "O servidor de e-mail não respondeu.",
    "SMTPRecipientsRefused": "O servidor de e-mail recusou o destinatário.",
    "MemoryError": "Faltou memória na máquina.",
}


def rotular(tipos: dict[str, str]) -> None:
    """Name kinds of work in words: `rotular({"requerimentos.papeis": "Fazer os papéis"})`."""
    TIPOS.update(tipos)


def rotulo(tipo: str) -> str:
    return TIPOS.get(tipo, tipo)


def frase(erro: str) -> str:
    """A stored error in words. Handlers write sentences; the runner writes the class of what it did not expect."""
    if not erro or " " in erro:
        return erro
    return ERROS.get(erro, f"Falha do programa ({erro}).")
