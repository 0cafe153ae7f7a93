"""A sheet photographed on a table, as a phone takes it."""

from __future__ import annotations

import random

import cv2
import numpy as np
from PIL import Image

MESAS = ((70, 55, 45), (40, 60, 90), (120, 110, 100), (25, 25, 28), (150, 120, 90), (90, 100, 90))


def fotografar(
    folha: Image.Image, sorte: random.Random, *, largura: int = 1500, altura: int = 2000, veios: float = 60
) -> tuple[Image.Image, np.ndarray]:
    """`folha` on a table, seen from above at an angle, lit from one side. Returns the photo and the sheet's corners.

    `veios`: how strong the grain of the table is; 60 is that of planed wood, 250 that of a rustic board.
    """
    mesa = np.float32(sorte.choice(MESAS)) * sorte.uniform(0.8, 1.2)
    acaso = np.random.default_rng(sorte.randrange(2**32))
    grao = cv2.GaussianBlur(acaso.normal(0, veios, (altura, largura)).astype(np.float32), (0, 0), 6, sigmaY=1)
    cena = np.clip(mesa + grao[:, :, None], 0, 255)
    fx, fy = sorte.uniform(0.06, 0.14), sorte.uniform(0.05, 0.12)
    cantos = np.float32([[fx, fy], [1 - fx, fy], [1 - fx, 1 - fy], [fx, 1 - fy]])
    cantos += np.float32([[sorte.uniform(-0.035, 0.035) for _ in "xy"] for _ in cantos])
    cantos *= np.float32([largura, altura])
    w, h = folha.size
    matriz = cv2.getPerspectiveTransform(np.float32([[0, 0], [w, 0], [w, h], [0, h]]), cantos)
    papel = np.asarray(folha, np.float32) * sorte.uniform(0.78, 0.95)
    vista = cv2.warpPerspective(papel, matriz, (largura, altura), flags=cv2.INTER_AREA)
    dentro = cv2.warpPerspective(np.ones((h, w), np.float32), matriz, (largura, altura), flags=cv2.INTER_LINEAR)
    cena = cena * (1 - dentro[:, :, None]) + vista * dentro[:, :, None]
    luz = (
        np.linspace(1, sorte.uniform(0.72, 1.0), largura)[None, :]
        * np.linspace(1, sorte.uniform(0.8, 1.0), altura)[:, None]
    )
    cena = cena * luz[:, :, None] + acaso.normal(0, sorte.uniform(1, 4), cena.shape)
    return Image.fromarray(np.clip(cena, 0, 255).astype(np.uint8)), cantos
