"""What the adhesion writes in the trail, in the log of accesses and in the outbox, in words for people."""

from __future__ import annotations

from act_portal.auditoria import rotulos as auditoria
from act_portal.saidas import rotulos as saidas

ACOES = {
    "abriu a adesão": "Abriu a adesão",
    "abriu o pedido de acesso": "Abriu o pedido de acesso de um gestor",
    "abriu um documento da adesão": "Abriu um documento da adesão",
    "adesao.aceite": "Aceitou a minuta ou o plano",
    "adesao.acesso_aprovada": "Aprovou o acesso de um gestor",
    "adesao.acesso_pedido": "Pediu acesso de gestor para o município",
    "adesao.acesso_recusada": "Recusou o acesso de um gestor",
    "adesao.comecada": "Começou a adesão",
    "adesao.desistir": "Desistiu da adesão",
    "adesao.enviar": "Enviou a adesão ao INSS",
    "adesao.formulario_salvo": "Salvou um formulário",
    "adesao.item_preenchido": "Preencheu um item",
    "adesao.item_respondido": "Respondeu um item",
    "adesao.papel_feito": "Fez um papel da adesão",
    "adesao.peca_devolvida": "Trouxe de volta um documento",
    "adesao.peca_juntada": "Juntou um documento",
    "adesao.peca_tirada": "Tirou um documento",
    "adesao.pessoa_salva": "Salvou uma pessoa indicada",
    "adesao.pessoa_tirada": "Tirou uma pessoa indicada",
    "adesao.ponto_salvo": "Salvou um ponto de atendimento",
    "adesao.ponto_tirado": "Tirou um ponto de atendimento",
    "adesao.reenviar": "Respondeu aos itens devolvidos",
    "adesao.tipo_mudado": "Mudou o tipo do pedido",
    "baixou um papel da adesão": "Baixou um papel da adesão",
}
TRABALHOS = {
    "adesao.avisar": "Avisar de uma adesão",
    "adesao.avisar_solicitacao": "Responder a um pedido de acesso",
    "adesao.confirmar_email": "Confirmar o e-mail de um pedido de acesso",
    "adesao.reavaliar": "Conferir de novo um item da adesão",
}


def registrar() -> None:
    auditoria.rotular(ACOES)
    saidas.rotular(TRABALHOS)
