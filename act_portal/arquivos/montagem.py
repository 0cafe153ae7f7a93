"""Join pages into files that INSS accepts: in order, each page once, no file above the limit."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from act_portal.arquivos import caixa
from act_portal.arquivos.gravacao import gravar
from act_portal.arquivos.pdf_minimo import CHAVE_DPI, DPI, QUALIDADES
from act_portal.erros import ErroDeDominio

# A page redrawn for the last time grows by so much when it is written once more, turned.
FOLGA_BYTES = 1_000


class NaoCabe(ErroDeDominio):
    """One page alone passes the limit however it is compressed."""


@dataclass(frozen=True)
class Parte:
    """One file to send. `dpi` is the lowest of its pages; pages without pictures count as 150."""

    nome: str
    conteudo: bytes
    paginas: int
    sha256: str
    dpi: int

    @property
    def bytes(self) -> int:
        return len(self.conteudo)


@dataclass(frozen=True)
class _Pagina:
    pdf: bytes
    giro: int


def montar(
    folhas: Sequence[tuple[bytes | Path, int]], *, nome_base: str, limite_bytes: int, apertar: bool = False
) -> list[Parte]:
    """Join one-page PDFs, each turned clockwise by its `giro` (0, 90, 180, 270), into files of at most `limite_bytes`.

    One file when it fits, as it is or with its pictures compressed to quality 60 at 150 DPI; else parts numbered
    `nome_base_1.pdf`, `_2` ..., cut on page borders. Never a page less. A page that the verdict finds harder to read
    when compressed stays as it was; only one that alone passes the limit is made coarser, and on arrival that one was
    judged as it leaves (`folhas_pdf.como_vai`). With `apertar` the pictures are compressed even when they fit: the
    request as a whole passes its limit. The same input gives the same bytes. Raises NaoCabe when a single page
    cannot be brought below the limit.
    """
    paginas = [_Pagina(_bytes(pdf), giro % 360) for pdf, giro in folhas]
    if not paginas:
        return []
    inteiro = _juntar(paginas)
    # Pressed anyway, once is enough: each pass draws the pictures again.
    for qualidade in QUALIDADES[-1:] if apertar else QUALIDADES:
        if len(inteiro) <= limite_bytes and not apertar:
            break
        paginas = _comprimir(paginas, qualidade)
        inteiro = _juntar(paginas)
    if len(inteiro) <= limite_bytes:
        return [_parte(f"{nome_base}.pdf", inteiro)]
    partes = _dividir([_caber(pagina, n, limite_bytes) for n, pagina in enumerate(paginas, 1)], limite_bytes)
    if len(partes) == 1:
        return [_parte(f"{nome_base}.pdf", partes[0])]
    return [_parte(f"{nome_base}_{numero}.pdf", conteudo) for numero, conteudo in enumerate(partes, start=1)]


def _bytes(pdf: bytes | Path) -> bytes:
    return pdf.read_bytes() if isinstance(pdf, Path) else pdf


def _comprimir(paginas: list[_Pagina], qualidade: int) -> list[_Pagina]:
    menores = caixa.comprimir([pagina.pdf for pagina in paginas], qualidade)
    return [_Pagina(pdf, pagina.giro) for pdf, pagina in zip(menores, paginas, strict=True)]


def _caber(pagina: _Pagina, numero: int, limite_bytes: int) -> _Pagina:
    """The page as it is, or redrawn as one picture when it alone passes the limit."""
    if len(_juntar([pagina])) <= limite_bytes:
        return pagina
    if menor := caixa.caber(pagina.pdf, limite_bytes - FOLGA_BYTES):
        return _Pagina(menor, pagina.giro)
    raise NaoCabe(
        f"A página {numero} não cabe em {limite_bytes // 1000} kB nem comprimida. Digitalize-a de novo em 150 DPI."
    )


def _dividir(paginas: list[_Pagina], limite_bytes: int) -> list[bytes]:
    """As few parts as fit, each as full as it can be. Every page fits alone."""
    partes = []
    while paginas:
        quantas, conteudo = _maior_comeco(paginas, limite_bytes)
        partes.append(conteudo)
        paginas = paginas[quantas:]
    return partes


def _maior_comeco(paginas: list[_Pagina], limite_bytes: int) -> tuple[int, bytes]:
    """How many pages from the start fit in one file, and that file. Measures real files: estimates lie."""
    cabem, conteudo = 1, _juntar(paginas[:1])
    # Joined pages share fonts, so the sum of the sizes tells where to look first, not where to stop.
    tentativa, soma = 0, 0
    while tentativa < len(paginas) and soma <= limite_bytes:
        soma += len(paginas[tentativa].pdf)
        tentativa += 1
    teto = len(paginas) + 1
    while cabem + 1 < teto:
        tentativa = min(max(tentativa, cabem + 1), teto - 1)
        inteiro = _juntar(paginas[:tentativa])
        if len(inteiro) <= limite_bytes:
            cabem, conteudo = tentativa, inteiro
            tentativa = cabem + max(1, math.floor(cabem * (limite_bytes / max(len(inteiro), 1) - 1)))
        else:
            teto = tentativa
            tentativa = (cabem + teto) // 2
    return cabem, conteudo


def _juntar(paginas: Sequence[_Pagina]) -> bytes:
    with ExitStack() as abertos, pikepdf.new() as novo:
        for pagina in paginas:
            origem = abertos.enter_context(pikepdf.open(io.BytesIO(pagina.pdf)))
            for folha in origem.pages:
                novo.pages.append(folha)
                if pagina.giro:
                    _girar(novo, novo.pages[-1], pagina.giro)
        if len(paginas) > 1:
            _repartir_iguais(novo)
        return gravar(novo)


def _girar(pdf: pikepdf.Pdf, pagina: pikepdf.Page, giro: int) -> None:
    """Turn the drawing itself, not a flag that some reader may ignore: the sheet changes sides with it."""
    x0, y0, x1, y1 = (float(lado) for lado in pagina.mediabox)
    largura, altura = x1 - x0, y1 - y0
    matriz, lados = {
        90: (f"0 -1 1 0 {-y0:.3f} {x1:.3f}", (altura, largura)),
        180: (f"-1 0 0 -1 {x1:.3f} {y1:.3f}", (largura, altura)),
        270: (f"0 1 -1 0 {y1:.3f} {-x0:.3f}", (altura, largura)),
    }[giro]
    for caixa_da_pagina in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"):
        if caixa_da_pagina in pagina.obj:
            del pagina.obj[caixa_da_pagina]
    pagina.contents_add(f"q {matriz} cm\n".encode(), prepend=True)
    pagina.contents_add(b"\nQ")
    pagina.obj["/MediaBox"] = pikepdf.Array([0, 0, *(round(lado, 3) for lado in lados)])


def _repartir_iguais(pdf: pikepdf.Pdf) -> None:
    """Fonts and pictures that came once per page become one. Pages that were one document share them again."""
    primeiros: dict[bytes, pikepdf.Object] = {}
    repetidos: dict[tuple[int, int], pikepdf.Object] = {}
    for objeto in pdf.objects:
        if isinstance(objeto, pikepdf.Stream) and not _tem_referencia(objeto):
            cabeca = repr(sorted((chave, repr(valor)) for chave, valor in objeto.items()))
            resumo = hashlib.sha256(cabeca.encode() + objeto.read_raw_bytes()).digest()
            primeiro = primeiros.setdefault(resumo, objeto)
            if primeiro.objgen != objeto.objgen:
                repetidos[objeto.objgen] = primeiro
    if not repetidos:
        return
    for objeto in pdf.objects:
        _trocar(objeto, repetidos)


def _tem_referencia(fluxo: pikepdf.Stream) -> bool:
    return any(
        isinstance(valor, pikepdf.Object)
        and (valor.is_indirect or isinstance(valor, pikepdf.Dictionary | pikepdf.Array))
        for chave, valor in fluxo.items()
        if chave not in ("/DecodeParms", "/Filter")
    )


def _trocar(objeto: pikepdf.Object, repetidos: dict[tuple[int, int], pikepdf.Object]) -> None:
    if isinstance(objeto, pikepdf.Dictionary | pikepdf.Stream):
        filhos: list[tuple[Any, Any]] = list(objeto.items())
    elif isinstance(objeto, pikepdf.Array):
        filhos = list(enumerate(objeto))
    else:
        return
    for chave, valor in filhos:
        if not isinstance(valor, pikepdf.Object):
            continue
        if valor.is_indirect:
            if valor.objgen in repetidos:
                objeto[chave] = repetidos[valor.objgen]
        else:
            _trocar(valor, repetidos)


def _parte(nome: str, conteudo: bytes) -> Parte:
    with pikepdf.open(io.BytesIO(conteudo)) as pdf:
        dpi = min(int(pagina.obj.get(CHAVE_DPI, DPI)) for pagina in pdf.pages)
        return Parte(nome, conteudo, len(pdf.pages), hashlib.sha256(conteudo).hexdigest(), dpi)
