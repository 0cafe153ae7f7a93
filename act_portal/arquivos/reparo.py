"""Find the sheet in a photo, say how to put it right, and do it. Runs only in the process that may die: OpenCV."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from act_portal.arquivos.folhas import medida_na_folha
from act_portal.arquivos.legibilidade import retangulos, virada
from act_portal.arquivos.receita import Ponto, Receita

Cores = npt.NDArray[np.uint8]
Cantos = npt.NDArray[np.float32]
Ponto2 = npt.NDArray[np.float32]
PROCURA = 640
# A sheet smaller than this is a card or a stamp on the page, and one larger is the picture itself.
AREA_DA_FOLHA = (0.2, 0.96)
# Grey levels by which the sheet stands out from the table, along so much of each side.
CONTRASTE, PRESENCA = 11.0, 0.8
INCLINACAO_MINIMA = 0.35
PROPORCAO_A4 = 297 / 210
BRANCO, PRETO = 232, 24
# Grey levels from the darker to the brighter parts of the paper, beyond which the light is uneven.
DESIGUAL = 14
TINTA_MINIMA = 0.05
# Paper of any colour that somebody lit.
ACESO = 140
# Distance in hue (a and b of CIE Lab, 8 bits) from which something is no shadow on the paper but a thing of its own.
OUTRA_COR = 6.0


def propor(imagem: Image.Image) -> Receita:
    """What would put this picture right; an empty recipe when nothing would, or nothing is sure."""
    cores = np.asarray(imagem.convert("RGB"))
    # Letters are known by their size at 150 DPI.
    if (medida := medida_na_folha(*imagem.size)) != imagem.size:
        cores = _reduzir(cores, *medida)
    # Of two documents on one picture, which is meant only the clerk knows: neither is cut away.
    if len(retangulos(np.asarray(cv2.cvtColor(cores, cv2.COLOR_RGB2GRAY), np.uint8))) > 1:
        return Receita()
    cantos = achar_folha(cores)
    receita = Receita(cantos=cantos)
    folha = _esticar(cores, cantos)
    # Far smaller than a page, nothing can be said about its letters.
    if max(folha.shape) >= PROCURA:
        receita = replace(receita, giro=virada(Image.fromarray(folha)))
        inclinacao = inclinacao_das_linhas(np.rot90(folha, -receita.giro // 90))
        receita = replace(receita, inclinacao=inclinacao)
    pequena = _oitavo(folha)
    papel = _papel(pequena)
    # A scanner's light is even and white: what is tinted there is the paper, and its colour stays.
    if not cantos and papel_de_cor(papel):
        return receita
    luz = luz_desigual(papel)
    return replace(receita, luz=luz, branco=luz and de_texto(pequena, papel))


def consertar(imagem: Image.Image, receita: Receita) -> Image.Image:
    """The picture after `receita`, in 24-bit colour, fitted into A4 at 150 DPI. Same input, same output."""
    return igualar_luz(endireitar(imagem, receita), receita)


def endireitar(imagem: Image.Image, receita: Receita) -> Image.Image:
    """What `receita` says of the place of things: the sheet cut out, upright, level, cropped, fitted into A4."""
    cores = _esticar(np.asarray(imagem.convert("RGB")), receita.cantos)
    cores = np.rot90(cores, -receita.giro // 90)
    if receita.inclinacao:
        cores = _inclinar(np.ascontiguousarray(cores), receita.inclinacao)
    altura, largura = cores.shape[:2]
    esquerda, cima, direita, baixo = receita.corte
    cores = cores[
        round(cima * altura) : max(round(cima * altura) + 1, round((1 - baixo) * altura)),
        round(esquerda * largura) : max(round(esquerda * largura) + 1, round((1 - direita) * largura)),
    ]
    medida = medida_na_folha(cores.shape[1], cores.shape[0])
    cores = np.ascontiguousarray(cores)
    if medida != cores.shape[1::-1]:
        cores = _reduzir(cores, *medida)
    return Image.fromarray(cores)


def igualar_luz(folha: Image.Image, receita: Receita) -> Image.Image:
    """What `receita` says of the light of a sheet that lies straight; the very same picture when it says nothing."""
    if not (receita.luz or receita.branco):
        return folha
    return Image.fromarray(_iluminar(np.asarray(folha), branco=receita.branco))


# --- The sheet ----------------------------------------------------------------------------------------------------


def achar_folha(cores: Cores) -> tuple[Ponto, ...]:
    """Corners of the one sheet that lies on a table, as fractions, upper left first; empty unless it is sure."""
    altura, largura = cores.shape[:2]
    escala = PROCURA / max(altura, largura)
    pequena = _reduzir(cores, round(largura * escala), round(altura * escala))
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(pequena, (5, 5), 0), cv2.COLOR_RGB2LAB), np.uint8)
    for mascara in _mascaras(lab):
        achados = [c for c in (_quadrilatero(contorno, lab) for contorno in _contornos(mascara)) if c is not None]
        # Two sheets are two documents: which of them is meant, only the clerk knows.
        if len(achados) == 1:
            quadro = _encostar(_em_ordem(achados[0]) / escala, cores)
            return tuple((round(float(x) / largura, 4), round(float(y) / altura, 4)) for x, y in quadro)
        if achados:
            return ()
    return ()


def _mascaras(lab: Cores) -> list[Cores]:
    """The same picture parted into sheet and table in three ways, the surest first."""
    borda = np.concatenate(
        [lab[:4].reshape(-1, 3), lab[-4:].reshape(-1, 3), lab[:, :4].reshape(-1, 3), lab[:, -4:].reshape(-1, 3)]
    )
    mesa = np.median(borda, axis=0)
    longe = np.sqrt(((lab.astype(np.float32) - mesa) ** 2).sum(axis=2))
    espalho = float(np.percentile(np.sqrt(((borda - mesa) ** 2).sum(axis=1)), 80))
    difere = (longe > max(16.0, 1.6 * espalho)).astype(np.uint8)
    _, clara = cv2.threshold(lab[:, :, 0], 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    riscos = cv2.dilate(cv2.Canny(lab[:, :, 0], 24, 72), np.ones((3, 3), np.uint8))
    return [difere, clara.astype(np.uint8), (riscos > 0).astype(np.uint8)]


def _contornos(mascara: Cores) -> list[Any]:
    fechada = cv2.morphologyEx(mascara, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    contornos, _ = cv2.findContours(fechada, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [c for c in contornos if cv2.contourArea(cv2.convexHull(c)) >= AREA_DA_FOLHA[0] * mascara.size]


def _quadrilatero(contorno: Any, lab: Cores) -> Cantos | None:
    """Four corners of what the contour surrounds, when it has four straight sides that stand out from the table."""
    casco = cv2.convexHull(contorno)
    area = cv2.contourArea(casco)
    volta = cv2.arcLength(casco, closed=True)
    for folga in (0.015, 0.03, 0.05):
        cantos = cv2.approxPolyDP(casco, folga * volta, closed=True)
        if len(cantos) == 4:
            break
    else:
        return None
    quadro = _em_ordem(_afinar(cantos.reshape(4, 2).astype(np.float32), casco.reshape(-1, 2).astype(np.float32)))
    medida = cv2.contourArea(quadro)
    if (
        cv2.contourArea(contorno) < 0.8 * area
        or not 0.93 <= medida / max(area, 1) <= 1.07
        or not _angulos_retos(quadro)
    ):
        return None
    if not AREA_DA_FOLHA[0] <= medida / (lab.shape[0] * lab.shape[1]) <= AREA_DA_FOLHA[1]:
        return None
    return quadro if _destaca(quadro, lab) else None


def _em_ordem(quadro: Cantos) -> Cantos:
    """Upper left first, then clockwise."""
    centro = quadro.mean(axis=0)
    voltas = np.arctan2(quadro[:, 1] - centro[1], quadro[:, 0] - centro[0])
    quadro = quadro[np.argsort(voltas)]
    return np.roll(quadro, -int(np.argmin(quadro.sum(axis=1))), axis=0)


def _afinar(cantos: Cantos, casco: Cantos) -> Cantos:
    """Corners where the straight lines through the sides meet: a worn or bent corner does not pull them in."""
    lados = []
    for a, b in zip(cantos, np.roll(cantos, -1, axis=0), strict=True):
        rumo, de_lado, comprimento = _rumo(a, b)
        ao_longo = (casco - a) @ rumo
        perto = (np.abs((casco - a) @ de_lado) < 6) & (ao_longo > 0.04 * comprimento) & (ao_longo < 0.96 * comprimento)
        lados.append(casco[perto] if perto.sum() >= 2 else np.stack([a, b]))
    return _encontros(lados, cantos)


def _encostar(quadro: Cantos, cores: Cores) -> Cantos:
    """Each side moved to where the picture changes most, in its full size: what was found small leans outwards."""
    cinza = cv2.GaussianBlur(cv2.cvtColor(cores, cv2.COLOR_RGB2GRAY), (3, 3), 0)
    alcance = max(6, round(max(cinza.shape) / 120))
    passos = np.arange(-alcance, alcance + 1, dtype=np.float32)
    lados = []
    for a, b in zip(quadro, np.roll(quadro, -1, axis=0), strict=True):
        _, de_lado, _ = _rumo(a, b)
        base = a + np.linspace(0.04, 0.96, 60, dtype=np.float32)[:, None] * (b - a)
        pontos = (base[:, None, :] + passos[None, :, None] * de_lado).astype(np.float32)
        perfis = cv2.remap(
            cinza, pontos[..., 0], pontos[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ).astype(np.float32)
        degrau = np.abs(perfis[:, 2:] - perfis[:, :-2])
        onde = np.argmax(degrau, axis=1)
        firmes = degrau[np.arange(len(onde)), onde] >= 10
        if firmes.sum() < 20:
            return quadro
        lados.append(pontos[firmes, onde[firmes] + 1])
    return _encontros(lados, quadro)


def _rumo(a: Ponto2, b: Ponto2) -> tuple[Ponto2, Ponto2, float]:
    """The direction from `a` to `b`, the one across it, and the distance."""
    comprimento = max(float(np.linalg.norm(b - a)), 1e-6)
    rumo = ((b - a) / comprimento).astype(np.float32)
    return rumo, np.array([-rumo[1], rumo[0]], np.float32), comprimento


def _encontros(lados: list[npt.NDArray[np.float32]], senao: Cantos) -> Cantos:
    """Where straight lines through the points of neighbouring sides meet; `senao` when two hardly cross."""
    linhas = [cv2.fitLine(pontos, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel() for pontos in lados]
    cantos = []
    for (ax, ay, px, py), (bx, by, qx, qy) in zip(np.roll(linhas, 1, axis=0), linhas, strict=True):
        cruz = ax * by - ay * bx
        if abs(cruz) < 0.2:
            return senao
        passo = ((qx - px) * by - (qy - py) * bx) / cruz
        cantos.append((px + passo * ax, py + passo * ay))
    return np.array(cantos, np.float32)


def _angulos_retos(quadro: Cantos) -> bool:
    """Seen from above a corner has 90 degrees; leaning further than this nobody photographs a sheet."""
    for anterior, canto, seguinte in zip(np.roll(quadro, 1, axis=0), quadro, np.roll(quadro, -1, axis=0), strict=True):
        a, b = anterior - canto, seguinte - canto
        tamanhos = float(np.linalg.norm(a) * np.linalg.norm(b))
        if tamanhos < 1 or abs(float(a @ b)) / tamanhos > 0.45:
            return False
    return True


def _destaca(quadro: Cantos, lab: Cores) -> bool:
    """Every side parts two different things: a frame printed on the paper has the same paper on both sides."""
    altura, largura = lab.shape[:2]
    centro = quadro.mean(axis=0)
    for a, b in zip(quadro, np.roll(quadro, -1, axis=0), strict=True):
        _, para_fora, _ = _rumo(a, b)
        if float(para_fora @ ((a + b) / 2 - centro)) < 0:
            para_fora = -para_fora
        pontos = a + np.linspace(0.06, 0.94, 48)[:, None] * (b - a)
        fora = pontos + 7 * para_fora
        na_foto = (fora >= 0).all(axis=1) & (fora[:, 0] <= largura - 1) & (fora[:, 1] <= altura - 1)
        # A side at the edge of the picture: the sheet goes on beyond it.
        if na_foto.mean() < PRESENCA:
            return False
        # Just within, and beyond a printed frame as wide as those of certificates.
        for fundo in (7, 22, 36):
            dentro = pontos[na_foto] - fundo * para_fora
            distancia = np.linalg.norm(_cor_em(lab, fora[na_foto]) - _cor_em(lab, dentro), axis=1)
            if (distancia >= CONTRASTE).mean() < PRESENCA:
                return False
    return True


def _cor_em(lab: Cores, pontos: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    x = np.clip(np.rint(pontos[:, 0]).astype(int), 0, lab.shape[1] - 1)
    y = np.clip(np.rint(pontos[:, 1]).astype(int), 0, lab.shape[0] - 1)
    return lab[y, x].astype(np.float32)


# --- Straight -----------------------------------------------------------------------------------------------------


def _esticar(cores: Cores, cantos: tuple[Ponto, ...]) -> Cores:
    """What lies between the corners, seen from straight above; everything when there are none."""
    if not cantos:
        return cores
    altura, largura = cores.shape[:2]
    origem = np.array(cantos, np.float32) * np.array([largura, altura], np.float32)
    # Half a hundredth inwards: what is left of the table along the edge goes.
    origem += (origem.mean(axis=0) - origem) * 0.005
    w, h = _medidas(origem, (largura, altura))
    destino = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    matriz = cv2.getPerspectiveTransform(origem, destino)
    reta = cv2.warpPerspective(cores, matriz, (w, h), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(reta, np.uint8)


def _medidas(origem: Cantos, foto: tuple[int, int]) -> tuple[int, int]:
    """Width and height of the sheet: the longer of opposite sides, in the proportion that it has seen from above."""
    lados = [float(np.linalg.norm(a - b)) for a, b in zip(origem, np.roll(origem, -1, axis=0), strict=True)]
    w, h = max(lados[0], lados[2]), max(lados[1], lados[3])
    proporcao = _proporcao_de_cima(origem, foto) or h / w
    for conhecida in (PROPORCAO_A4, 1 / PROPORCAO_A4):
        if abs(proporcao / conhecida - 1) < 0.08:
            proporcao = conhecida
    if h / w < proporcao:
        h = w * proporcao
    else:
        w = h / proporcao
    return max(8, min(round(w), 2 * max(foto))), max(8, min(round(h), 2 * max(foto)))


def _proporcao_de_cima(origem: Cantos, foto: tuple[int, int]) -> float | None:
    """Height to width of a rectangle photographed at an angle (Zhang and He, 2006); None when the view is too flat."""
    meio = np.array([foto[0] / 2, foto[1] / 2])
    m1, m2, m4, m3 = (np.append(canto - meio, 1.0) for canto in origem.astype(np.float64))
    k2 = np.dot(np.cross(m1, m4), m3) / np.dot(np.cross(m2, m4), m3)
    k3 = np.dot(np.cross(m1, m4), m2) / np.dot(np.cross(m3, m4), m2)
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    if abs(n2[2]) < 0.02 or abs(n3[2]) < 0.02:
        return None
    foco = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    # Out of what lenses of phones do, the corners are not those of a rectangle.
    if not (0.4 * max(foto)) ** 2 < foco < (3 * max(foto)) ** 2:
        return None
    escala = np.array([1 / foco, 1 / foco, 1.0])
    largura, altura = float(n2 @ (n2 * escala)), float(n3 @ (n3 * escala))
    proporcao = float(np.sqrt(altura / largura)) if largura > 0 and altura > 0 else 0.0
    return proporcao if 0.4 < proporcao < 2.5 else None


def _inclinar(cores: Cores, graus: float) -> Cores:
    altura, largura = cores.shape[:2]
    matriz = cv2.getRotationMatrix2D((largura / 2, altura / 2), -graus, 1.0)
    papel = [int(parte) for parte in np.percentile(cores[::8, ::8].reshape(-1, 3), 80, axis=0)]
    return np.asarray(
        cv2.warpAffine(cores, matriz, (largura, altura), flags=cv2.INTER_CUBIC, borderValue=papel), np.uint8
    )


def inclinacao_das_linhas(cores: Cores) -> float:
    """Degrees clockwise that put the lines of text level; 0 when there is none to see or it is too little."""
    tinta = _tinta_para_linhas(cores)
    if not 0.002 <= tinta.mean() <= 0.35:
        return 0.0
    melhor, passo = 0.0, 1.0
    notas = {grau: _nitidez_das_linhas(tinta, grau) for grau in np.arange(-8.0, 8.5, passo)}
    melhor = max(notas, key=lambda grau: notas[grau])
    for passo in (0.5, 0.2, 0.1):
        for grau in (melhor - passo, melhor + passo):
            notas.setdefault(grau, _nitidez_das_linhas(tinta, grau))
        melhor = max(notas, key=lambda grau: notas[grau])
    sem_mexer = notas.setdefault(0.0, _nitidez_das_linhas(tinta, 0.0))
    if abs(melhor) < INCLINACAO_MINIMA or abs(melhor) > 7.9 or notas[melhor] < 1.15 * sem_mexer:
        return 0.0
    return round(float(melhor), 1)


def _tinta_para_linhas(cores: Cores) -> npt.NDArray[np.float32]:
    cinza = cv2.cvtColor(np.ascontiguousarray(cores), cv2.COLOR_RGB2GRAY)
    escala = 560 / max(cinza.shape)
    pequena = cv2.resize(cinza, None, fx=escala, fy=escala, interpolation=cv2.INTER_AREA)
    papel = cv2.blur(cv2.dilate(pequena, np.ones((9, 9), np.uint8)), (9, 9))
    tinta = (papel.astype(np.int16) - pequena > 24).astype(np.float32)
    # The rim of a picture is often a shadow or the table.
    rim = max(2, round(0.03 * min(tinta.shape)))
    return tinta[rim:-rim, rim:-rim]


def _nitidez_das_linhas(tinta: npt.NDArray[np.float32], graus: float) -> float:
    altura, largura = tinta.shape
    matriz = cv2.getRotationMatrix2D((largura / 2, altura / 2), -graus, 1.0)
    reta = cv2.warpAffine(tinta, matriz, (largura, altura), flags=cv2.INTER_LINEAR)
    return float(np.square(np.diff(reta.sum(axis=1))).sum())


# --- Light --------------------------------------------------------------------------------------------------------


def luz_desigual(papel: npt.NDArray[np.float32]) -> bool:
    """Paper that is grey, tinted or brighter on one side; a scanner's white paper is none of them."""
    claro = papel.max(axis=2)
    return bool(np.percentile(claro, 90) < 246 or np.percentile(claro, 90) - np.percentile(claro, 10) > DESIGUAL)


