"""What the cession writes in the trail, in the log of accesses and in the outbox, in words for people."""

from __future__ import annotations

from act_portal.auditoria import rotulos as auditoria
from act_portal.saidas import rotulos as saidas
from cessao.situacoes import Ocupacao, SituacaoAditivo

ACOES = {
    "abriu um documento da cessão": "Abriu um documento da cessão",
    "abriu um pedido de cessão": "Abriu um pedido de cessão",
    "baixou um papel da cessão": "Baixou um papel da cessão",
    "cessao.aditivo_aprovar": "Aprovou a prorrogação",
    "cessao.aditivo_assinar": "Enviou o aditivo assinado",
    "cessao.aditivo_assinar_inss": "Juntou o aditivo assinado pelo INSS",
    "cessao.aditivo_caducar": "A prorrogação ficou sem efeito",
    "cessao.aditivo_negar": "Não aprovou a prorrogação",
    "cessao.aditivo_opinar": "Deu o parecer da prorrogação",
    "cessao.aditivo_pedido": "Pediu prorrogação",
    "cessao.aditivo_publicar": "Registrou a publicação da prorrogação",
    "cessao.aditivo_recusar_assinatura": "Devolveu o aditivo para assinar de novo",
    "cessao.ambiente_guardado": "Guardou um ambiente da vistoria",
    "cessao.ambiente_tirado": "Tirou um ambiente da vistoria",
    "cessao.aprovar": "Aprovou a cessão",
    "cessao.arquivar": "Arquivou o pedido de cessão",
    "cessao.assinar": "Enviou o termo assinado",
    "cessao.assinar_inss": "Juntou o termo assinado pelo INSS",
    "cessao.assumido": "Assumiu o pedido de cessão",
    "cessao.cnpj_aceito": "Viu que o CNPJ recusado é de órgão público",
    "cessao.comecado": "Começou um pedido de cessão",
    "cessao.dano_anotado": "Anotou um dano na vistoria",
    "cessao.dano_tirado": "Tirou um dano da vistoria",
    "cessao.desarquivar": "Desarquivou o pedido de cessão",
    "cessao.desistir": "Desistiu do pedido de cessão",
    "cessao.devolver": "Devolveu itens do pedido de cessão",
    "cessao.editado": "Mudou o pedido de cessão",
    "cessao.enviar": "Enviou o pedido de cessão",
    "cessao.espaco_guardado": "Guardou um espaço de um imóvel",
    "cessao.espaco_retirado": "Retirou um espaço do catálogo",
    "cessao.foto_posta": "Pôs uma foto na vistoria",
    "cessao.foto_tirada": "Tirou uma foto da vistoria",
    "cessao.imagem_posta": "Pôs uma imagem em um imóvel",
    "cessao.imagem_tirada": "Tirou uma imagem de um imóvel",
    "cessao.imovel_cadastrado": "Cadastrou um imóvel",
    "cessao.imovel_corrigido": "Corrigiu o cadastro de um imóvel",
    "cessao.imovel_reposto": "Repôs um imóvel no catálogo",
    "cessao.imovel_retirado": "Retirou um imóvel do catálogo",
    "cessao.importada": "Importou uma lista de imóveis",
    "cessao.indeferir": "Não aprovou a cessão",
    "cessao.item_aceito": "Aceitou um documento",
    "cessao.item_devolvido": "Devolveu um documento",
    "cessao.item_dispensado": "Marcou que um documento não se aplica",
    "cessao.manifestar": "Manifestou-se sobre a cessão",
    "cessao.manter": "Manteve a decisão no recurso",
    "cessao.notificacao_respondida": "Respondeu à notificação",
    "cessao.opinar": "Deu o parecer da cessão",
    "cessao.papel_feito": "Fez um papel da cessão",
    "cessao.peca_juntada": "Juntou um arquivo ao pedido",
    "cessao.peca_tirada": "Tirou um arquivo do pedido",
    "cessao.prover": "Acolheu o recurso",
    "cessao.publicar": "Registrou a publicação da cessão",
    "cessao.recorrer": "Recorreu da decisão",
    "cessao.recusar_assinatura": "Devolveu o termo para assinar de novo",
    "cessao.reenviar": "Respondeu aos itens devolvidos",
    "cessao.retomar": "Voltou o pedido à análise",
    "cessao.sei": "Guardou o número do SEI",
    "cessao.solto": "Soltou o pedido de cessão",
    "cessao.termo_acolher": "Acolheu a resposta à notificação",
    "cessao.termo_cancelar": "Deixou o termo sem efeito",
    "cessao.termo_desfazer": "Desfez o termo",
    "cessao.termo_devolver_antes": "Avisou que vai sair",
    "cessao.termo_encerrar": "Recebeu o espaço e encerrou a cessão",
    "cessao.termo_entregar": "Recebeu as chaves",
    "cessao.termo_liberar": "Publicou o termo",
    "cessao.termo_notificar": "Notificou uso irregular",
    "cessao.termo_refazer": "Refez o termo",
    "cessao.termo_revogar": "Retomou o espaço",
    "cessao.termo_vencer": "O prazo passou sem devolução",
    "cessao.tomar": "Tomou o pedido de cessão",
    "cessao.vistoria_aberta": "Abriu uma vistoria",
    "cessao.vistoria_assinada": "Assinou a vistoria",
    "cessao.vistoria_corrigida": "Corrigiu a vistoria",
    "cessao.vistoria_desfeita": "Desfez a vistoria",
    "cessao.vistoria_fechada": "Fechou a vistoria",
}
# The target of the trail is the request; these speak of its term and of an extension.
ESTADOS = {"cessao.termo_": dict(Ocupacao.choices), "cessao.aditivo_": dict(SituacaoAditivo.choices)}
TRABALHOS = {"cessao.avisar": "Avisar de uma cessão"}


def registrar() -> None:
    auditoria.rotular(ACOES, ESTADOS)
    saidas.rotular(TRABALHOS)
