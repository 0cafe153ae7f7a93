"""How a page was repaired, as plain numbers kept beside the original: the same recipe gives the same page again.

Pure: the portal reads and checks recipes; only the box, which has OpenCV, carries them out (`reparo`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from act_portal.erros import ErroDeDominio

Ponto = tuple[float, float]
LADOS = ("esquerda", "cima", "direita", "baixo")
CANTOS = ("de cima, à esquerda", "de cima, à direita", "de baixo, à direita", "de baixo, à esquerda")
INCLINACAO_MAXIMA = 15.0
# Opposite cuts together; what is left must still be a page.
CORTE_MAXIMO = 0.9
GIROS = {90: "girada para a direita", 180: "girada de meia-volta", 270: "girada para a esquerda"}
AREA_MINIMA = 0.02


@dataclass(frozen=True)
class Receita:
    """Applied in this order. Fractions are of the picture as it came, upright by its own mark (EXIF).

    `cantos`: where the sheet lies (upper left, then clockwise), empty for the whole picture. `giro`: clockwise, 0, 90,
    180 or 270. `inclinacao`: degrees clockwise that put the lines level. `corte`: parts cut off on the left, top,
    right and bottom of what is upright by then. `luz`: light evened out. `branco`: the paper made white.
    """

    cantos: tuple[Ponto, ...] = ()
    giro: int = 0
    inclinacao: float = 0.0
    corte: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    luz: bool = False
    branco: bool = False

    @property
    def vazia(self) -> bool:
        return self == Receita()

    def como_dicionario(self) -> dict[str, Any]:
        return {**asdict(self), "cantos": [list(canto) for canto in self.cantos], "corte": list(self.corte)}

    @property
    def em_palavras(self) -> list[str]:
        """What was done, for whoever looks at the page."""
        feitos = (
            (bool(self.cantos), "folha recortada e endireitada"),
            (self.giro != 0, GIROS.get(self.giro, "")),
            (self.inclinacao != 0, f"desentortada {abs(self.inclinacao):.1f}°".replace(".", ",")),
            (any(self.corte), "bordas cortadas"),
            (self.luz, "luz igualada"),
            (self.branco, "fundo branco"),
        )
        return [nome for fez, nome in feitos if fez]


def receita_de(dados: Mapping[str, Any]) -> Receita:
    """Read and check a recipe. Raises ErroDeDominio with one sentence that says what to change."""
    try:
        receita = Receita(
            cantos=tuple((float(x), float(y)) for x, y in dados.get("cantos") or ()),
            giro=int(dados.get("giro") or 0) % 360,
            inclinacao=float(dados.get("inclinacao") or 0),
            corte=_quatro(dados.get("corte") or (0.0,) * 4),
            luz=bool(dados.get("luz")),
            branco=bool(dados.get("branco")),
        )
    except (TypeError, ValueError, OverflowError) as erro:
        raise ErroDeDominio("Há um número que não dá para ler no conserto da página. Confira os campos.") from erro
    _conferir(receita)
    return receita


def _quatro(partes: Any) -> tuple[float, float, float, float]:
    esquerda, cima, direita, baixo = (float(parte) for parte in partes)
    return esquerda, cima, direita, baixo


def _conferir(receita: Receita) -> None:
    # `not <=` also catches NaN.
    if not abs(receita.inclinacao) <= INCLINACAO_MAXIMA:
        raise ErroDeDominio(f"A inclinação vai de −{INCLINACAO_MAXIMA:.0f} a {INCLINACAO_MAXIMA:.0f} graus.")
    if receita.giro not in {0, 90, 180, 270}:
        raise ErroDeDominio("A página gira de 90 em 90 graus.")
    esquerda, cima, direita, baixo = receita.corte
    if not all(0 <= parte <= CORTE_MAXIMO for parte in receita.corte) or max(esquerda + direita, cima + baixo) > (
        CORTE_MAXIMO
    ):
        raise ErroDeDominio("O corte tira a página quase toda. Deixe pelo menos 10% dela em cada sentido.")
    if receita.cantos:
        _conferir_cantos(receita.cantos)


def _conferir_cantos(cantos: tuple[Ponto, ...]) -> None:
    if len(cantos) != 4:
        raise ErroDeDominio("A folha tem quatro cantos: preencha os quatro.")
    if not all(-0.05 <= parte <= 1.05 and math.isfinite(parte) for canto in cantos for parte in canto):
        raise ErroDeDominio("Os cantos da folha ficam dentro da foto: de 0 a 100%.")
    voltas = [_volta(cantos[passo], cantos[(passo + 1) % 4], cantos[(passo + 2) % 4]) for passo in range(len(cantos))]
    if min(voltas) <= 0 or _area(cantos) < AREA_MINIMA:
        raise ErroDeDominio("Os cantos da folha estão trocados ou juntos demais. Comece pelo de cima, à esquerda.")


def _volta(a: Ponto, b: Ponto, c: Ponto) -> float:
    """Above zero when a, b, c turn clockwise (y grows downwards)."""
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def _area(cantos: tuple[Ponto, ...]) -> float:
    pares = zip(cantos, (*cantos[1:], cantos[0]), strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pares)) / 2
