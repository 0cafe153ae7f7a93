"""Judge whether a page can be read, from its pixels. Runs only in the process that may die: OpenCV is heavy.

The measures are physical (widths in pixels at 150 DPI, grey levels from 0 to 255), so that a threshold can be argued
about. They were set on one seed of the labelled set of `bench/legibilidade.py` and are measured on others.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Cinza = npt.NDArray[np.uint8]
cv2.setNumThreads(1)

PAPEL_ESCURO = 105
# Standard deviation of the blur, in pixels at 150 DPI: body text has strokes of two.
BORRAO = 1.7
ALTURA_MIUDA = 6.5
# Wider than the stroke of any letter, also when blurred: 5 mm.
TRACO = 29
MARGEM = 8
# Feet of one cut line of text; dust and the threads of a rough edge are fewer.
RESTOS_MINIMOS = 20
BEIRA = 100
CLARAO_MINIMO = 0.012
HASTES_MINIMAS, VIZINHAS = 40, 4
# Grey levels over two pixels: below it the steepest slope is the noise of a plain surface (any way), or the grain of a
# table (along one way alone).
LADEIRA_MINIMA, GRAO = 5, 3
CELULA = 146
# The share of a square full of body text that lies along the edge of a letter.
CONTORNO_TIPICO = 0.12
# The lid of a scanner, or the paper of a copy: white as no photographed sheet is.
TAMPA = 235
# So many squares together, blurred beyond guessing, are two or three lines of somebody's data.
BORRAO_ILEGIVEL, CANTO_MINIMO = 2.4, 3
# What is darker than this share of the paper under the letters is the table around the sheet, or the face on a card.
PAPEL_DA_FOLHA = 0.75
# No rule of a form is so thick; letters that ran into each other are.
LINHA_CORRIDA = 6


@dataclass(frozen=True)
class Defeito:
    """What is wrong (`codigo`), where on the page ("" when everywhere), and a sentence that says what to do."""

    codigo: str
    onde: str
    texto: str

    def como_dicionario(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class _Vista:
    """The page in grey, its paper and its ink, and the letter-like spots: columns x, y, width, height."""

    cinza: Cinza
    papel: Cinza
    tinta: Cinza
    # Ink with what is left of it after a strong blur.
    sombra: Cinza
    letras: npt.NDArray[np.int32]
    # The grey of the paper under each letter.
    papel_sob: npt.NDArray[np.uint8]
    de_lado: bool

    @property
    def altura_da_letra(self) -> float:
        return float(np.median(self.letras[:, 2 if self.de_lado else 3])) if len(self.letras) else 0.0

    @property
    def papel_das_letras(self) -> float:
        """The grey of the paper on which the letters stand; 0 when too few of them tell it from what lies around."""
        return float(np.median(self.papel_sob)) if len(self.letras) >= 60 else 0.0


def julgar(imagem: Image.Image) -> list[Defeito]:
    """The defects of a page at about 150 DPI, worst first; empty when it reads well."""
    vista = _ver(np.asarray(imagem.convert("L")))
    if _em_branco(vista):
        return [Defeito("branco", "", "Página em branco: confira se a folha estava virada ou se pode tirar.")]
    achados = (_escura(vista), _tremida(vista), _clarao(vista), _cortada(vista), _miuda(vista))
    defeitos = [defeito for defeito in achados if defeito]
    # Letters that do not stand out tell nothing about their direction.
    if not any(defeito.codigo in {"tremida", "miuda"} for defeito in defeitos):
        defeitos += filter(None, [_direcao(vista)])
    return [*defeitos, *filter(None, [_dois_documentos(vista)])]


def sem_conserto(imagem: Image.Image) -> list[Defeito]:
    """The defects that no repair heals, of a page whose light is still as it came: after it they are only unseen."""
    vista = _ver(np.asarray(imagem.convert("L")))
    return [] if _em_branco(vista) else [*filter(None, [_clarao(vista), _dois_documentos(vista)])]


def virada(imagem: Image.Image) -> int:
    """Degrees clockwise (0, 90, 180, 270) that put a page of text upright; 0 when its letters do not say."""
    cinza = np.asarray(imagem.convert("L"))
    vista = _ver(cinza)
    if len(vista.letras) < 60:
        return 0
    giro = 90 if vista.de_lado else 0
    letras = _letras(np.ascontiguousarray(np.rot90(vista.tinta, -1))) if giro else vista.letras
    sentido = _sentido(letras)
    # Lying for sure, but on which side?
    return giro + 180 if sentido < 0 else giro if sentido > 0 else 0


def _ver(cinza: Cinza) -> _Vista:
    altura, largura = cinza.shape
    limpa = cv2.medianBlur(cinza, 3)
    pequena = cv2.resize(limpa, (max(1, largura // 8), max(1, altura // 8)), interpolation=cv2.INTER_AREA)
    # The brightest nearby is paper, unless a letter is wider than a centimetre.
    papel = cv2.blur(cv2.dilate(pequena, np.ones((9, 9), np.uint8)), (5, 5)).astype(np.uint8)
    fundo = cv2.resize(papel, (largura, altura), interpolation=cv2.INTER_LINEAR)
    queda = fundo.astype(np.int16) - limpa
    tinta = (queda > np.maximum(14, fundo.astype(np.int16) * 22 // 100)).astype(np.uint8)
    sombra = (queda > np.maximum(12, fundo.astype(np.int16) // 10)).astype(np.uint8)
    letras = _letras(tinta)
    de_lado = _listras(tinta.T) > 1.6 * _listras(tinta)
    return _Vista(cinza, papel, tinta, sombra, letras, _papel_sob(letras, papel), de_lado)


def _letras(tinta: Cinza) -> npt.NDArray[np.int32]:
    _, _, medidas, _ = cv2.connectedComponentsWithStats(tinta, connectivity=8)
    x, y, largura, altura, area = medidas[1:].T
    serve = (altura >= 3) & (altura <= 70) & (largura >= 1) & (largura <= 90) & (area >= 5)
    serve &= (area < 0.9 * largura * altura) | (largura <= altura)
    return np.stack([x, y, largura, altura], axis=1)[serve]


def _em_branco(vista: _Vista) -> bool:
    if len(vista.letras) >= 25:
        return False
    _, _, medidas, _ = cv2.connectedComponentsWithStats(vista.tinta, connectivity=8)
    x, y, largura, altura, area = medidas[1:].T
    # The holes of a binder: round, solid, 4 to 9 mm wide, near an edge.
    alto, largo = vista.tinta.shape
    na_beira = np.minimum.reduce([x, y, largo - x - largura, alto - y - altura]) < BEIRA
    redondo = (np.abs(largura - altura) <= 4) & (largura >= 24) & (largura <= 54) & (area > 0.7 * largura * altura)
    return bool(area[~(na_beira & redondo)].sum() < 0.0006 * vista.tinta.size)


def _escura(vista: _Vista) -> Defeito | None:
    if float(np.median(vista.papel)) < PAPEL_ESCURO:
        return Defeito("escura", "", "Página escura demais: acenda a luz e fotografe de novo.")
    return None


def _tremida(vista: _Vista) -> Defeito | None:
    borroes = _borrao_por_celula(vista)
    if not borroes:
        return None
    ruins = [lugar for lugar, largura in borroes.items() if largura > BORRAO]
    if len(ruins) < max(3, 0.12 * len(borroes)):
        # A corner that nobody can read is lost, however much of the page is sharp.
        ruins = _juntos([lugar for lugar in ruins if borroes[lugar] > BORRAO_ILEGIVEL])
        if len(ruins) < CANTO_MINIMO:
            return None
    onde = "" if len(ruins) > 0.7 * len(borroes) else _onde(ruins, vista.cinza.shape)
    return Defeito("tremida", onde, f"Letras tremidas{_no(onde)}: fotografe de novo.")


def _juntos(lugares: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The largest group of neighbouring squares, also by their corners."""
    soltos, maior = set(lugares), list[tuple[float, float]]()
    while soltos:
        grupo = [soltos.pop()]
        for x, y in grupo:
            perto = [lugar for lugar in soltos if max(abs(lugar[0] - x), abs(lugar[1] - y)) <= CELULA]
            soltos.difference_update(perto)
            grupo += perto
        maior = max(maior, grupo, key=len)
    return maior


