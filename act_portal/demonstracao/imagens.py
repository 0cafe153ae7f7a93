"""Pages that look scanned, drawn here and sent once through the real pipeline."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from act_portal.arquivos import servicos as arquivos
from act_portal.arquivos.models import Arquivo
from act_portal.contas.models import Usuario
from act_portal.saidas import servicos as saidas
from act_portal.saidas.models import Saida
from act_portal.territorio.models import Municipio

LARGURA, ALTURA = 1240, 1754
FOLHAS = {
    "identidade": "Documento de identidade",
    "residencia": "Comprovante de residência",
    "termo": "Termo assinado",
    "outro": "Documento apresentado",
}


def escrever(
    lapis: ImageDraw.ImageDraw, onde: tuple[int, int], texto: str, altura: int, cor: tuple[int, int, int]
) -> None:
    """Pillow brings one font, which draws a box for every accented letter: they lose the accent."""
    simples = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode()
    lapis.text(onde, simples, fill=cor, font=ImageFont.load_default(altura))


def desenhar(titulo: str) -> bytes:
    """A JPEG page: a title, lines where text would be, a frame and the warning that nothing in it is real."""
    folha = Image.new("RGB", (LARGURA, ALTURA), (250, 248, 242))
    lapis = ImageDraw.Draw(folha)
    lapis.rectangle((60, 60, LARGURA - 60, ALTURA - 60), outline=(90, 90, 90), width=4)
    escrever(lapis, (120, 120), titulo, 56, (20, 20, 20))
    escrever(lapis, (120, 210), "DADOS FICTÍCIOS - SEM VALOR", 40, (160, 30, 30))
    for n in range(22):
        fim = LARGURA - 160 - (n * 97) % 300
        lapis.line((120, 360 + n * 52, fim, 360 + n * 52), fill=(120, 120, 130), width=5)
    lapis.arc((700, 1500, 1050, 1640), 190, 20, fill=(30, 40, 120), width=6)
    return _em_bytes(folha)


def _em_bytes(folha: Image.Image) -> bytes:
    saida = io.BytesIO()
    folha.save(saida, "JPEG", quality=80, dpi=(150, 150))
    return saida.getvalue()


# --- Photos with something to see ---------------------------------------------------------------------------------
MESA = (92, 70, 52)


def carta(titulo: str) -> Image.Image:
    """A page of text that can be read, all of it invented."""
    folha = Image.new("RGB", (LARGURA, ALTURA), (252, 252, 250))
    lapis = ImageDraw.Draw(folha)
    escrever(lapis, (140, 130), titulo, 46, (20, 20, 20))
    escrever(lapis, (140, 210), "DADOS FICTÍCIOS - SEM VALOR", 34, (160, 30, 30))
    for n in range(28):
        frase = f"{n + 1:02}. Declaro que trabalho na roça, no município inventado, e que tudo aqui é fictício."
        escrever(lapis, (140, 300 + n * 46), frase, 23, (30, 30, 34))
    return folha


def tremida() -> bytes:
    """The lower right of the sheet moved while the photo was taken."""
    folha = carta("Verso do documento")
    onde = Image.new("L", folha.size, 0)
    ImageDraw.Draw(onde).rectangle((LARGURA * 2 // 5, ALTURA * 2 // 5, LARGURA, ALTURA), fill=255)
    borrada = folha.filter(ImageFilter.GaussianBlur(5))
    return _em_bytes(Image.composite(borrada, folha, onde.filter(ImageFilter.GaussianBlur(30))))


def na_mesa() -> bytes:
    """Photographed on a table, askew and in bad light."""
    folha = carta("Comprovante de residência").point(lambda v: round(v * 0.8))
    mesa = Image.new("RGB", (1700, 2300), MESA)
    torta = folha.convert("RGBA").rotate(3.5, Image.Resampling.BICUBIC, expand=True)
    mesa.paste(torta, (180, 230), torta)
    return _em_bytes(mesa)


def sem_codigo() -> bytes:
    """Signed, and the foot with the code stayed out of the picture."""
    return _em_bytes(carta("Termo assinado").crop((0, 0, LARGURA, ALTURA - 130)))


def guardadas(municipio: Municipio) -> dict[str, Arquivo]:
    """What `preparar` made in this town when the demonstration began."""
    primeiras = Arquivo.objects.filter(municipio=municipio, situacao=Arquivo.Situacao.PRONTO).order_by("pk")
    com_folhas = primeiras.prefetch_related("folhas")
    return {nome: com_folhas.filter(nome_original=f"{nome}.jpg")[0] for nome in FOLHAS}


def preparar(municipio: Municipio, autor: Usuario) -> dict[str, Arquivo]:
    """Each kind of page received and made ready, for `direto.copiar_arquivo`."""
    prontos: dict[str, Any] = {}
    for nome, titulo in FOLHAS.items():
        enviado = SimpleUploadedFile(f"{nome}.jpg", desenhar(titulo), "image/jpeg")
        prontos[nome] = arquivos.receber(enviado, municipio=municipio, usuario=autor)
    for arquivo in prontos.values():
        saidas.executar(Saida.objects.get(chave=f"normalizar:{arquivo.pk}").pk)
    feitos = Arquivo.objects.prefetch_related("folhas").in_bulk([arquivo.pk for arquivo in prontos.values()])
    return {nome: feitos[arquivo.pk] for nome, arquivo in prontos.items()}
