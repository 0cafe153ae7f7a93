"""The tables of states as diagrams (Mermaid), one page per app, so that the drawing never disagrees with the code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from act_portal.estados import CAMINHOS, PASSOS, ComCaminhos

PASTA = settings.RAIZ / "docs" / "estados"
CABECALHO = """# States of `{app}`

Drawn by `manage.py diagramas` from `{app}/situacoes.py`; a test compares. Do not edit by hand.
"""


def paginas() -> dict[Path, str]:
    """Every page as it should be, by file."""
    apps = sorted({_app(tipo) for tipo in CAMINHOS})
    return {PASTA / f"{app}.md": _pagina(app) for app in apps}


def _pagina(app: str) -> str:
    partes = [CABECALHO.format(app=app)]
    for tipo in CAMINHOS:
        if _app(tipo) == app:
            # Its own: a kind without one would show that of the base class.
            resumo = (vars(tipo).get("__doc__") or "").strip().split("\n")[0]
            desenho = "\n".join(["```mermaid", *_linhas(tipo), "```"])
            partes.append("\n\n".join(filter(None, [f"## {tipo.__name__}", resumo, desenho])) + "\n")
    return "\n".join(partes)


def _app(tipo: type[ComCaminhos]) -> str:
    return tipo.__module__.split(".")[0]


def _linhas(tipo: type[ComCaminhos]) -> Iterator[str]:
    yield "stateDiagram-v2"
    for estado in tipo:
        yield f'    state "{estado.label}" as {estado}'
    yield f"    [*] --> {next(iter(tipo))}"
    nomes = PASSOS.get(tipo, {})
    for origem in tipo:
        for destino in (d for d in tipo if d in origem.caminhos):
            nome = "; ".join(nomes.get((origem, destino), []))
            yield f"    {origem} --> {destino}{f': {nome}' if nome else ''}"
        if origem.final:
            yield f"    {origem} --> [*]"
