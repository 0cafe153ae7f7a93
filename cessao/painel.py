"""What the cession puts in the menu and on `/painel/`."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from act_portal.contas.requests import RequestDeUsuario
from act_portal.telas.esperas import cartao
from act_portal.telas.navegacao import VISITANTE, registrar_item
from act_portal.telas.painel import Cartao, registrar_cartao
from cessao import pendencias
from cessao.pedido.consultas import lista
from cessao.permissoes import GESTOR, INSS, LOGISTICA

MAXIMO_NO_MENU = slice(None, 100)


def registrar() -> None:
    registrar_cartao(esperas, ordem=6, papeis=[*GESTOR, *INSS])
    registrar_item("Imóveis do INSS", "cessao:inicio", ordem=70, icone="chave", papeis=[VISITANTE, *GESTOR, *INSS])
    registrar_item("Cadastro de imóveis", "cessao:catalogo", ordem=72, icone="predio", papeis=LOGISTICA)
    registrar_item("Pedidos de cessão", "cessao:pedidos", ordem=74, icone="papel", papeis=[*GESTOR, *INSS],
                   contador=da_vez)  # fmt: skip
    registrar_item("Cessões", "cessao:cessoes", ordem=76, icone="chave", papeis=[*GESTOR, *INSS],
                   ramos=["cessao/vistorias/"])  # fmt: skip
    registrar_item("Imóveis da região", "cessao:regiao", ordem=78, icone="lugar", papeis=INSS)


def esperas(request: HttpRequest) -> Cartao | None:
    return cartao("Imóveis do INSS", "cessao", pendencias.de(cast(RequestDeUsuario, request).user))


def da_vez(request: HttpRequest) -> int:
    """What waits for the role in use; a town's own requests are not counted as work."""
    usuario = cast(RequestDeUsuario, request).user
    if usuario.vinculo is None or usuario.vinculo.unidade_id is None:
        return 0
    return lista(usuario).order_by()[MAXIMO_NO_MENU].count()
