"""What the adhesion writes in the trail, in the log of accesses and in the outbox, in words for people."""

from __future__ import annotations

from act_portal.auditoria import rotulos as auditoria
from act_portal.saidas import rotulos as saidas

ACOES = {
    "adesao.acesso_pedido": "Pediu acesso de gestor para o município",
    "adesao.acesso_aprovada": "Aprovou o acesso de um gestor",
    "adesao.acesso_recusada": "Recusou o acesso de um gestor",
    "abriu o pedido de acesso": "Abriu o pedido de acesso de um gestor",
}
TRABALHOS = {
    "adesao.avisar_solicitacao": "Responder a um pedido de acesso",
    "adesao.confirmar_email": "Confirmar o e-mail de um pedido de acesso",
}


def registrar() -> None:
    auditoria.rotular(ACOES)
    saidas.rotular(TRABALHOS)
