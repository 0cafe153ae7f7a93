"""Say what a file is and whether it serves, without decoding its pages.

Pure: no ORM, no settings, no clock. Whoever does not trust the file (everybody) calls `caixa.inspecionar`, which runs
this in a process that may die.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import pikepdf
from PIL import Image, ImageFile

from act_portal.arquivos import tipos
from act_portal.arquivos.conteudo_pdf import DesenhoDemais, medir
from act_portal.arquivos.limites import tecnicos
from act_portal.erros import ErroDeDominio
from act_portal.telas.formatos import tamanho

Image.MAX_IMAGE_PIXELS = tecnicos().pontos

FORMATOS = {
    tipos.JPEG: ["JPEG", "MPO"],
    tipos.PNG: ["PNG"],
    tipos.BMP: ["BMP"],
    tipos.TIFF: ["TIFF"],
    tipos.GIF: ["GIF"],
    tipos.WEBP: ["WEBP"],
}
# What a broken or hostile file makes Pillow and qpdf raise.
DEFEITOS_DE_IMAGEM = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError)
PONTOS_POR_CM = 72 / 2.54
# Cameras and messengers write 72, 96 or none. A legal sheet with a finger of slack, in inches.
DPI_DE_DIGITALIZADOR, FOLHA_POLEGADAS = (100, 1200), (8.8, 14.4)
# The exposure, the aperture, the sensitivity and the lens, in the part of EXIF about the shot.
EXIF_DA_FOTO, DE_CAMERA = 0x8769, {0x829A, 0x829D, 0x8827, 0x920A}


class ArquivoRecusado(ErroDeDominio):
    """The file does not serve; `codigo` is for programs, the text is one sentence or two for who sent it."""

    def __init__(self, codigo: str, mensagem: str) -> None:
        super().__init__(mensagem)
        self.codigo = codigo


@dataclass(frozen=True)
class Inspecao:
    """The media type by content, the number of pages, what the person should know, and whether a picture says that it
    came from a scanner.
    """

    tipo: str
    paginas: int
    avisos: list[str] = field(default_factory=list)
    digitalizado: bool = False


def inspecionar(dados: BinaryIO | Path, nome: str = "") -> Inspecao:
    """Judge a file by its content; `nome` only helps to word the refusal. Raises ArquivoRecusado."""
    if isinstance(dados, Path):
        with dados.open("rb") as aberto:
            return inspecionar(aberto, nome)
    conferir_tamanho(dados.seek(0, os.SEEK_END))
    dados.seek(0)
    tipo = tipo_aceito(dados.read(tipos.COMECO_BYTES), nome)
    dados.seek(0)
    return _inspecionar_pdf(dados) if tipo == tipos.PDF else _inspecionar_imagem(dados, tipo)


def conferir_tamanho(tamanho_bytes: int) -> None:
    if tamanho_bytes == 0:
        raise ArquivoRecusado("vazio", "O arquivo está vazio. Digitalize de novo e envie outra vez.")
    maximo = tecnicos().envio_bytes
    if tamanho_bytes > maximo:
        raise ArquivoRecusado(
            "grande",
            f"O arquivo tem {tamanho(tamanho_bytes)} e o máximo é {tamanho(maximo)}. "
            "Digitalize em 150 DPI ou envie em partes.",
        )


def tipo_aceito(comeco: bytes, nome: str = "") -> str:
    """The media type of what starts with `comeco`, or ArquivoRecusado that says what it is when that is known."""
    achado = tipos.reconhecer(comeco)
    if isinstance(achado, str):
        return achado
    extensao = Path(nome).suffix.lower().lstrip(".")
    finge = extensao.upper() if f".{extensao}" in {*tipos.EXTENSOES.values(), ".jpeg", ".tiff"} else ""
    comeca = f"O nome termina em “.{extensao}”, mas o arquivo não é {finge}" if finge else "O arquivo não serve"
    if achado is None:
        raise ArquivoRecusado("desconhecido", f"{comeca}: não dá para saber o que é. Envie {tipos.ACEITOS}.")
    codigo = "heic" if achado is tipos.HEIC else ("disfarcado" if finge else "tipo")
    raise ArquivoRecusado(codigo, f"{comeca}: é {achado.que}. {achado.conselho}")


# --- Images -------------------------------------------------------------------------------------------------------


@contextmanager
def imagem_aberta(dados: BinaryIO | Path, tipo: str) -> Iterator[Image.Image]:
    """Open with the one decoder of `tipo`; every defect of the file, then or while it is used, is ArquivoRecusado."""
    # A page cut short must be refused, not completed with grey. Said at each opening: loading WeasyPrint unsays it.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(dados, formats=FORMATOS[tipo]) as imagem:
                conferir_pontos(*imagem.size)
                yield imagem
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as erro:
        raise _bomba() from erro
    except DEFEITOS_DE_IMAGEM as erro:
        raise ArquivoRecusado(
            "corrompido", "A imagem está danificada ou incompleta. Digitalize ou fotografe de novo."
        ) from erro


def conferir_pontos(largura: int, altura: int) -> None:
    if largura * altura > tecnicos().pontos:
        raise _bomba(largura, altura)


def conferir_paginas(paginas: int) -> None:
    maximo = tecnicos().paginas
    if paginas > maximo:
        raise ArquivoRecusado(
            "paginas", f"O arquivo tem {paginas} páginas e o máximo é {maximo}. Divida-o e envie em partes."
        )


def _inspecionar_imagem(dados: BinaryIO, tipo: str) -> Inspecao:
    with imagem_aberta(dados, tipo) as imagem:
        quadros = getattr(imagem, "n_frames", 1)
        if tipo == tipos.TIFF:
            conferir_paginas(quadros)
            for quadro in range(quadros):
                imagem.seek(quadro)
                conferir_pontos(*imagem.size)
            return Inspecao(tipo, quadros, digitalizado=de_digitalizador(imagem))
        if quadros > 1 and imagem.format != "MPO":
            raise ArquivoRecusado(
                "animada", "A imagem é animada e não serve como documento. Envie uma foto ou um PDF da página."
            )
        return Inspecao(tipo, 1, digitalizado=de_digitalizador(imagem))


def de_digitalizador(imagem: Image.Image) -> bool:
    """The picture says a scanner's resolution and measures a sheet or a card by it, and no camera says how it was
    taken. One that says nothing, or says it badly, may be a photo.
    """
    try:
        pontos = [float(lado) for lado in imagem.info.get("dpi") or ()]
        da_foto = set(imagem.getexif().get_ifd(EXIF_DA_FOTO))
    except (*DEFEITOS_DE_IMAGEM, ArithmeticError):
        return False
    if len(pontos) != 2 or not all(DPI_DE_DIGITALIZADOR[0] <= dpi <= DPI_DE_DIGITALIZADOR[1] for dpi in pontos):
        return False
    lados = sorted(px / dpi for px, dpi in zip(imagem.size, pontos, strict=True))
    return lados[0] <= FOLHA_POLEGADAS[0] and lados[1] <= FOLHA_POLEGADAS[1] and not DE_CAMERA & da_foto


def _bomba(largura: int = 0, altura: int = 0) -> ArquivoRecusado:
    medida = f" ({largura} × {altura} pontos)" if largura else ""
    return ArquivoRecusado(
        "pontos",
        f"A imagem é grande demais{medida}: o máximo é {tecnicos().pontos // 1_000_000} milhões de pontos. "
        "Digitalize em 150 DPI.",
    )


# --- PDF ----------------------------------------------------------------------------------------------------------


@contextmanager
def pdf_aberto(dados: BinaryIO | Path) -> Iterator[pikepdf.Pdf]:
    """Open without asking for a password; every defect, then or while it is used, is ArquivoRecusado."""
    try:
        with pikepdf.open(dados, suppress_warnings=True) as pdf:
            yield pdf
    except pikepdf.PasswordError as erro:
        raise ArquivoRecusado(
            "senha", "O PDF pede senha para abrir. Abra-o com a senha, escolha imprimir e “Salvar como PDF”."
        ) from erro
    except (pikepdf.PdfError, pikepdf.DependencyError, *DEFEITOS_DE_IMAGEM, AttributeError, RuntimeError) as erro:
        raise ArquivoRecusado("corrompido", "O PDF está danificado e não abre. Gere ou digitalize de novo.") from erro


def _inspecionar_pdf(dados: BinaryIO) -> Inspecao:
    with pdf_aberto(dados) as pdf:
        # Asked before the pages are listed: a page tree may claim millions.
        conferir_paginas(int(pdf.Root.Pages.get("/Count", 0)))
        paginas = len(pdf.pages)
        if paginas == 0:
            raise ArquivoRecusado("sem_paginas", "O PDF não tem nenhuma página. Gere ou digitalize de novo.")
        conferir_paginas(paginas)
        _recusar_formulario_dinamico(pdf)
        for numero, pagina in enumerate(pdf.pages, start=1):
            conferir_medida(pagina, numero)
            conferir_imagens(pagina)
            _conferir_desenho(pagina, numero)
        return Inspecao(tipos.PDF, paginas, _avisos_do_pdf(pdf))


def atributo(pagina: pikepdf.Page, chave: str) -> pikepdf.Object | None:
    """A page attribute, its own or inherited from the page tree; a tree that loops ends in None."""
    no: pikepdf.Object | None = pagina.obj
    for _ in range(50):
        if not isinstance(no, pikepdf.Dictionary):
            return None
        if chave in no:
            return no[chave]
        no = no.get("/Parent")
    return None


def caixa_visivel(pagina: pikepdf.Page) -> tuple[float, float, float, float]:
    """What a reader shows: the crop box inside the media box, corners in order, in user units."""
    media = _retangulo(atributo(pagina, "/MediaBox"))
    if media is None or not _tem_area(media):
        media = (0.0, 0.0, 595.28, 841.89)
    corte = _retangulo(atributo(pagina, "/CropBox")) or media
    x0, y0 = max(media[0], corte[0]), max(media[1], corte[1])
    x1, y1 = min(media[2], corte[2]), min(media[3], corte[3])
    return (x0, y0, x1, y1) if _tem_area((x0, y0, x1, y1)) else media


def _tem_area(caixa: tuple[float, float, float, float]) -> bool:
    return caixa[2] - caixa[0] >= 1 and caixa[3] - caixa[1] >= 1


def unidade_da_pagina(pagina: pikepdf.Page) -> float:
    """Points per user unit; 1 when the page says nothing or nonsense."""
    unidade = pagina.obj.get("/UserUnit")
    return float(unidade) if isinstance(unidade, int | float | Decimal) and unidade > 0 else 1.0


def dicionario_em(objeto: pikepdf.Object, chave: str) -> pikepdf.Object:
    """The dictionary at `chave`; an empty one when there is none or something else stands there."""
    achado = objeto.get(chave)
    return achado if isinstance(achado, pikepdf.Dictionary) else pikepdf.Dictionary()


def conferir_medida(pagina: pikepdf.Page, numero: int) -> None:
    x0, y0, x1, y1 = caixa_visivel(pagina)
    maior_cm = max(x1 - x0, y1 - y0) * unidade_da_pagina(pagina) / PONTOS_POR_CM
    # `not <=` also catches NaN.
    if not maior_cm <= tecnicos().pagina_cm:
        raise ArquivoRecusado(
            "medida",
            f"A página {numero} mede {maior_cm:.0f} cm e o máximo é {tecnicos().pagina_cm} cm. "
            "Gere o PDF em tamanho A4.",
        )


def conferir_imagens(pagina: pikepdf.Page) -> None:
    for imagem in pagina.get_images().values():
        largura, altura = int(imagem.get("/Width", 0)), int(imagem.get("/Height", 0))
        conferir_pontos(largura, altura)


def _conferir_desenho(pagina: pikepdf.Page, numero: int) -> None:
    try:
        medir(pagina)
    except (DesenhoDemais, RecursionError) as erro:
        raise ArquivoRecusado(
            "complexo", f"A página {numero} tem desenho demais para ser aberta. Imprima-a e digitalize em 150 DPI."
        ) from erro


def _retangulo(caixa: pikepdf.Object | None) -> tuple[float, float, float, float] | None:
    if not isinstance(caixa, pikepdf.Array) or len(caixa) != 4:
        return None
    x0, y0, x1, y1 = (float(lado) if isinstance(lado, int | float | Decimal) else 0.0 for lado in caixa)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _recusar_formulario_dinamico(pdf: pikepdf.Pdf) -> None:
    # Such a file holds one page that says "please wait"; the form itself is a script of Adobe's reader.
    if pdf.Root.get("/NeedsRendering", False):
        raise ArquivoRecusado(
            "formulario",
            "O PDF é um formulário que só abre no Adobe Reader. Abra-o lá, escolha imprimir e “Salvar como PDF”.",
        )
    if "/Collection" in pdf.Root:
        raise ArquivoRecusado(
            "portfolio", "O PDF é uma pasta com outros arquivos dentro. Abra-o e envie cada documento separado."
        )


def _avisos_do_pdf(pdf: pikepdf.Pdf) -> list[str]:
    assinaturas = dicionario_em(pdf.Root, "/AcroForm").get("/SigFlags")
    condicoes: list[tuple[Callable[[], bool], str]] = [
        (lambda: bool(pdf.get_warnings()), "O PDF tinha defeitos e foi recuperado: confira as páginas."),
        (lambda: pdf.is_encrypted, "O PDF tinha proteção contra cópia, que as páginas preparadas não levam."),
        (
            lambda: isinstance(assinaturas, int) and bool(assinaturas & 1),
            "O PDF tem assinatura digital. As páginas preparadas não a levam; o original fica guardado como veio.",
        ),
        (lambda: len(pdf.attachments) > 0, "O PDF tinha arquivos anexados, que foram retirados."),
        (lambda: _tem_programa(pdf), "O PDF tinha programas embutidos, que foram retirados."),
    ]
    return [aviso for condicao, aviso in condicoes if condicao()]


def _tem_programa(pdf: pikepdf.Pdf) -> bool:
    raiz = pdf.Root
    if "/JavaScript" in dicionario_em(raiz, "/Names") or "/AA" in raiz or _executa(raiz.get("/OpenAction")):
        return True
    return any(_dispara(objeto) for pagina in pdf.pages for objeto in (pagina.obj, *_anotacoes(pagina)))


def _anotacoes(pagina: pikepdf.Page) -> list[pikepdf.Object]:
    anotacoes = pagina.obj.get("/Annots")
    if not isinstance(anotacoes, pikepdf.Array):
        return []
    return [anotacao for anotacao in anotacoes if isinstance(anotacao, pikepdf.Dictionary)]


def _dispara(objeto: pikepdf.Object) -> bool:
    """A page or annotation with a program behind a click or an event."""
    return _executa(objeto.get("/A")) or any(_executa(acao) for _, acao in dicionario_em(objeto, "/AA").items())


def _executa(acao: object) -> bool:
    return isinstance(acao, pikepdf.Dictionary) and acao.get("/S") in ("/JavaScript", "/Launch")
