"""What the cession writes in the trail, in the log of accesses and in the outbox, in words for people."""

from __future__ import annotations

from act_portal.auditoria import rotulos as auditoria
from act_portal.saidas import rotulos as saidas

ACOES = {
    "cessao.espaco_guardado": "Guardou um espaço de um imóvel",
    "cessao.espaco_retirado": "Retirou um espaço do catálogo",
    "cessao.imagem_posta": "Pôs uma imagem em um imóvel",
    "cessao.imagem_tirada": "Tirou uma imagem de um imóvel",
    "cessao.importada": "Importou uma lista de imóveis",
    "cessao.imovel_cadastrado": "Cadastrou um imóvel",
    "cessao.imovel_corrigido": "Corrigiu o cadastro de um imóvel",
    "cessao.imovel_reposto": "Repôs um imóvel no catálogo",
    "cessao.imovel_retirado": "Retirou um imóvel do catálogo",
}
TRABALHOS: dict[str, str] = {}


def registrar() -> None:
    auditoria.rotular(ACOES)
    saidas.rotular(TRABALHOS)
