"""The code on every page of a paper: what it says, how it is drawn, and how it is read back from a scan.

`K7PM2XQA9TBD.2.3`: the paper's verification code, page 2 of 3. It names no person. Twenty letters fit in the smallest
QR code, whose modules then stay above half a millimetre.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import segno

from act_portal.emissao.conteudo import normalizar_codigo

if TYPE_CHECKING:
    from weasyprint.document import Document as Folhas

# The empty box in the foot of every page (`papeis/_rodape.html`) where the code is drawn.
LUGAR = "codigo-da-folha"
ESCRITO = re.compile(r"(?P<codigo>[0-9A-Z]{12})\.(?P<pagina>\d{1,3})\.(?P<paginas>\d{1,3})")
SEM_PAGINA = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
MARGEM_EM_MODULOS = 2


@dataclass(frozen=True)
class CodigoDaFolha:
    """`codigo` as the paper's row has it. `pagina` is 0 when the code does not say (papers printed before it did)."""

    codigo: str
    pagina: int = 0
    paginas: int = 0


def escrever(codigo: str, pagina: int, paginas: int) -> str:
    return f"{codigo.replace('-', '')}.{pagina}.{paginas}"


def ler(texto: str) -> CodigoDaFolha | None:
    """What a code read from a scan says; None for codes that are not ours.

    The address in the head of a paper counts too: it is printed on the first page alone.
    """
    if achado := ESCRITO.fullmatch(texto):
        codigo = normalizar_codigo(achado["codigo"])
        pagina, paginas = int(achado["pagina"]), int(achado["paginas"])
        return CodigoDaFolha(codigo, pagina, paginas) if codigo and 1 <= pagina <= paginas else None
    if SEM_PAGINA.fullmatch(texto) and (codigo := normalizar_codigo(texto)):
        return CodigoDaFolha(codigo)
    if texto.startswith(("http://", "https://")) and len(texto) <= 300:
        try:
            partes = urlsplit(texto)
        except ValueError:
            return None
        digitado = parse_qs(partes.query).get("c", [""])[0]
        codigo = normalizar_codigo(digitado) if partes.path.endswith("/conferir/") else ""
        return CodigoDaFolha(codigo, 1) if codigo else None
    return None


def carimbar(folhas: Folhas, pdf: Any, codigo: str) -> None:
    """Draw each page's own code in the box that its foot keeps free. Called by WeasyPrint before it writes the file.

    One running foot serves all pages, so what differs from page to page cannot come from the template.
    """
    import pydyf  # comes with WeasyPrint: only who draws pays for it

    destinos = [objeto for objeto in pdf.objects if isinstance(objeto, dict) and objeto.get("Type") == "/Page"]
    for numero, (folha, destino) in enumerate(zip(folhas.pages, destinos, strict=True), start=1):
        lugar = folha.anchors.get(LUGAR)
        if lugar is None:
            continue
        desenho = pydyf.Stream(
            [_em_pdf(escrever(codigo, numero, len(folhas.pages)), lugar, folha.height)], compress=True
        )
        pdf.add_object(desenho)
        # First: the page's own drawing leaves the axes turned.
        destino["Contents"] = pydyf.Array([desenho.reference, destino["Contents"]])


def _em_pdf(texto: str, lugar: tuple[float, float, float, float], altura: float) -> bytes:
    """The code as black rectangles, one for each run of modules, marked as decoration: screen readers skip it."""
    # Readers take any of the eight masks; trying them all to pick the prettiest costs four fifths of the code's time.
    linhas = segno.make(texto, error="m", micro=False, mask=3).matrix
    x, y, x2, _ = (ponto * 0.75 for ponto in lugar)
    modulo = (x2 - x) / (len(linhas) + 2 * MARGEM_EM_MODULOS)
    topo = altura * 0.75 - y - MARGEM_EM_MODULOS * modulo
    partes = ["/Artifact BMC q 0 0 0 rg"]
    for numero, linha in enumerate(linhas, start=1):
        for escuros in re.finditer(r"1+", "".join("1" if modulo_ else "0" for modulo_ in linha)):
            esquerda = x + (MARGEM_EM_MODULOS + escuros.start()) * modulo
            largura = (escuros.end() - escuros.start()) * modulo
            partes.append(f"{esquerda:.3f} {topo - numero * modulo:.3f} {largura:.3f} {modulo:.3f} re")
    partes.append("f Q EMC")
    return "\n".join(partes).encode()
