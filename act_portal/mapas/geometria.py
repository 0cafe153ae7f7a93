"""From degrees to the plane, and how far two places are. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

RAIO_DA_TERRA_KM = 6371.0
# The usual maps of Brazil are polyconic about this meridian: people know the country by that shape.
MERIDIANO_CENTRAL = -54.0


class Lugar(NamedTuple):
    """Degrees; south and west are negative."""

    latitude: float
    longitude: float


class Ponto(NamedTuple):
    """On the drawing: from the left and from the top."""

    x: int
    y: int


def projetar(lugar: Lugar) -> tuple[float, float]:
    """Polyconic: (east, north) in radii of the Earth."""
    latitude, desvio = math.radians(lugar.latitude), math.radians(lugar.longitude - MERIDIANO_CENTRAL)
    if abs(latitude) < 1e-9:
        return desvio, latitude
    angulo = desvio * math.sin(latitude)
    return math.sin(angulo) / math.tan(latitude), latitude + (1 - math.cos(angulo)) / math.tan(latitude)


def distancia_km(a: Lugar, b: Lugar) -> float:
    """In a straight line over the ground (haversine); roads are longer."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    meia_lat, meia_lon = (lat_b - lat_a) / 2, math.radians(b.longitude - a.longitude) / 2
    corda = math.sin(meia_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(meia_lon) ** 2
    return 2 * RAIO_DA_TERRA_KM * math.asin(min(1.0, math.sqrt(corda)))


@dataclass(frozen=True)
class Quadro:
    """The piece of the plane that a drawing shows, and its size."""

    oeste: float
    norte: float
    escala: float
    largura: int
    altura: int

    def por(self, lugar: Lugar) -> Ponto:
        leste, norte = projetar(lugar)
        return Ponto(round((leste - self.oeste) * self.escala), round((self.norte - norte) * self.escala))

    def mostra(self, lugar: Lugar) -> bool:
        ponto = self.por(lugar)
        return 0 <= ponto.x <= self.largura and 0 <= ponto.y <= self.altura

    @classmethod
    def de(cls, lugares: Iterable[Lugar], *, lado: int, margem: int = 30) -> Self:
        """Just large enough for `lugares`: the longer side measures `lado`, the other at least two thirds of it."""
        plano = [projetar(lugar) for lugar in lugares]
        if not plano:
            raise ValueError("Um quadro precisa de pelo menos um lugar.")
        oeste, leste = min(x for x, _ in plano), max(x for x, _ in plano)
        sul, norte = min(y for _, y in plano), max(y for _, y in plano)
        # A single place, or all in one, still gets a frame around it.
        vao = max(leste - oeste, norte - sul, MENOR_VAO)
        escala = (lado - 2 * margem) / vao
        largura = max(lado * 2 // 3, round((leste - oeste) * escala) + 2 * margem)
        altura = max(lado * 2 // 3, round((norte - sul) * escala) + 2 * margem)
        meio_x, meio_y = (oeste + leste) / 2, (sul + norte) / 2
        return cls(meio_x - largura / 2 / escala, meio_y + altura / 2 / escala, escala, largura, altura)


# About 60 km.
MENOR_VAO = 0.01
# Fixed, so that the drawing of the whole country can be a file and others can lie upon it.
BRASIL = Quadro(oeste=-0.3397, norte=0.0938, escala=826.0, largura=626, altura=574)
