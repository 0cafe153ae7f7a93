"""A4 pages out of a PDF that nobody trusts: only what is drawn comes along, as vectors where it was vectors.

Each page becomes a form inside a new document, so scripts, attachments, links, forms, signatures, metadata and
passwords stay behind with the old one.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from act_portal.arquivos.anotacoes import desenhar_textos
from act_portal.arquivos.folhas import (
    MINIATURA_LARGURA,
    FolhaFeita,
    com_conserto,
    defeitos_de,
    em_branco,
    em_jpeg,
    medida_na_folha,
    miniatura_em_bytes,
)
from act_portal.arquivos.gravacao import gravar
from act_portal.arquivos.inspecao import (
    ArquivoRecusado,
    atributo,
    caixa_visivel,
    conferir_imagens,
    conferir_medida,
    conferir_paginas,
    dicionario_em,
    pdf_aberto,
    unidade_da_pagina,
)
from act_portal.arquivos.pdf_minimo import (
    A4_PONTOS,
    CHAVE_DPI,
    DPI,
    QUALIDADES,
    ULTIMOS_RECURSOS,
    deitada,
    pagina_com_jpeg,
)

AO_CABER = "Esta página passa do tamanho que o INSS recebe e, comprimida para caber, piora."
GRANDE = {
    "codigo": "grande",
    "onde": "",
    "texto": "Esta página não cabe no tamanho que o INSS recebe, nem comprimida: digitalize de novo em 150 DPI.",
}
SEM_DESENHO = (
    "A página {} tinha uma marca feita por cima que não foi junto: se ela importa, imprima o documento e digitalize."
)
# A page this close to A4 is A4: printers and generators round differently.
FOLGA_PONTOS = 2.5
# Keys of a stream that carry something other than the drawing, or point outside the page.
SOBRAS = (
    "/AF", "/Alternates", "/F", "/FDecodeParms", "/FFilter", "/LastModified", "/Measure", "/Metadata", "/OC", "/OPI",
    "/PieceInfo", "/PS", "/PtData", "/Ref", "/StructParent", "/StructParents", "/Subtype2",
)  # fmt: skip


def folhas_do_pdf(caminho: Path, *, reparar: str = "") -> Iterator[FolhaFeita]:
    with pdf_aberto(caminho) as pdf:
        conferir_paginas(len(pdf.pages))
        sem_desenho = achatar(pdf)
        desenhos = _abrir_no_pdfium(caminho)
        camadas = _tem_camada_apagada(pdf)
        for indice, pagina in enumerate(pdf.pages):
            conferir_medida(pagina, indice + 1)
            conferir_imagens(pagina)
            folha = _folha(pagina, indice, desenhos, rasterizar_tudo=camadas, reparar=reparar)
            yield (
                replace(folha, avisos=[*folha.avisos, SEM_DESENHO.format(indice + 1)])
                if indice in sem_desenho
                else folha
            )


def achatar(pdf: pikepdf.Pdf) -> set[int]:
    """Draw form fields, stamps and typed text onto their pages, and give each page only the resources that it uses.

    Returns the pages (from 0) that lose a mark because the file does not tell how it looks.
    """
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    sem_desenho = desenhar_textos(pdf)
    pdf.flatten_annotations("all")
    pdf.remove_unreferenced_resources()
    return sem_desenho


def _folha(
    pagina: pikepdf.Page, indice: int, desenhos: pdfium.PdfDocument | None, *, rasterizar_tudo: bool, reparar: str
) -> FolhaFeita:
    numero = indice + 1
    dpi = _dpi_das_imagens(desenhos, indice)
    if rasterizar_tudo and desenhos is not None:
        # A layer that the author switched off would come back without the catalogue that says so.
        conteudo, dpi_final = _desenhada(desenhos[indice]), DPI
    else:
        conteudo, dpi_final = _copiada(pagina, dpi)
    vista = _vista(conteudo, numero)
    avisos = []
    if dpi and dpi_final < DPI - 5:
        avisos.append(
            f"A página {numero} foi digitalizada em {dpi_final} DPI e o INSS pede {DPI}: confira se dá para ler."
        )
    if em_branco(vista):
        avisos.append(f"A página {numero} parece em branco.")
    # What is drawn by a program (vectors alone) is as sharp as its reader's screen.
    desenho = imagem_da_folha(conteudo) if dpi else None
    folha = FolhaFeita(conteudo, miniatura_em_bytes(vista), dpi_final, avisos, defeitos_de(desenho) if desenho else [])
    if desenho is None:
        return folha
    return com_conserto(folha, desenho, reparar, lambda escala: imagem_da_folha(conteudo, min(escala, dpi_final / DPI)))


def imagem_da_folha(conteudo: bytes, escala: float = 1.0) -> Image.Image:
    """What a finished page shows, at 150 DPI times `escala`; of a page made of one picture, that picture alone."""
    if jpeg := jpeg_da_folha(conteudo):
        return Image.open(io.BytesIO(jpeg), formats=["JPEG"]).convert("RGB")
    with pdfium.PdfDocument(conteudo) as documento:
        return documento[0].render(scale=escala * DPI / 72, rev_byteorder=True).to_pil().convert("RGB")


def jpeg_da_folha(conteudo: bytes) -> bytes:
    """The picture of a page written by `pagina_com_jpeg`; empty for any other page."""
    with pikepdf.open(io.BytesIO(conteudo)) as pdf:
        desenhos = dicionario_em(dicionario_em(pdf.pages[0].obj, "/Resources"), "/XObject")
        imagem = desenhos.get("/I0")
        if set(desenhos.keys()) != {"/I0"} or not isinstance(imagem, pikepdf.Stream):
            return b""
        return imagem.read_raw_bytes() if imagem.get("/Filter") == pikepdf.Name.DCTDecode else b""


def _copiada(pagina: pikepdf.Page, dpi: int | None) -> tuple[bytes, int]:
    """The page as a form on a new A4 page. Returns the PDF and its resolution (150 when nothing is raster)."""
    x0, y0, x1, y1 = caixa_visivel(pagina)
    unidade = unidade_da_pagina(pagina)
    giro = _giro(pagina)
    largura, altura = (x1 - x0) * unidade, (y1 - y0) * unidade
    if giro in {90, 270}:
        largura, altura = altura, largura
    folha = A4_PONTOS[::-1] if deitada(largura, altura) else A4_PONTOS
    escala = _escala(largura, altura, folha, dpi)
    matriz = _matriz(giro, (x0, y0, x1, y1), escala * unidade, folha)

    forma = pagina.as_form_xobject(handle_transformations=False)
    forma.BBox = pikepdf.Array([x0, y0, x1, y1])
    _limpar(forma)
    dpi_final = min(round(dpi / escala), 1200) if dpi else DPI
    with pikepdf.new() as novo:
        nova = novo.add_blank_page(page_size=folha)
        nova.obj["/MediaBox"] = pikepdf.Array([0, 0, *(round(lado, 3) for lado in folha)])
        nova.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F0=novo.copy_foreign(forma)))
        nova.obj["/Contents"] = novo.make_stream(
            ("q " + " ".join(f"{parte:.6f}" for parte in matriz) + " cm /F0 Do Q").encode()
        )
        nova.obj[CHAVE_DPI] = dpi_final
        return gravar(novo), dpi_final


def _escala(largura: float, altura: float, folha: tuple[float, float], dpi: int | None) -> float:
    """Shrink what does not fit; enlarge a small scan only as far as it keeps 150 DPI."""
    cabe = min(folha[0] / largura, folha[1] / altura)
    if all(abs(lado - alvo) <= FOLGA_PONTOS for lado, alvo in zip((largura, altura), folha, strict=True)):
        return min(1.0, cabe) if cabe < 0.99 else 1.0
    if cabe <= 1:
        return cabe
    return min(cabe, max(1.0, dpi / DPI)) if dpi else 1.0


def _matriz(
    giro: int, caixa: tuple[float, float, float, float], escala: float, folha: tuple[float, float]
) -> tuple[float, float, float, float, float, float]:
    """Turn clockwise by `giro`, scale, and centre on the sheet."""
    angulo = math.radians(-giro)
    cos, sen = round(math.cos(angulo)) * escala, round(math.sin(angulo)) * escala
    meio = ((caixa[0] + caixa[2]) / 2, (caixa[1] + caixa[3]) / 2)
    desvio = (folha[0] / 2 - (cos * meio[0] - sen * meio[1]), folha[1] / 2 - (sen * meio[0] + cos * meio[1]))
    return cos, sen, -sen, cos, *desvio


def _giro(pagina: pikepdf.Page) -> int:
    giro = atributo(pagina, "/Rotate")
    return int(giro) % 360 // 90 * 90 if isinstance(giro, int) else 0


def _limpar(raiz: pikepdf.Object) -> None:
    """Take from every stream below `raiz` what is not drawing. Name tables are left alone: a glyph may be called F."""
    vistos: set[tuple[int, int]] = set()
    fila = [raiz]
    while fila:
        objeto = fila.pop()
        if objeto.is_indirect:
            if objeto.objgen in vistos:
                continue
            vistos.add(objeto.objgen)
        if isinstance(objeto, pikepdf.Stream):
            _limpar_fluxo(objeto)
        if isinstance(objeto, pikepdf.Stream | pikepdf.Dictionary):
            _limpar_marcas(objeto)
            fila += [valor for _, valor in objeto.items() if isinstance(valor, pikepdf.Object)]
        elif isinstance(objeto, pikepdf.Array):
            fila += [valor for valor in objeto if isinstance(valor, pikepdf.Object)]


def _limpar_fluxo(fluxo: pikepdf.Object) -> None:
    for chave in SOBRAS:
        if chave in fluxo:
            del fluxo[chave]
    if fluxo.get("/Subtype") == "/PS":
        fluxo.write(b"")
        fluxo.Subtype, fluxo.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 0, 0])


def _limpar_marcas(objeto: pikepdf.Object) -> None:
    # Marked content may point at layers, structure or files; an empty mark draws the same.
    marcas = objeto.get("/Properties")
    if isinstance(marcas, pikepdf.Dictionary) and ("/XObject" in objeto or "/Font" in objeto or "/ProcSet" in objeto):
        for nome in list(marcas.keys()):
            marcas[nome] = pikepdf.Dictionary()


def _tem_camada_apagada(pdf: pikepdf.Pdf) -> bool:
    padrao = dicionario_em(dicionario_em(pdf.Root, "/OCProperties"), "/D")
    apagadas = padrao.get("/OFF")
    return (isinstance(apagadas, pikepdf.Array) and len(apagadas) > 0) or padrao.get("/BaseState") == "/OFF"


# --- pdfium -------------------------------------------------------------------------------------------------------


def _abrir_no_pdfium(caminho: Path) -> pdfium.PdfDocument | None:
    try:
        return pdfium.PdfDocument(caminho)
    except pdfium.PdfiumError:
        # qpdf mends more than pdfium does; the mended page is drawn below all the same.
        return None


def _dpi_das_imagens(desenhos: pdfium.PdfDocument | None, indice: int) -> int | None:
    """Lowest resolution of the pictures that fill a good part of the page; None when there is none."""
    if desenhos is None or indice >= len(desenhos):
        return None
    try:
        pagina = desenhos[indice]
        area = pagina.get_width() * pagina.get_height()
        achados = []
        for objeto in pagina.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            esquerda, baixo, direita, alto = objeto.get_bounds()
            largura, altura = direita - esquerda, alto - baixo
            if largura * altura < area * 0.2:
                continue
            pontos = sorted(objeto.get_px_size())
            lados = sorted((largura, altura))
            achados.append(min(ponto * 72 / lado for ponto, lado in zip(pontos, lados, strict=True)))
    except pdfium.PdfiumError:
        return None
    return max(1, round(min(achados))) if achados else None


def _vista(conteudo: bytes, numero: int) -> Image.Image:
    """The finished page drawn 240 px wide; what cannot be drawn is refused here, not at the desk of INSS."""
    try:
        with pdfium.PdfDocument(conteudo) as documento:
            pagina = documento[0]
            vista = pagina.render(scale=MINIATURA_LARGURA / pagina.get_width(), rev_byteorder=True).to_pil()
    except pdfium.PdfiumError as erro:
        raise ArquivoRecusado(
            "corrompido", f"A página {numero} do PDF está danificada. Gere ou digitalize de novo."
        ) from erro
    return vista.convert("RGB")


def _desenhada(pagina: pdfium.PdfPage, qualidade: int = 80, dpi: int = DPI) -> bytes:
    escala = dpi / 72
    largura, altura = pagina.get_width() * escala, pagina.get_height() * escala
    medida = medida_na_folha(max(1, round(largura)), max(1, round(altura)), dpi)
    imagem = pagina.render(scale=escala * medida[0] / largura, rev_byteorder=True).to_pil().convert("RGB")
    return pagina_com_jpeg(em_jpeg(imagem, qualidade), *imagem.size, dpi=dpi)


def caber(pdf: bytes, limite_bytes: int) -> bytes | None:
    """A one-page PDF redrawn as one JPEG, no coarser than it must be: the last resort for a page that alone passes the
    limit. None when even that is too large.
    """
    with pdfium.PdfDocument(pdf) as documento:
        desenhos = (_desenhada(documento[0], qualidade, dpi) for qualidade, dpi in ULTIMOS_RECURSOS)
        return next((desenho for desenho in desenhos if len(desenho) <= limite_bytes), None)


def como_vai(folha: FolhaFeita, limite_bytes: int) -> FolhaFeita:
    """The page with the verdict on what will leave: one that alone passes the limit is made coarser on the way out,
    and who holds the paper must hear now what that costs.
    """
    menor: bytes | None = folha.pdf
    for qualidade in QUALIDADES:
        if menor and len(menor) > limite_bytes:
            menor = comprimir(menor, qualidade)
    if menor and len(menor) > limite_bytes:
        menor = caber(menor, limite_bytes)
    if menor is None:
        return replace(folha, defeitos=[*folha.defeitos, GRANDE])
    novos = piores(folha.pdf, menor) if menor is not folha.pdf else []
    return replace(folha, defeitos=[*folha.defeitos, *({**d, "texto": f"{AO_CABER} {d['texto']}"} for d in novos)])


def comprimir(pdf: bytes, qualidade: int) -> bytes:
    """Re-encode the pictures of a one-page PDF, never below 150 DPI; the same bytes when nothing gains or it would be
    harder to read than before: then the next step is another part, not a worse picture.
    """
    with pikepdf.open(io.BytesIO(pdf)) as documento:
        ganhou = False
        for objeto in documento.objects:
            if isinstance(objeto, pikepdf.Stream) and objeto.get("/Subtype") == "/Image":
                ganhou |= _recodificar(objeto, qualidade)
        if not ganhou:
            return pdf
        menor = gravar(documento)
    return pdf if piores(pdf, menor) else menor


def piores(antes: bytes, depois: bytes) -> list[dict[str, str]]:
    """The defects that are there and were not, by the same verdict as on arrival."""
    de, para = imagem_da_folha(antes), imagem_da_folha(depois)
    if para.width < de.width:
        # A coarser picture is looked at as large as before.
        para = para.resize(de.size, Image.Resampling.BICUBIC)
    tinha = {defeito["codigo"] for defeito in defeitos_de(de)}
    return [defeito for defeito in defeitos_de(para) if defeito["codigo"] not in tinha]


def _recodificar(objeto: pikepdf.Stream, qualidade: int) -> bool:
    """True when the picture became smaller. Masks and unusual colours are left as they are."""
    if any(chave in objeto for chave in ("/Decode", "/Mask", "/ImageMask", "/SMaskInData")):
        return False
    try:
        imagem: Image.Image = pikepdf.PdfImage(objeto).as_pil_image()
    except (pikepdf.UnsupportedImageTypeError, pikepdf.PdfError, NotImplementedError, ValueError, OSError, TypeError):
        return False
    if imagem.mode not in {"RGB", "L"}:
        return False
    # On A4 the long side at 150 DPI is 1,754 pixels: more than that is resolution that INSS does not ask.
    imagem.thumbnail((1754, 1754), Image.Resampling.LANCZOS)
    dados = em_jpeg(imagem, qualidade)
    if len(dados) >= len(objeto.read_raw_bytes()):
        return False
    objeto.write(dados, filter=pikepdf.Name.DCTDecode)
    objeto.Width, objeto.Height, objeto.BitsPerComponent = imagem.width, imagem.height, 8
    objeto.ColorSpace = pikepdf.Name.DeviceRGB if imagem.mode == "RGB" else pikepdf.Name.DeviceGray
    return True