def _borrao_por_celula(vista: _Vista) -> dict[tuple[float, float], float]:
    """Width of the blur in each square of the page that holds text, by the square's centre.

    An edge of height C blurred by a Gaussian of width s is nowhere steeper than C / (s * sqrt(2 pi)). The blunter of
    the two directions counts: a hand that moves blurs one of them.
    """
    suave = cv2.GaussianBlur(vista.cinza, (0, 0), 0.8)
    # How much darker the ink is than what surrounds it: the rim of a card on white paper is not what the eye reads.
    fundura = cv2.morphologyEx(suave, cv2.MORPH_BLACKHAT, np.ones((TRACO, TRACO), np.uint8))
    # The rules of a table are edges in one direction only, and say nothing of the letters.
    regua = _regua(vista)
    livre = regua == 0
    texto = vista.sombra * livre
    contorno = cv2.morphologyEx(texto, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    # Letters smeared along their line look like rules, but as thick as letters: they are what there is to judge.
    corrida = regua * cv2.morphologyEx(vista.sombra, cv2.MORPH_OPEN, np.ones((LINHA_CORRIDA, LINHA_CORRIDA), np.uint8))
    # Differences over two pixels: twice the slope.
    ladeiras = [cv2.convertScaleAbs(cv2.Sobel(suave, cv2.CV_16S, *ordem, ksize=1)) for ordem in ((1, 0), (0, 1))]
    achados = {}
    altura, largura = vista.cinza.shape
    minimo = PAPEL_DA_FOLHA * vista.papel_das_letras
    for y in range(0, altura - CELULA // 2, CELULA):
        for x in range(0, largura - CELULA // 2, CELULA):
            corte = np.s_[y : y + CELULA, x : x + CELULA]
            resto = livre[corte]
            if texto[corte].mean() < 0.03 <= corrida[corte].mean():
                resto = np.ones_like(resto)
            elif not 0.03 <= texto[corte].mean() <= 0.8:
                continue
            contraste = _percentil(fundura[corte][resto], 99)
            if contraste < 25 or _papel_em(vista, x, y) < minimo:
                continue
            # Few or large letters leave few steep pixels, and no fewer of the flat ones.
            ingreme = 100 - 1.5 * min(1.0, max(0.2, float(contorno[corte].mean()) / CONTORNO_TIPICO))
            ingremes = [_percentil(ladeira[corte][resto], ingreme) for ladeira in ladeiras]
            if max(ingremes) < LADEIRA_MINIMA or min(ingremes) < GRAO:
                continue
            inteira = contraste / (min(ingremes) / 2) / 2.507
            achados[(x + CELULA / 2, y + CELULA / 2)] = float(np.sqrt(max(0.0, inteira**2 - 0.64)))
    return achados


def _papel_em(vista: _Vista, x: int, y: int) -> float:
    return float(np.median(vista.papel[y // 8 : (y + CELULA) // 8, x // 8 : (x + CELULA) // 8]))


def _papel_sob(letras: npt.NDArray[np.int32], papel: Cinza) -> npt.NDArray[np.uint8]:
    x, y, largura, altura = letras.T
    linhas, colunas = papel.shape
    return papel[np.minimum((y + altura // 2) // 8, linhas - 1), np.minimum((x + largura // 2) // 8, colunas - 1)]


def _regua(vista: _Vista) -> Cinza:
    """Straight lines much longer than a letter, also a little askew, with what their blur darkens beside them."""
    comprida = round(max(40.0, 3 * vista.altura_da_letra))
    # Not `tinta`: the median that rids it of dust cuts a fine line to dashes.
    fundo = cv2.resize(vista.papel, vista.cinza.shape[::-1], interpolation=cv2.INTER_LINEAR)
    fina = (cv2.subtract(fundo, vista.cinza) > np.maximum(14, fundo // 5)).astype(np.uint8)
    riscos = np.zeros_like(fina)
    for grossa, longa in (((3, 1), (1, comprida)), ((1, 3), (comprida, 1))):
        larga = cv2.dilate(fina, np.ones(grossa, np.uint8))
        riscos |= cv2.morphologyEx(larga, cv2.MORPH_OPEN, np.ones(longa, np.uint8)).astype(np.uint8)
    return cv2.dilate(riscos, np.ones((7, 7), np.uint8)).astype(np.uint8)


def _percentil(cinza: npt.NDArray[Any], quanto: float) -> int:
    """`quanto` per cent of the pixels (8 bits) lie below it. Counting levels is twenty times faster than sorting."""
    ate = np.cumsum(np.bincount(cinza.ravel(), minlength=256))
    return int(np.searchsorted(ate, quanto / 100 * (ate[-1] - 1), side="right"))


def _clarao(vista: _Vista) -> Defeito | None:
    """A round patch brighter than the paper, in which nothing is left. A scanner's white paper has none."""
    if float(np.median(vista.papel)) > 243:
        return None
    pequena = cv2.resize(vista.cinza, vista.papel.shape[::-1], interpolation=cv2.INTER_AREA)
    queimado = cv2.morphologyEx((pequena >= 249).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    quantas, _, medidas, centros = cv2.connectedComponentsWithStats(queimado)
    if quantas < 2:
        return None
    maior = 1 + int(np.argmax(medidas[1:, cv2.CC_STAT_AREA]))
    if medidas[maior, cv2.CC_STAT_AREA] < CLARAO_MINIMO * pequena.size:
        return None
    onde = _onde([tuple(centros[maior] * 8)], vista.cinza.shape)
    return Defeito("clarao", onde, f"O flash apagou as letras{_no(onde)}: fotografe sem flash, longe da janela.")


BORDAS = ("borda esquerda", "borda de cima", "borda direita", "borda de baixo")


def _cortada(vista: _Vista) -> Defeito | None:
    """Letters so near an edge of the picture that the sheet must go on beyond it."""
    if borda := _cartao_cortado(vista):
        return _cortada_na(borda)
    if len(vista.letras) < 20:
        return None
    altura, largura = vista.cinza.shape
    x, y, w, h = vista.letras.T
    tipica = max(vista.altura_da_letra, 4.0)
    letra = (h >= 0.35 * tipica) & (h <= 3 * tipica) & (w <= 4 * tipica)
    # The grain of the table, that reaches the edges of every photo, is no letter.
    letra &= vista.papel_sob >= PAPEL_DA_FOLHA * vista.papel_das_letras
    distancias = (x, y, largura - x - w, altura - y - h)
    # A line that ends at the top or bottom edge leaves a whole row of letters there, or of their feet and heads.
    minimos = (3, 8, 3, 8)
    for borda, distancia, minimo in zip(BORDAS, distancias, minimos, strict=True):
        if int(((distancia <= MARGEM) & letra).sum()) >= minimo or _restos(vista, borda, tipica) >= RESTOS_MINIMOS:
            return _cortada_na(borda)
    return None


def _cortada_na(borda: str) -> Defeito:
    return Defeito("cortada", borda, f"Página cortada na {borda}: fotografe a folha inteira, com folga.")


def _cartao_cortado(vista: _Vista) -> str:
    """The edge of the glass that cuts a card on the scanner's white lid; "" when none does.

    A card against the marks in the corner of the glass touches two edges and is whole; one that touches a single edge,
    away from the corners, was pushed over it.
    """
    pequena = cv2.resize(vista.cinza, vista.papel.shape[::-1], interpolation=cv2.INTER_AREA)
    tampa = float(np.median(pequena))
    if tampa < TAMPA:
        return ""
    coisas = cv2.morphologyEx((pequena < tampa - 12).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    linhas, colunas = coisas.shape
    _, rotulos, medidas, _ = cv2.connectedComponentsWithStats(coisas)
    for n, (x, y, largura, altura, area) in enumerate(medidas[1:].tolist(), 1):
        toca = (x <= 1, y <= 1, x + largura >= colunas - 1, y + altura >= linhas - 1)
        # From the size of a card to half a sheet, and as full as a card is.
        if sum(toca) != 1 or min(largura, altura) < 30 or area < 0.8 * largura * altura or area > 0.5 * coisas.size:
            continue
        # Between the lines of a page with narrow margins the white of its own paper shows.
        if _percentil(vista.cinza[8 * y : 8 * (y + altura), 8 * x : 8 * (x + largura)], 85) >= tampa - 12:
            continue
        lado = toca.index(True)
        faixa = (rotulos[:, :2], rotulos[:2], rotulos[:, -2:], rotulos[-2:])[lado]
        # It meets the edge with its whole breadth: a rounded thing only grazes it.
        if int((faixa == n).any(axis=0 if lado % 2 else 1).sum()) >= 0.8 * (largura if lado % 2 else altura):
            return BORDAS[lado]
    return ""


def _restos(vista: _Vista, borda: str, tipica: float) -> int:
    """How many slivers, too low for a letter and as wide as one at most, touch the upper or the lower edge."""
    if borda not in BORDAS[1::2]:
        return 0
    beira = vista.tinta[: round(tipica)] if borda == BORDAS[1] else vista.tinta[-round(tipica) :][::-1]
    _, _, medidas, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(beira), connectivity=8)
    _, y, largura, altura, _ = medidas[1:].T
    return int(((y <= 1) & (altura < 0.35 * tipica) & (largura <= 1.5 * tipica)).sum())


def _miuda(vista: _Vista) -> Defeito | None:
    if len(vista.letras) >= 60 and vista.altura_da_letra < ALTURA_MIUDA:
        return Defeito("miuda", "", "Letras miúdas demais: chegue mais perto ou digitalize com mais pontos (300 DPI).")
    return None


def _direcao(vista: _Vista) -> Defeito | None:
    if len(vista.letras) < 60:
        return None
    if vista.de_lado:
        return Defeito("lado", "", "Página de lado: gire até ficar em pé.")
    if _sentido(vista.letras) < 0:
        return Defeito("cabeca", "", "Página de cabeça para baixo: gire duas vezes.")
    return None


def _sentido(letras: npt.NDArray[np.int32]) -> int:
    """1 when the letters stand, -1 when they hang upside down, 0 when too few of them say either.

    Handwriting, capitals and the same few words all over a form say this or that by chance: the fewer letters speak,
    the clearer they must.
    """
    hastes = _hastes(letras)
    total = sum(hastes)
    if total < HASTES_MINIMAS or max(hastes) < (1.2 + HASTES_MINIMAS / total) * min(hastes):
        return 0
    return 1 if hastes[0] > hastes[1] else -1


def _listras(tinta: Cinza) -> float:
    """How much ink and paper take turns from row to row: lines of text do, columns of letters do not."""
    tiras = np.array_split(tinta, 8, axis=1)
    perfis = [tira.mean(axis=1, dtype=np.float64) for tira in tiras if tira.size]
    return float(np.mean([np.var(cv2.blur(perfil, (1, 3))) for perfil in perfis]))


def _hastes(letras: npt.NDArray[np.int32]) -> tuple[int, int]:
    """Letters that stand on their line but rise above it (b, d, l, capitals), and those that hang below it (p, q, g).

    Portuguese, like every language in these letters, has two to three of the first for one of the second. Each is held
    against the small letters near it: beside another of its kind it would not be seen to differ.
    """
    tipica = float(np.median(letras[:, 3]))
    corpo = letras[(letras[:, 3] >= 0.6 * tipica) & (letras[:, 3] <= 2.2 * tipica)].astype(np.float64)
    pequena = np.abs(corpo[:, 3] - tipica) <= 0.12 * tipica
    sobe, desce = np.zeros((2, len(corpo)), bool)
    for desvio in (0.0, tipica):
        linha = np.floor((corpo[:, 1] + corpo[:, 3] / 2 + desvio) / (2 * tipica))
        ordem = np.lexsort((corpo[:, 0], linha))
        for passo in range(1, VIZINHAS + 1):
            for qual, vizinha in ((ordem[:-passo], ordem[passo:]), (ordem[passo:], ordem[:-passo])):
                a, b = corpo[qual], corpo[vizinha]
                perto = (linha[qual] == linha[vizinha]) & (np.abs(a[:, 0] - b[:, 0]) < 1.6 * passo * tipica)
                perto &= pequena[vizinha]
                acima = b[:, 1] - a[:, 1]
                abaixo = a[:, 1] + a[:, 3] - b[:, 1] - b[:, 3]
                sobe[qual[perto & (np.abs(abaixo) <= 0.13 * tipica) & (acima >= 0.2 * tipica)]] = True
                desce[qual[perto & (np.abs(acima) <= 0.13 * tipica) & (abaixo >= 0.2 * tipica)]] = True
    return int(sobe.sum()), int(desce.sum())


def _dois_documentos(vista: _Vista) -> Defeito | None:
    if len(retangulos(vista.cinza)) < 2:
        return None
    return Defeito("dois", "", "Dois documentos na mesma página: digitalize um de cada vez, a não ser frente e verso.")


def retangulos(cinza: Cinza) -> list[npt.NDArray[np.float32]]:
    """Sheets or cards that lie apart on one picture: four corners each, in pixels, largest first."""
    altura, largura = cinza.shape
    escala = 400 / max(altura, largura)
    pequena = cv2.resize(cinza, (round(largura * escala), round(altura * escala)), interpolation=cv2.INTER_AREA)
    pequena = cv2.GaussianBlur(pequena, (5, 5), 0)
    borda = np.concatenate([pequena[:3].ravel(), pequena[-3:].ravel(), pequena[:, :3].ravel(), pequena[:, -3:].ravel()])
    mesa = float(np.median(borda))
    difere = (np.abs(pequena.astype(np.int16) - mesa) > max(18.0, 2.5 * float(np.std(borda)))).astype(np.uint8)
    difere = cv2.morphologyEx(difere, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    contornos, _ = cv2.findContours(difere, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    achados = []
    for contorno in contornos:
        casco = cv2.convexHull(contorno)
        caixa = cv2.minAreaRect(casco)
        area = caixa[1][0] * caixa[1][1]
        if area < 0.05 * pequena.size or cv2.contourArea(contorno) < 0.86 * area:
            continue
        if _esconde_a_mesa(cinza, contorno / escala, max(1, round(4 / escala))):
            achados.append((area, cv2.boxPoints(caixa) / escala))
    return [cantos for _, cantos in sorted(achados, key=lambda achado: -achado[0])]


def _esconde_a_mesa(cinza: Cinza, contorno: npt.NDArray[Any], volta: int) -> bool:
    """A sheet differs from what lies around it; between the lines of a paragraph, in full size, its paper shows."""
    dentro = cv2.drawContours(np.zeros_like(cinza), [np.rint(contorno).astype(np.int32)], -1, 1, cv2.FILLED)
    em_volta = cv2.dilate(dentro, np.ones((2 * volta + 1, 2 * volta + 1), np.uint8)) - dentro
    return abs(_percentil(cinza[dentro > 0], 85) - _percentil(cinza[em_volta > 0], 50)) >= 14


def _onde(lugares: list[tuple[float, float]], medidas: tuple[int, ...]) -> str:
    """The part of the page where most of `lugares` lie, in words; "" when they are all over it."""
    altura, largura = medidas[:2]
    x, y = np.median(np.array(lugares), axis=0) / (largura, altura)
    coluna = "à esquerda" if x < 0.36 else "à direita" if x > 0.64 else ""
    linha = "de cima" if y < 0.36 else "de baixo" if y > 0.64 else ""
    if linha and coluna:
        return f"canto {linha}, {coluna}"
    if linha:
        return f"parte {linha}"
    return f"meio, {coluna}" if coluna else "meio"


def _no(onde: str) -> str:
    if not onde:
        return ""
    return f" na {onde}" if onde.startswith("parte") else f" no {onde}"
