"""What the adhesion writes in the trail, in the log of accesses and in the outbox, in words for people."""

from __future__ import annotations

from act_portal.auditoria import rotulos as auditoria
from act_portal.saidas import rotulos as saidas

ACOES = {
    "abriu a adesão": "Abriu a adesão",
    "abriu o acordo assinado": "Abriu o acordo assinado",
    "abriu o pedido de acesso": "Abriu o pedido de acesso de um gestor",
    "abriu um documento da adesão": "Abriu um documento da adesão",
    "adesao.aceite": "Aceitou a minuta ou o plano",
    "adesao.acesso_aprovada": "Aprovou o acesso de um gestor",
    "adesao.aprovar": "Aprovou a adesão",
    "adesao.arquivar": "Arquivou a adesão",
    "adesao.assinar_inss": "Juntou o acordo assinado pelo INSS",
    "adesao.assinar_municipio": "Enviou o acordo assinado",
    "adesao.assinatura_conferida": "Conferiu a assinatura do município",
    "adesao.assumida": "Tomou a adesão",
    "adesao.acesso_pedido": "Pediu acesso de gestor para o município",
    "adesao.acesso_recusada": "Recusou o acesso de um gestor",
    "adesao.comecada": "Começou a adesão",
    "adesao.desarquivar": "Desarquivou a adesão",
    "adesao.desistir": "Desistiu da adesão",
    "adesao.devolver": "Devolveu itens ao município",
    "adesao.documento_pedido": "Pediu mais um documento",
    "adesao.encaminhada": "Mandou a adesão a outra unidade",
    "adesao.enviar": "Enviou a adesão ao INSS",
    "adesao.exportada": "Pediu o pacote da adesão",
    "adesao.formulario_salvo": "Salvou um formulário",
    "adesao.indeferir": "Não aprovou a adesão",
    "adesao.instruir": "Mandou a adesão para decisão",
    "adesao.item_aceito": "Aceitou um item",
    "adesao.item_desfeito": "Desfez a decisão de um item",
    "adesao.item_devolvido": "Marcou um item para devolver",
    "adesao.item_dispensado": "Marcou que um item não se aplica",
    "adesao.item_preenchido": "Preencheu um item",
    "adesao.item_respondido": "Respondeu um item",
    "adesao.leitura_desfeita": "Dispensou a segunda leitura",
    "adesao.leitura_feita": "Fez a segunda leitura",
    "adesao.leitura_pedida": "Pediu segunda leitura",
    "adesao.papel_feito": "Fez um papel da adesão",
    "adesao.parecer": "Deu o parecer",
    "adesao.peca_devolvida": "Trouxe de volta um documento",
    "adesao.peca_juntada": "Juntou um documento",
    "adesao.peca_tirada": "Tirou um documento",
    "adesao.pessoa_salva": "Salvou uma pessoa indicada",
    "adesao.pessoa_tirada": "Tirou uma pessoa indicada",
    "adesao.ponto_salvo": "Salvou um ponto de atendimento",
    "adesao.ponto_tirado": "Tirou um ponto de atendimento",
    "adesao.publicar": "Registrou a publicação do acordo",
    "adesao.reconsiderar": "Reconsiderou a decisão",
    "adesao.recusar_assinatura": "Devolveu o acordo para assinar de novo",
    "adesao.reenviar": "Respondeu aos itens devolvidos",
    "adesao.regime_corrigido": "Corrigiu o regime de previdência",
    "adesao.repassada": "Passou a adesão a outra pessoa",
    "adesao.retomar": "Voltou a adesão à análise",
    "adesao.sei": "Guardou o número do SEI",
    "adesao.servicos_do_acordo": "Mudou os serviços do acordo",
    "adesao.servicos_mudados": "Mudou os serviços pedidos",
    "adesao.tomar": "Tomou a adesão",
    "adesao.tipo_mudado": "Mudou o tipo do pedido",
    "baixou o processo inteiro": "Baixou o processo inteiro da adesão",
    "baixou um papel da adesão": "Baixou um papel da adesão",
}
TRABALHOS = {
    "adesao.avisar": "Avisar de uma adesão",
    "adesao.avisar_solicitacao": "Responder a um pedido de acesso",
    "adesao.exportar": "Fazer o pacote de uma adesão",
    "adesao.confirmar_email": "Confirmar o e-mail de um pedido de acesso",
    "adesao.reavaliar": "Conferir de novo um item da adesão",
}


def registrar() -> None:
    auditoria.rotular(ACOES)
    saidas.rotular(TRABALHOS)
