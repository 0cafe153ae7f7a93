"""Every route of the portal × every kind of person. How to add lines: `tests/acesso/__init__.py`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

import tests.acesso
from tests.acesso.base import ENTRADA, OUTRAS_PESSOAS, PESSOAS, Caso, Cenario, montar

pytestmark = pytest.mark.django_db

# The Django admin is one group: its own test below.
EM_GRUPO = {"admin"}


def _tabelas() -> dict[str, list[Caso]]:
    junto: dict[str, list[Caso]] = {}
    for achado in pkgutil.iter_modules(tests.acesso.__path__):
        modulo = importlib.import_module(f"tests.acesso.{achado.name}")
        tabela = getattr(modulo, "TABELA", {})
        repetidas = junto.keys() & tabela.keys()
        assert not repetidas, f"Rotas em duas tabelas de acesso: {sorted(repetidas)}"
        junto |= tabela
    return junto


def _rotas(resolver: URLResolver, prefixo: str = "") -> Iterator[str]:
    for padrao in resolver.url_patterns:
        if isinstance(padrao, URLResolver):
            if padrao.app_name not in EM_GRUPO:
                yield from _rotas(padrao, f"{prefixo}{padrao.namespace}:" if padrao.namespace else prefixo)
        else:
            yield f"{prefixo}{padrao.name or f'(sem nome: {padrao.pattern})'}"


TABELA = _tabelas()
CASOS = [(rota, n, caso) for rota, casos in sorted(TABELA.items()) for n, caso in enumerate(casos)]


@pytest.fixture
def cenario() -> Cenario:
    return montar()


def _caminho(caso: Caso, rota: str, cenario: Cenario) -> str:
    return reverse(rota, kwargs=dict(caso.args(cenario)))


def _pedir(caso: Caso, rota: str, cenario: Cenario, metodo: str | None = None, pronto: str = "") -> tuple[int, str]:
    """The status that `cenario.quem` gets; nothing that the request writes stays."""
    cliente = Client()
    antes = dict(vars(cenario))
    with transaction.atomic():
        caminho = pronto or _caminho(caso, rota, cenario)
        if cenario.eu:
            cliente.force_login(cenario.eu)
        resposta = cliente.generic(metodo, caminho) if metodo else _enviar(cliente, caso, caminho, cenario)
        transaction.set_rollback(True)
    vars(cenario).clear()
    vars(cenario).update(antes)
    return resposta.status_code, resposta.headers.get("Location", "")


def _enviar(cliente: Client, caso: Caso, caminho: str, cenario: Cenario):
    dados = dict(caso.dados(cenario))
    return cliente.post(caminho, dados) if caso.metodo == "POST" else cliente.get(caminho, dados)


def test_toda_rota_esta_em_uma_tabela():
    rotas = set(_rotas(get_resolver()))

    faltam = sorted(rotas - TABELA.keys())
    assert not faltam, "\n".join(
        f"A rota {rota} não está em nenhuma tabela: diga em tests/acesso/{rota.split(':')[0]}.py quem a alcança."
        for rota in faltam
    )
    sobram = sorted(TABELA.keys() - rotas)
    assert not sobram, f"Tabelas de acesso com rotas que não existem mais: {sobram}"


def test_todo_caso_fala_de_todas_as_pessoas():
    incompletos = [
        (rota, caso.metodo)
        for rota, _, caso in CASOS
        if not set(PESSOAS) <= set(caso.esperado) <= {*PESSOAS, *OUTRAS_PESSOAS}
    ]

    assert not incompletos


@pytest.mark.parametrize(("rota", "n", "caso"), CASOS, ids=[f"{rota}-{caso.metodo}-{n}" for rota, n, caso in CASOS])
def test_cada_pessoa_recebe_o_que_a_tabela_diz(rota, n, caso, cenario):
    erros = []
    # What everybody asks about is built once, unless it depends on who asks.
    antes, volta = dict(vars(cenario)), transaction.savepoint()
    pronto = _caminho(caso, rota, cenario)
    if cenario.olharam_quem:
        pronto = ""
        transaction.savepoint_rollback(volta)
        vars(cenario).clear()
        vars(cenario).update(antes)
    for quem in caso.esperado:
        cenario.quem = quem
        situacao, destino = _pedir(caso, rota, cenario, pronto=pronto)
        esperada = caso.esperado[quem]
        certo = situacao == 302 and destino.startswith("/entrar/") if esperada == ENTRADA else situacao == esperada
        if not certo:
            erros.append(f"{quem}: esperava {esperada}, recebeu {situacao} {destino}")

    assert not erros, f"{caso.metodo} {rota}\n" + "\n".join(erros)


@pytest.mark.parametrize("rota", sorted(TABELA))
def test_metodo_fora_da_tabela_recebe_405(rota, cenario):
    casos = TABELA[rota]
    caso = casos[0]
    cenario.quem = next((p for p in reversed(PESSOAS) if 0 < caso.esperado[p] < 400), "administrador")
    fora = {"GET", "POST"} - {c.metodo for c in casos} | {"PUT", "DELETE"}

    for metodo in sorted(fora):
        situacao, _ = _pedir(caso, rota, cenario, metodo)
        assert situacao == 405, f"{metodo} {rota} respondeu {situacao} a {cenario.quem}"


def test_o_painel_tecnico_e_so_dos_administradores(cenario):
    caminhos = [reverse("admin:index")] + [
        reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist")
        for modelo in admin.site._registry
    ]
    for quem in PESSOAS:
        cliente = Client()
        cenario.quem = quem
        if cenario.eu:
            cliente.force_login(cenario.eu)
        for caminho in caminhos:
            resposta = cliente.get(caminho, follow=True)
            ultimo = resposta.redirect_chain[-1][0] if resposta.redirect_chain else ""
            if quem == "administrador":
                assert (resposta.status_code, ultimo) == (200, ""), caminho
            elif quem == "anonimo":
                assert ultimo.startswith("/entrar/"), caminho
            else:
                assert resposta.status_code == 403, f"{quem} em {caminho}"
