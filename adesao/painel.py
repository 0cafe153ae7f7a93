"""What the adhesion puts in the menu and on `/painel/`."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from act_portal.contas.models import Vinculo
from act_portal.contas.requests import RequestDeUsuario
from act_portal.telas.esperas import cartao
from act_portal.telas.navegacao import VISITANTE, registrar_item
from act_portal.telas.painel import Cartao, registrar_cartao
from adesao import pendencias
from adesao.analise.consultas import fila
from adesao.models import Solicitacao
from adesao.permissoes import INSS, MUNICIPIO
from adesao.situacoes import SituacaoSolicitacao

ANALISTA, AUTORIDADE, GESTOR = Vinculo.Papel.ANALISTA, Vinculo.Papel.AUTORIDADE, Vinculo.Papel.GESTOR
# More than this says only "a lot", and counting on would cost.
MAXIMO_NO_MENU = 100
UM_PEDIDO = "adesao/<uuid:codigo>/"


def registrar() -> None:
    registrar_cartao(esperas, ordem=35, papeis=[GESTOR])
    registrar_cartao(esperas_do_inss, ordem=5, papeis=[ANALISTA, AUTORIDADE])
    registrar_item("Onde ser atendido", "onde:inicio", ordem=20, icone="lugar", papeis=[VISITANTE])
    registrar_item("Para prefeituras", "adesao:inicio", ordem=60, icone="predio", papeis=[VISITANTE, *MUNICIPIO, *INSS])
    registrar_item("Adesão", "adesao:pedido", ordem=65, icone="papel", papeis=MUNICIPIO, ramos=[UM_PEDIDO])
    registrar_item(
        "Acordo", "adesao:meu-acordo", ordem=66, icone="certo-c", papeis=MUNICIPIO,
        ramos=[f"{UM_PEDIDO}acordo/", "adesao/habilitacoes/"],
    )  # fmt: skip
    registrar_item(
        "Números", "adesao:meus-numeros", ordem=67, icone="grafico", papeis=MUNICIPIO, ramos=["adesao/municipios/"]
    )
    registrar_item("Região", "adesao:regiao", ordem=67, icone="grafico", papeis=INSS, ramos=["adesao/municipios/"])
    registrar_item(
        "Adesões", "adesao:fila", ordem=68, icone="papel", papeis=INSS, contador=adesoes_com_o_inss,
        ramos=[UM_PEDIDO, "adesao/habilitacoes/", "adesao/anteriores/"],
    )  # fmt: skip
    registrar_item("Acessos", "adesao:acessos", ordem=70, icone="pessoa", papeis=INSS, contador=acessos_pendentes)


def esperas(request: HttpRequest) -> Cartao | None:
    achadas = pendencias.do_gestor(cast(RequestDeUsuario, request).user)
    return cartao("Adesão e acordo", "adesao", achadas)


def esperas_do_inss(request: HttpRequest) -> Cartao | None:
    usuario = cast(RequestDeUsuario, request).user
    decide = usuario.vinculo is not None and usuario.vinculo.papel == AUTORIDADE
    achadas = pendencias.da_autoridade(usuario) if decide else pendencias.do_analista(usuario)
    titulo = "Espera a sua decisão" if decide else "Adesões e acordos"
    return cartao(titulo, "adesao", achadas)


def adesoes_com_o_inss(request: HttpRequest) -> int:
    return fila(cast(RequestDeUsuario, request).user).order_by()[:MAXIMO_NO_MENU].count()


def acessos_pendentes(request: HttpRequest) -> int:
    usuario = cast(RequestDeUsuario, request).user
    pendentes = Solicitacao.objects.visiveis_para(usuario).filter(situacao=SituacaoSolicitacao.PENDENTE)
    return pendentes.order_by()[:MAXIMO_NO_MENU].count()
