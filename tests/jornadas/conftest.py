"""Real processes and a real browser. They start once for all journeys; each journey has its own people and window."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.jornadas.portal import Portal
from tests.simulador import Simulador

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
# What does not stand here walks in the desk's portal, with `portal`.
GRUPOS = {
    "adesoes": {"test_adesao", "test_cessao"},
    "demonstracao": {"test_acessibilidade", "test_publico", "test_rascunho"},
    # The desk's journeys are too long for one process.
    "portal dos documentos": {"test_digitalizacao", "test_quedas", "test_quem", "test_servicos", "test_voltar"},
}
OPCOES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # A camera that shows a moving pie, and a person who always lets it be used.
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip


class PorPortal(LoadScopeScheduling):
    """A portal takes a minute to start: the files that look at the same one stay in one process."""

    def _split_scope(self, nodeid: str) -> str:
        arquivo = Path(nodeid.split("::")[0]).stem
        return next((grupo for grupo, arquivos in GRUPOS.items() if arquivo in arquivos), "portal")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> PorPortal:
    return PorPortal(config, log)


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


@contextmanager
def _portal(inss: Simulador, **abrir: bool) -> Iterator[Portal]:
    with tempfile.TemporaryDirectory(prefix="act-jornada-") as pasta:
        motores = (settings.DATABASE_URL, settings.CELERY_BROKER_URL)
        portal = Portal(Path(pasta), _porta_livre(), (inss.base_url, inss.token), *motores)
        try:
            portal.abrir(**abrir)
            yield portal
        finally:
            portal.fechar()


@pytest.fixture(scope="session")
def portal(_processo_do_simulador: Simulador) -> Iterator[Portal]:
    with _portal(_processo_do_simulador) as portal:
        yield portal


@pytest.fixture(scope="session")
def demonstracao(_processo_do_simulador: Simulador) -> Iterator[Portal]:
    """Two towns with requests in every state, to look at. No worker: nothing moves under who looks."""
    with _portal(_processo_do_simulador, demonstracao=True) as portal:
        yield portal


@pytest.fixture(scope="session")
def adesoes(_processo_do_simulador: Simulador) -> Iterator[Portal]:
    """The towns that join, each in one stage of the way, and a worker."""
    with _portal(_processo_do_simulador, adesao=True) as portal:
        yield portal


@pytest.fixture(scope="session")
def navegador() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCOES)
        yield navegador
        navegador.close()


@contextmanager
def _janela(navegador: Browser, portal: Portal, no: pytest.Item) -> Iterator[Page]:
    contexto = navegador.new_context(base_url=portal.endereco, viewport={"width": 1366, "height": 768}, locale="pt-BR")
    contexto.set_default_timeout(30_000)
    pagina = contexto.new_page()
    erros: list[str] = []
    # A Content-Security-Policy violation is a console error too.
    # A form that comes back with what to mend answers 422, which Chromium notes and which is no error of the page.
    pagina.on(
        "console",
        lambda m: erros.append(f"{pagina.url}: {m.text}") if m.type == "error" and " 422 " not in m.text else None,
    )
    pagina.on("pageerror", lambda erro: erros.append(f"{pagina.url}: {erro}"))
    yield pagina
    if getattr(no, "falhou", False):
        print(f"\n{pagina.url}\n{pagina.locator('main').aria_snapshot()[:6000]}\n{portal.registros()}")  # noqa: T201
    contexto.close()
    assert erros == []


@pytest.fixture
def janela(request, portal: Portal, navegador: Browser) -> Iterator[Page]:
    """A window with nothing in it. A journey that leaves an error in its console fails, and shows the logs."""
    with _janela(navegador, portal, request.node) as pagina:
        yield pagina


@pytest.fixture
def janela_do_cidadao(request, portal: Portal, navegador: Browser) -> Iterator[Page]:
    """Another browser, where nobody has signed in."""
    with _janela(navegador, portal, request.node) as pagina:
        yield pagina


@pytest.fixture
def sala(request, adesoes: Portal, navegador: Browser) -> Iterator[Page]:
    """A window on the towns that join."""
    with _janela(navegador, adesoes, request.node) as pagina:
        yield pagina


@pytest.fixture
def vitrine(request, demonstracao: Portal, navegador: Browser) -> Iterator[Page]:
    """A window on the demonstration."""
    with _janela(navegador, demonstracao, request.node) as pagina:
        yield pagina


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    relato = yield
    if relato.when == "call":
        item.falhou = relato.failed  # type: ignore[attr-defined]
    return relato
