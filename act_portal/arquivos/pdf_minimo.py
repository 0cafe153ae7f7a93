"""The smallest PDF that holds one JPEG on one page, written byte by byte: same picture, same file."""

from __future__ import annotations

# A4 in points, and in pixels at 150 DPI.
A4_PONTOS = (595.276, 841.89)
DPI = 150
A4_PIXELS = (1240, 1754)
# The resolution of a page travels with it, so that whoever joins pages need not decode them.
CHAVE_DPI = "/ACT_Dpi"
# How hard pictures are pressed to fit into a limit. Text at 150 DPI stays easy to read down to here; the next step is
# another part, not a worse picture.
QUALIDADES = (70, 60)
# For one page that alone does not fit: (quality, DPI), until it does.
ULTIMOS_RECURSOS = ((80, 150), (60, 150), (40, 150), (30, 120), (20, 100))


def pagina_com_jpeg(jpeg: bytes, largura: int, altura: int, *, dpi: int = DPI) -> bytes:
    """One A4 page (lying down when the picture is clearly wider than tall), the RGB JPEG centred at `dpi`.

    `largura` and `altura` are the picture's pixels. The caller has already fitted them into A4 at `dpi`.
    """
    pagina = A4_PONTOS[::-1] if deitada(largura, altura) else A4_PONTOS
    quadro = (min(largura * 72 / dpi, pagina[0]), min(altura * 72 / dpi, pagina[1]))
    canto = ((pagina[0] - quadro[0]) / 2, (pagina[1] - quadro[1]) / 2)
    desenho = f"q {quadro[0]:.3f} 0 0 {quadro[1]:.3f} {canto[0]:.3f} {canto[1]:.3f} cm /I0 Do Q".encode()
    objetos = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {pagina[0]:g} {pagina[1]:g}] {CHAVE_DPI} {dpi} "
            f"/Resources << /XObject << /I0 5 0 R >> >> /Contents 4 0 R >>"
        ).encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(desenho), desenho),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (largura, altura, len(jpeg), jpeg),
    ]
    return _montar(objetos)


def deitada(largura: float, altura: float) -> bool:
    """Clearly wider than tall: the page lies down, so that what is read stays upright and large."""
    return largura > altura * 1.1


def _montar(objetos: list[bytes]) -> bytes:
    partes = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"]
    posicao, posicoes = len(partes[0]), []
    for numero, objeto in enumerate(objetos, start=1):
        posicoes.append(posicao)
        partes.append(b"%d 0 obj\n%s\nendobj\n" % (numero, objeto))
        posicao += len(partes[-1])
    partes.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objetos) + 1))
    partes += [b"%010d 00000 n \n" % onde for onde in posicoes]
    partes.append(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objetos) + 1, posicao))
    return b"".join(partes)
