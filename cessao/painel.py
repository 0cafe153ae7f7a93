"""What the cession puts in the menu and on `/painel/`."""

from __future__ import annotations

from act_portal.telas.navegacao import VISITANTE, registrar_item
from cessao.permissoes import INSS


def registrar() -> None:
    papeis = [VISITANTE, "gestor", *INSS]
    registrar_item("Imóveis do INSS", "cessao:inicio", ordem=70, icone="chave", papeis=papeis)
    registrar_item("Cadastro de imóveis", "cessao:catalogo", ordem=72, icone="predio", papeis=INSS)
