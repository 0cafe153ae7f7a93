"""Charts drawn on the server, without script or inline style (`{% grafico %}`). The table beside says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

LARGURA, ALTURA, BASE, TOPO = 640, 206, 180, 20
# Names side by side at the letter size that a telephone needs.
CABEM_NA_ESTREITA = 7
ABERTURA = f'<svg viewBox="0 0 {LARGURA} {ALTURA}" aria-hidden="true" focusable="false">'


@dataclass(frozen=True)
class Barra:
    """One value. `texto`: how the value is written; without it, the number. `href`: the list behind it."""

    nome: str
    valor: float
    texto: str = ""
    href: str = ""

    @property
    def escrito(self) -> str:
        return self.texto or f"{self.valor:g}"


def colunas(barras: Sequence[Barra]) -> SafeString:
    """Upright, side by side: what changes over time."""
    maior = max((b.valor for b in barras), default=0) or 1
    passo = LARGURA / max(1, len(barras))
    partes = [ABERTURA, format_html('<path class="g-eixo" d="M0 {}H{}"/>', BASE, LARGURA)]
    for n, barra in enumerate(barras):
        altura = round((BASE - TOPO) * barra.valor / maior)
        x, meio = round(n * passo + passo * 0.15), round((n + 0.5) * passo)
        partes.append(_elo(barra, _retangulo(x, BASE - altura, round(passo * 0.7), altura)))
        partes.append(_texto("g-valor", meio, BASE - altura - 5, barra.escrito, "middle"))
        # Many names would run into one another: on a small screen sooner than on a large one.
        if len(barras) <= 13 or n % 3 == 0:
            so_na_larga = CABEM_NA_ESTREITA < len(barras) <= 13 and n % 3 != 1
            partes.append(_texto("g-larga" if so_na_larga else "", meio, BASE + 18, barra.nome, "middle"))
    return mark_safe("".join([*partes, "</svg>"]))  # every part was escaped


def barras(valores: Sequence[Barra]) -> SafeString:
    """Lying, one under the other: what has a name. Names are text, so that a long one breaks."""
    maior = max((b.valor for b in valores), default=0) or 1
    return format_html(
        '<ol class="barras" aria-hidden="true">{}</ol>', mark_safe("".join(_deitada(b, maior) for b in valores))
    )


def _deitada(barra: Barra, maior: float) -> SafeString:
    vara = format_html(
        '<svg class="barras__vara" viewBox="0 0 100 1" preserveAspectRatio="none" focusable="false">'
        '<rect class="g-barra" width="{}" height="1"/></svg>',
        f"{100 * barra.valor / maior:.1f}",
    )
    return format_html(
        '<li><span class="barras__nome">{}</span>{}<b class="barras__valor">{}</b></li>',
        barra.nome,
        _elo(barra, vara),
        barra.escrito,
    )


def _elo(barra: Barra, desenho: SafeString) -> SafeString:
    """For the mouse alone: the table beside has the same link for the keyboard and for who listens."""
    return format_html('<a href="{}" tabindex="-1">{}</a>', barra.href, desenho) if barra.href else desenho


def _retangulo(x: int, y: int, largura: int, altura: int) -> SafeString:
    return format_html('<rect class="g-barra" x="{}" y="{}" width="{}" height="{}"/>', x, y, largura, altura)


def _texto(classe: str, x: int, y: int, texto: str, ancora: str) -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', classe, x, y, ancora, texto)
