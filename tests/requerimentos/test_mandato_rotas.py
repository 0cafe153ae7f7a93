"""Every acting route of the desk, found by the resolver: after the end of the powers none of them acts."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from act_portal.auditoria.models import Evento
from act_portal.emissao import servicos as emissao
from requerimentos.models import Obito, Pessoa, Requerimento, Revogacao
from tests.acesso.base import Caso, Cenario, montar
from tests.test_acesso import TABELA

pytestmark = pytest.mark.django_db

# Routes that act for nobody, each with its reason.
NAO_AGEM = {
    "requerimentos:lista": "a search",
    "requerimentos:recepcao": "a search",
    "requerimentos:balcao": "where the clerk sits",
    "requerimentos:cadastrar": "a new person",
    "requerimentos:proximo-da-fila": "the queue of the desk",
    "requerimentos:andar": "the queue of the desk: a visit must be able to end",
    "requerimentos:conversa-pergunta": "only talks, in a visit: what comes out of it is opened by a route that refuses",
    "requerimentos:conversa-folha": "a sheet of advice about a visit",
    "requerimentos:conversa-concluir": "the queue of the desk: a visit must be able to end",
    "requerimentos:concluir": "the queue of the desk: a visit must be able to end",
    "requerimentos:encerrar-representacao": "takes powers away",
    "requerimentos:aviso-visto": "a note of the desk about a notice that reached nobody",
    "requerimentos:obito": "the registration itself: a second one finds the first",
    "requerimentos:desfazer-obito": "the way back from a mistake, for the manager",
}
# What belongs to the person and not to one request: a revoked request does not touch it.
DA_PESSOA = {
    "requerimentos:alterar-pessoa", "requerimentos:representar", "requerimentos:alterar-representante",
    "requerimentos:dar-senha", "requerimentos:abrir",
}  # fmt: skip


def acoes() -> list[tuple[str, Caso]]:
    return [
        (rota, caso)
        for rota, casos in sorted(TABELA.items())
        for caso in casos
        if rota.startswith("requerimentos:") and caso.metodo == "POST" and rota not in NAO_AGEM
    ]


def test_o_resolvedor_nao_tem_rota_que_a_tabela_nao_conheca():
    """The access matrix names every route (`test_toda_rota_esta_em_uma_tabela`); here only that the walk is long."""
    assert len(acoes()) >= 20
    assert NAO_AGEM.keys() <= TABELA.keys()
    assert TABELA.keys() >= DA_PESSOA


@pytest.fixture
def cenario() -> Cenario:
    feito = montar()
    feito.quem = "gestor"
    return feito


def revogar_todos(autor) -> None:
    for pedido in Requerimento.objects.select_related("municipio"):
        documento = emissao.pedir("revogacao-termo", {}, municipio=pedido.municipio, autor=autor)
        Revogacao.objects.create(requerimento=pedido, documento=documento, autor=autor)


def matar_todos(autor) -> None:
    for pessoa in Pessoa.objects.all():
        Obito.objects.create(pessoa=pessoa, em=date(2026, 1, 2), documento="Matrícula 1", autor=autor)


def retrato() -> tuple:
    """What an act would change: the trail (every act is an event) and the rows of the requests."""
    eventos = Evento.objects.count()
    return eventos, list(Requerimento.objects.order_by("pk").values_list("pk", "etapa", "versao", "servico_codigo"))


CASOS = [
    (rota, caso, fim)
    for rota, caso in acoes()
    for fim in ("revogacao", "obito")
    if fim == "obito" or rota not in DA_PESSOA
]


@pytest.mark.parametrize(("rota", "caso", "fim"), CASOS, ids=[f"{rota}-{fim}" for rota, _, fim in CASOS])
def test_nenhuma_rota_age_depois_do_fim(rota, caso, fim, cenario):
    args = dict(caso.args(cenario))
    revogar_todos(cenario.eu) if fim == "revogacao" else matar_todos(cenario.eu)
    frase = "o município não age mais" if fim == "revogacao" else "ninguém mais age em nome"
    cliente = Client()
    cliente.force_login(cenario.eu)
    antes = retrato()

    resposta = cliente.post(reverse(rota, kwargs=args), dict(caso.dados(cenario)), follow=True)

    assert resposta.status_code in {200, 409, 422}, resposta.status_code
    assert frase in resposta.text, f"{rota} não disse por que não age"
    assert retrato() == antes, f"{rota} agiu depois do fim"


@pytest.mark.parametrize("fim", ["revogacao", "obito"])
def test_a_leitura_continua_aberta(fim, cenario):
    cliente = Client()
    cliente.force_login(cenario.eu)
    for rota, casos in sorted(TABELA.items()):
        if not rota.startswith("requerimentos:"):
            continue
        for caso in casos:
            if caso.metodo != "GET" or caso.esperado["gestor"] != 200 or rota in DA_PESSOA:
                continue
            with transaction.atomic():
                args = dict(caso.args(cenario))
                revogar_todos(cenario.eu) if fim == "revogacao" else matar_todos(cenario.eu)
                assert cliente.get(reverse(rota, kwargs=args), dict(caso.dados(cenario))).status_code == 200, rota
                transaction.set_rollback(True)
