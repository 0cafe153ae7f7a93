"""Real processes and a real browser. They start once for all journeys; each journey has its own people and window."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.jornadas.portal import Portal

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
OPCOES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.jornada)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


def _porta_livre() -> int:
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        return int(tomada.getsockname()[1])


@pytest.fixture(scope="session")
def portal(_processo_do_simulador) -> Iterator[Portal]:
    inss = (_processo_do_simulador.base_url, _processo_do_simulador.token)
    with tempfile.TemporaryDirectory(prefix="act-jornada-") as pasta:
        portal = Portal(Path(pasta), _porta_livre(), inss, settings.DATABASE_URL, settings.CELERY_BROKER_URL)
        try:
            portal.abrir()
            yield portal
        finally:
            portal.fechar()


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCOES)
        yield navegador
        navegador.close()


@pytest.fixture
def janela(request, portal: Portal, navegador: Browser) -> Iterator[Page]:
    """A window with nothing in it. A journey that leaves an error in its console fails, and shows the logs."""
    contexto: BrowserContext = navegador.new_context(
        base_url=portal.endereco, viewport={"width": 1366, "height": 768}, locale="pt-BR"
    )
    contexto.set_default_timeout(30_000)
    pagina = contexto.new_page()
    erros: list[str] = []
    # A Content-Security-Policy violation is a console error too.
    pagina.on("console", lambda m: erros.append(f"{pagina.url}: {m.text}") if m.type == "error" else None)
    pagina.on("pageerror", lambda erro: erros.append(f"{pagina.url}: {erro}"))
    yield pagina
    if getattr(request.node, "falhou", False):
        print(f"\n{pagina.url}\n{pagina.locator('main').aria_snapshot()[:6000]}\n{portal.registros()}")  # noqa: T201
    contexto.close()
    assert erros == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    relato = yield
    if relato.when == "call":
        item.falhou = relato.failed  # type: ignore[attr-defined]
    return relato
