"""HTML in, tagged and archivable PDF out, with no way to the network or the disk."""

from __future__ import annotations

import atexit
import gc
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.conf import settings

from act_portal.emissao.folhas import carimbar
from act_portal.erros import FalhaDefinitiva

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

FOLHA_DE_ESTILO = settings.RAIZ / "templates" / "papeis" / "papel.css"
# PDF/A-3a: for the archive (A) and tagged for screen readers (a).
VARIANTE = "pdf/a-3a"
RECUSA = "O modelo do papel pediu um endereço de fora."
ENSAIO = '<html lang="pt-BR"><title>Ensaio</title><body class="papel"><h1>Ensaio</h1><table><tr><td>á</td></tr></table>'


class ModeloQuerSair(FalhaDefinitiva):
    """A template asked for something outside itself: a defect of the template, useless to repeat."""


def renderizar(html: str) -> bytes:
    """Draw `html` (a whole page, text already escaped) as one PDF/A-3a file. See `desenhar`."""
    return desenhar(html)[0]


def desenhar(html: str, codigo: str = "") -> tuple[bytes, int]:
    """The PDF/A-3a file of `html` and its number of pages; with `codigo`, the code of the paper on each (`folhas`).

    The same HTML gives the same bytes. Raises ModeloQuerSair when the HTML asks for any URL that is not `data:`.
    """
    from weasyprint import HTML  # heavy: only who draws pays for it
    from weasyprint.urls import FatalURLFetchingError

    css, fontes = _ferramentas()
    buscador = _buscador()()
    carimbo = partial(carimbar, codigo=codigo) if codigo else None
    try:
        folhas = HTML(string=html, url_fetcher=buscador).render(
            stylesheets=[css], font_config=fontes, pdf_variant=VARIANTE
        )
        pdf = folhas.write_pdf(finisher=carimbo, pdf_variant=VARIANTE)
    except FatalURLFetchingError as erro:  # a BaseException: the outbox would not catch it
        raise ModeloQuerSair(RECUSA) from erro
    if buscador.recusou:  # inside an SVG WeasyPrint swallows even fatal errors
        raise ModeloQuerSair(RECUSA)
    return pdf, len(folhas.pages)


def aquecer() -> None:
    """Pay the first drawing before the first citizen waits, and keep the garbage collector off what it made."""
    renderizar(ENSAIO)
    gc.collect()
    gc.freeze()


def texto_css() -> str:
    """The only style sheet of the papers. Their font is a system package (`fonts-dejavu-extra`)."""
    return FOLHA_DE_ESTILO.read_text()


@cache
def _ferramentas() -> tuple[CSS, FontConfiguration]:
    """What every drawing reuses: parsing the style and loading the fonts costs as much as a third of a page."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fontes = FontConfiguration()
    # It keeps the fonts in a temporary folder, and cleans it up with functions that are gone when Python ends.
    atexit.register(_ferramentas.cache_clear)
    return CSS(string=texto_css(), font_config=fontes, url_fetcher=_buscador()()), fontes


@cache
def _buscador() -> type:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class SoDoProprioPapel(URLFetcher):
        recusou = False

        def fetch(self, url: str, headers: dict | None = None) -> Any:
            if not url.startswith("data:"):
                self.recusou = True
                # Fatal, or WeasyPrint would draw the page without the piece and nobody would know.
                raise FatalURLFetchingError(RECUSA)
            return super().fetch(url, headers)

    return SoDoProprioPapel
