"""Make A4 pages of an image or of a PDF. Runs only in the process that may die (`caixa_processo`): it decodes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from act_portal.arquivos import tipos
from act_portal.arquivos.inspecao import conferir_paginas, conferir_pontos, imagem_aberta
from act_portal.arquivos.pdf_minimo import A4_PIXELS, DPI, deitada, pagina_com_jpeg

if TYPE_CHECKING:
    from act_portal.arquivos.legibilidade import Defeito
    from act_portal.arquivos.receita import Receita

QUALIDADE = 80
MINIATURA_LARGURA = 240
MINIATURA_BYTES = 20_000
ORIENTACAO_EXIF = 0x0112
T = Image.Transpose
DE_PE = {
    2: T.FLIP_LEFT_RIGHT,
    3: T.ROTATE_180,
    4: T.FLIP_TOP_BOTTOM,
    5: T.TRANSPOSE,
    6: T.ROTATE_270,
    7: T.TRANSVERSE,
    8: T.ROTATE_90,
}
# A repaired sheet comes out of a picture at most this many times the page: 300 DPI.
AMPLIACAO_MAXIMA = 2.0
# Below this, text on a full page is rarely legible.
POUCOS_PONTOS = 900


@dataclass(frozen=True)
class FolhaFeita:
    """One A4 page: a one-page PDF, a JPEG thumbnail 240 px wide (at most 20 kB), its resolution, and warnings.

    `defeitos` holds what makes the page hard to read (`legibilidade.Defeito` as dictionaries). `consertada` is the
    same page put right by `receita` (`receita.Receita` as a dictionary, empty for the page as it came).
    """

    pdf: bytes
    miniatura: bytes
    dpi: int = DPI
    avisos: list[str] = field(default_factory=list)
    defeitos: list[dict[str, str]] = field(default_factory=list)
    receita: dict[str, Any] = field(default_factory=dict)
    consertada: FolhaFeita | None = None


def fazer_folhas(caminho: Path, tipo: str, *, reparar: str = "") -> Iterator[FolhaFeita]:
    """Pages of the file at `caminho`, in order; the same file gives the same bytes. Raises ArquivoRecusado.

    `reparar` adds the repaired page where it is better: "foto" only where a sheet was found on a table, "tudo" also
    where lines are crooked, upside down or on grey paper.
    """
    if tipo == tipos.PDF:
        # pikepdf and pdfium are heavy; a process that only sees photos never loads them.
        from act_portal.arquivos.folhas_pdf import folhas_do_pdf

        yield from folhas_do_pdf(caminho, reparar=reparar)
        return
    with imagem_aberta(caminho, tipo) as imagem:
        quadros = getattr(imagem, "n_frames", 1) if tipo == tipos.TIFF else 1
        conferir_paginas(quadros)
        for quadro in range(quadros):
            if quadro:
                imagem.seek(quadro)
                conferir_pontos(*imagem.size)
            avisos = _poucos_pontos(imagem, quadro + 1)
            pronta = em_pe(imagem)
            folha = folha_pronta(pronta, quadro + 1, avisos)
            yield com_conserto(folha, pronta, reparar, lambda escala: foto(caminho, tipo, quadro + 1, escala))  # noqa: B023


def com_conserto(
    folha: FolhaFeita, imagem: Image.Image, reparar: str, maior: Callable[[float], Image.Image]
) -> FolhaFeita:
    """The page with its repaired twin, when `reparar` asks for one and there is something to repair.

    `imagem` is what the page shows; `maior` gives the same picture so many times larger, when the file holds that.
    """
    if not reparar:
        return folha
    from act_portal.arquivos.reparo import propor

    receita = propor(imagem)
    if receita.vazia or (reparar == "foto" and not receita.cantos):
        return folha
    return replace(folha, consertada=folha_consertada(maior(_ampliacao(receita)), receita))


def folha_consertada(imagem: Image.Image, receita: Receita) -> FolhaFeita:
    """The page that `receita` makes of the picture, with its verdict and with what the repair could only hide."""
    from act_portal.arquivos.legibilidade import sem_conserto
    from act_portal.arquivos.reparo import endireitar, igualar_luz

    reta = endireitar(imagem, receita)
    clara = igualar_luz(reta, receita)
    feita = folha_pronta(clara)
    vistos = {defeito["codigo"] for defeito in feita.defeitos}
    # Light that was left alone hides nothing.
    antes = sem_conserto(reta) if clara is not reta else []
    escondidos = [defeito.como_dicionario() for defeito in antes if defeito.codigo not in vistos]
    return replace(feita, defeitos=[*feita.defeitos, *escondidos], receita=receita.como_dicionario())


def _ampliacao(receita: Receita) -> float:
    """How many times larger the picture must be for the sheet in it to fill a page."""
    if not receita.cantos:
        return 1.0
    (x0, y0), (x1, y1) = (tuple(f(lado) for lado in zip(*receita.cantos, strict=True)) for f in (min, max))
    return min(AMPLIACAO_MAXIMA, 1 / max(x1 - x0, y1 - y0, 0.1))


def foto(caminho: Path, tipo: str, quadro: int = 1, escala: float = AMPLIACAO_MAXIMA) -> Image.Image:
    """What page `quadro` of an image file shows, `escala` times as large as on the page. Raises ArquivoRecusado."""
    with imagem_aberta(caminho, tipo) as imagem:
        if quadro > 1:
            imagem.seek(quadro - 1)
            conferir_pontos(*imagem.size)
        pronta = em_pe(imagem, escala)
        # Decoded now: the file is closed on the way out.
        pronta.load()
        return pronta


def em_pe(imagem: Image.Image, escala: float = 1.0) -> Image.Image:
    """Upright, RGB 24-bit on white, fitted into A4 at 150 DPI times `escala` (never enlarged)."""
    orientacao = imagem.getexif().get(ORIENTACAO_EXIF, 1)
    virada = orientacao in {5, 6, 7, 8}
    largura, altura = imagem.size[::-1] if virada else imagem.size
    medida = medida_na_folha(largura, altura, round(DPI * escala))
    pronta = _reduzir(imagem, medida[::-1] if virada else medida)
    return pronta.transpose(DE_PE[orientacao]) if orientacao in DE_PE else pronta


def _poucos_pontos(imagem: Image.Image, numero: int) -> list[str]:
    largura, altura = imagem.size
    if max(largura, altura) >= POUCOS_PONTOS:
        return []
    if imagem.getexif().get(ORIENTACAO_EXIF, 1) in {5, 6, 7, 8}:
        largura, altura = altura, largura
    return [f"A página {numero} tem poucos pontos ({largura} × {altura}): confira se dá para ler."]


def folha_pronta(imagem: Image.Image, numero: int = 1, avisos: list[str] | None = None) -> FolhaFeita:
    """A page of a picture that fits on it, DCT quality 80, with its verdict."""
    avisos = [*(avisos or []), *([f"A página {numero} parece em branco."] if em_branco(imagem) else [])]
    pdf = pagina_com_jpeg(em_jpeg(imagem), *imagem.size)
    return FolhaFeita(pdf, miniatura_de(imagem), DPI, avisos, defeitos_de(imagem))


def defeitos_de(imagem: Image.Image) -> list[dict[str, str]]:
    """The verdict on a page drawn at 150 DPI."""
    # OpenCV is heavy and belongs to the box alone; the portal imports this module for `FolhaFeita`.
    from act_portal.arquivos.legibilidade import julgar

    achados: list[Defeito] = julgar(imagem)
    return [defeito.como_dicionario() for defeito in achados]


def medida_na_folha(largura: int, altura: int, dpi: int = DPI) -> tuple[int, int]:
    """Pixels that the picture takes on A4 at `dpi`, the proportion kept; smaller pictures keep their size."""
    folha = A4_PIXELS[::-1] if deitada(largura, altura) else A4_PIXELS
    razao = min(1.0, folha[0] / largura * dpi / DPI, folha[1] / altura * dpi / DPI)
    return max(1, round(largura * razao)), max(1, round(altura * razao))


def em_jpeg(imagem: Image.Image, qualidade: int = QUALIDADE) -> bytes:
    saida = io.BytesIO()
    # Pillow would carry the comment of the original along.
    imagem.save(saida, "JPEG", quality=qualidade, comment=b"")
    return saida.getvalue()


def miniatura_de(imagem: Image.Image) -> bytes:
    """The picture on its A4 page, 240 px wide."""
    folha = A4_PIXELS[::-1] if deitada(*imagem.size) else A4_PIXELS
    razao = MINIATURA_LARGURA / folha[0]
    pequena = imagem.resize(
        (max(1, round(imagem.width * razao)), max(1, round(imagem.height * razao))),
        Image.Resampling.BICUBIC,
        reducing_gap=2.0,
    )
    papel = Image.new("RGB", (MINIATURA_LARGURA, round(folha[1] * razao)), "white")
    papel.paste(pequena, ((papel.width - pequena.width) // 2, (papel.height - pequena.height) // 2))
    return miniatura_em_bytes(papel)


def miniatura_em_bytes(imagem: Image.Image) -> bytes:
    for qualidade in (75, 55, 35, 15, 5):
        dados = em_jpeg(imagem, qualidade)
        if len(dados) <= MINIATURA_BYTES:
            break
    return dados


def em_branco(imagem: Image.Image) -> bool:
    """No dark spot after softening: specks of dust do not make a page."""
    menor, _ = _extremos(imagem.resize((40, 56), Image.Resampling.BOX, reducing_gap=2.0).convert("L"))
    return menor > 245


def _extremos(imagem: Image.Image) -> tuple[float, float]:
    """Darkest and brightest of a picture with one channel."""
    return cast(tuple[float, float], imagem.getextrema())


def _reduzir(imagem: Image.Image, medida: tuple[int, int]) -> Image.Image:
    if imagem.format in {"JPEG", "MPO"}:
        # libjpeg decodes at 1/2, 1/4 or 1/8 for a fraction of the work.
        imagem.draft("RGB", medida)
    simples = _sem_paleta(imagem)
    if simples.size != medida:
        simples = simples.resize(medida, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _em_rgb(simples)


def _sem_paleta(imagem: Image.Image) -> Image.Image:
    """A mode that can be resized smoothly; colours, alpha and grey stay what they are."""
    if imagem.mode == "P":
        return imagem.convert("RGBA" if "transparency" in imagem.info else "RGB")
    if imagem.mode.startswith("I") or imagem.mode == "F":
        return _em_8_bits(imagem)
    if imagem.mode in {"L", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "LAB"}:
        # PNG and GIF may name one grey or colour as transparent.
        return imagem.convert("RGBA") if "transparency" in imagem.info else imagem
    return imagem.convert({"1": "L", "PA": "RGBA", "La": "LA", "RGBa": "RGBA"}.get(imagem.mode, "RGB"))


def _em_8_bits(imagem: Image.Image) -> Image.Image:
    """16 and 32 bits a sample to 8: the full range of 16 bits, or up to the brightest when it goes beyond."""
    cheia = imagem.convert("F")
    menor, maior = _extremos(cheia)
    # Four bytes a pixel: two such copies of the largest picture would not fit in the box.
    if (fator := max(cheia.size) // (2 * max(A4_PIXELS))) > 1:
        cheia = cheia.reduce(fator)
    teto = 65_535 if 255 < maior <= 65_535 else max(maior, 1 if imagem.mode == "F" else 255)
    piso = min(0.0, menor)
    escala = 255 / (teto - piso)
    return cheia.point(lambda valor: valor * escala + -piso * escala).convert("L")


def _em_rgb(imagem: Image.Image) -> Image.Image:
    if imagem.mode == "LA":
        imagem = imagem.convert("RGBA")
    if imagem.mode == "RGBA":
        branca = Image.new("RGB", imagem.size, "white")
        branca.paste(imagem, mask=imagem.getchannel("A"))
        return branca
    return imagem if imagem.mode == "RGB" else imagem.convert("RGB")