def papel_de_cor(papel: npt.NDArray[np.float32]) -> bool:
    """Evenly lit and tinted, as the paper of certificates; in the dark every paper takes some tint."""
    claro = papel.max(axis=2)
    if np.median(claro) < ACESO:
        return False
    tinta = np.median((claro - papel.min(axis=2)) / np.maximum(claro, 1))
    return bool(tinta > TINTA_MINIMA and np.percentile(claro, 90) - np.percentile(claro, 10) <= DESIGUAL)


def de_texto(pequena: Cores, papel: npt.NDArray[np.float32]) -> bool:
    """Mostly paper of one colour with dark strokes on it: a photograph or a coloured card is not."""
    perto = (pequena / np.maximum(papel, 1)).min(axis=2) > 0.72
    cor = cv2.cvtColor(pequena, cv2.COLOR_RGB2HSV)[:, :, 1]
    return bool(perto.mean() > 0.6 and np.median(cor) < 80)


def _oitavo(cores: Cores) -> Cores:
    return _reduzir(cores, cores.shape[1] // 8, cores.shape[0] // 8)


def _reduzir(cores: Cores, largura: int, altura: int) -> Cores:
    medida = (max(8, largura), max(8, altura))
    return np.asarray(cv2.resize(cores, medida, interpolation=cv2.INTER_AREA), np.uint8)


def _papel(pequena: Cores) -> npt.NDArray[np.float32]:
    """The colour of the paper all over a page eight times smaller: what stays darker for long is no paper."""
    papel = cv2.morphologyEx(cv2.medianBlur(pequena, 3), cv2.MORPH_CLOSE, np.ones((11, 11), np.uint8))
    papel = _sem_coisas_de_cor(cv2.GaussianBlur(papel, (0, 0), 6).astype(np.float32))
    # A portrait or a dark stripe is left as dark as it is.
    return np.maximum(papel, 0.62 * np.percentile(papel.reshape(-1, 3), 85, axis=0).astype(np.float32))


def _sem_coisas_de_cor(papel: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A shadow has the hue of the paper; a face, a card or a band does not, and the paper around it counts there."""
    cor = cv2.cvtColor(papel / 255, cv2.COLOR_RGB2LAB)
    claras = cor[:, :, 0] >= np.percentile(cor[:, :, 0], 50)
    longe = np.linalg.norm(cor[:, :, 1:] - np.median(cor[:, :, 1:][claras], axis=0), axis=2)
    do_papel = (longe < OUTRA_COR).astype(np.float32)
    if do_papel.mean() < 0.5:
        return papel
    peso = cv2.GaussianBlur(do_papel, (0, 0), 24)
    em_volta = cv2.GaussianBlur(papel * do_papel[:, :, None], (0, 0), 24) / np.maximum(peso, 1e-3)[:, :, None]
    # Far from any paper, what was found there is all there is.
    em_volta = np.where(peso[:, :, None] > 0.02, em_volta, papel)
    return np.where(do_papel[:, :, None] > 0, papel, np.maximum(papel, em_volta)).astype(np.float32)


def _iluminar(cores: Cores, *, branco: bool) -> Cores:
    """Divide by the paper's light. Hue of ink and stamps stays: each channel is measured against its own paper."""
    altura, largura = cores.shape[:2]
    papel = cv2.resize(_papel(_oitavo(cores)), (largura, altura), interpolation=cv2.INTER_LINEAR)
    igual = cores.astype(np.float32)
    igual *= 248.0 / np.maximum(papel, 8)
    if branco:
        igual -= PRETO
        igual *= 255.0 / (BRANCO - PRETO)
    return np.clip(igual, 0, 255, out=igual).astype(np.uint8)
