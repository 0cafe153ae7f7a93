from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.timezone import localdate, now
from hypothesis import HealthCheck, settings

from act_portal.cotas import servicos as cotas
from act_portal.saidas import servicos as saidas
from act_portal.saidas import tarefas
from adesao.publico.onde import consultas as onde
from requerimentos.consulta import consultas, paginas
from tests.simulador import _processo_do_simulador, simulador  # noqa: F401 - fixtures of the pretend INSS

IMPORTADO_EM = localdate()
SO_ACRESCENTAM = ("auditoria_acesso", "auditoria_evento")
DO_DJANGO = ("django_content_type", "auth_permission")

# How fast a machine is proves nothing about the code: tests carry no time limits.
settings.register_profile("sem_relogio", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sem_relogio")

# Fixtures of pytest-django that open the database; without one of them, or its mark, a test that tries is refused.
DO_BANCO = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs on an engine: only these tests can tell one pair of engines from another."""
    for item in items:
        marcas = ("django_db", "trabalhador", "producao")
        if DO_BANCO & set(getattr(item, "fixturenames", ())) or any(map(item.get_closest_marker, marcas)):
            item.add_marker(pytest.mark.motores)


@pytest.fixture(scope="session", autouse=True)
def esvaziar_depressa() -> Iterator[None]:
    """PostgreSQL makes the files of every table anew at each TRUNCATE: seconds after every test that commits.

    Deleting a few rows takes a moment. Keys are checked at the end of the transaction, so the order does not matter.
    What Django itself writes after a migration stays, and need not be written again.
    """
    with pytest.MonkeyPatch.context() as durante:
        durante.setattr(flush, "sql_flush", _apagar)
        durante.setattr(flush, "emit_post_migrate_signal", lambda *args, **kwargs: None)
        yield


def _apagar(style: object, connection: BaseDatabaseWrapper, **opcoes: bool) -> list[str]:
    tabelas = set(connection.introspection.django_table_names(only_existing=True)) - {*DO_DJANGO, *SO_ACRESCENTAM}
    comandos = [f"DELETE FROM {connection.ops.quote_name(tabela)};" for tabela in sorted(tabelas)]  # noqa: S608
    # The trail refuses that a row be deleted; SQLite knows no other way and lets it.
    if connection.vendor == "sqlite":
        return [*comandos, *(f"DELETE FROM {tabela};" for tabela in SO_ACRESCENTAM)]  # noqa: S608
    return [f"TRUNCATE {', '.join(SO_ACRESCENTAM)};", " ".join(comandos)]


@pytest.fixture
def fila_anotada(monkeypatch) -> list[int]:
    """Notes what would be sent to the broker, without running it."""
    anotadas: list[int] = []
    monkeypatch.setattr(tarefas.cumprir, "apply_async", lambda args, kwargs=None, **opcoes: anotadas.append(args[0]))
    return anotadas


@pytest.fixture
def fila_na_hora(monkeypatch) -> None:
    """The ring runs the work at once, in the same thread."""
    monkeypatch.setattr(tarefas.cumprir, "apply_async", lambda args, kwargs=None, **opcoes: saidas.executar(args[0]))


@pytest.fixture(autouse=True)
def cache_limpo() -> None:
    """What one test made the process remember is no business of the next one."""
    cache.clear()
    for lembrada in (consultas._balcao, consultas._servico, paginas._pedacos, onde._cidades):
        lembrada.cache_clear()


@pytest.fixture(autouse=True)
def hoje_do_teste(request, monkeypatch) -> None:
    """A run may cross midnight: HOJE of a module that took the day of the import is the day on which a test begins."""
    if getattr(request.module, "HOJE", None) == IMPORTADO_EM:
        monkeypatch.setattr(request.module, "HOJE", localdate())


@pytest.fixture(autouse=True)
def janela_parada(monkeypatch) -> None:
    """Limits count in fixed windows: no test may fail because it ran over the end of one."""
    agora = now()
    monkeypatch.setattr(cotas, "now", lambda: agora)


@pytest.fixture(autouse=True)
def sem_broker(request, monkeypatch) -> None:
    """Without a queue fixture nothing is published: a test must not leave messages for another one."""
    if not {"fila_anotada", "fila_na_hora"} & set(request.fixturenames) and not request.node.get_closest_marker(
        "trabalhador"
    ):
        monkeypatch.setattr(tarefas.cumprir, "apply_async", lambda *args, **kwargs: None)
