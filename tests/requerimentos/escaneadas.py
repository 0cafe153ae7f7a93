"""Sheets as a desk's scanner gives them: drawn with the code of the foot, then turned, skewed, dirtied."""

from __future__ import annotations

import io

import numpy as np
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image, ImageDraw

from act_portal.emissao import folhas
from act_portal.emissao.models import Documento
from act_portal.emissao.situacoes import Situacao
from requerimentos.models import Conjunto, Papel, Requerimento
from requerimentos.papeis import servicos

A4 = (1240, 1754)


def papeis_impressos(requerimento: Requerimento, paginas: dict[str, int] | None = None) -> Conjunto:
    """A set printed without drawing anything; `paginas` says how long each paper is (1)."""
    conjunto = servicos.fazer_conjunto(requerimento.pk, autor=requerimento.atendente)
    for papel in conjunto.papeis.all():
        Documento.objects.filter(pk=papel.documento_id).update(
            situacao=Situacao.EMITIDO, pdf="papel.pdf", sha256="0" * 64, emitido_em=now(),
            paginas=(paginas or {}).get(papel.especie, 1),
        )  # fmt: skip
        servicos.conferir_conjunto(papel.documento_id)
    conjunto.refresh_from_db()
    return conjunto


def folha(papel: Papel, numero: int = 1) -> Image.Image:
    papel.documento.refresh_from_db()
    return folha_com(folhas.escrever(papel.documento.codigo, numero, papel.documento.paginas))


def folha_com(texto: str) -> Image.Image:
    """A4 at 150 DPI with the code where the foot has it: 14 mm, margin of two modules."""
    pagina = Image.new("RGB", A4, "white")
    desenho = ImageDraw.Draw(pagina)
    for linha in range(8):
        desenho.text((120, 150 + 60 * linha), "Declaro que as informações são verdadeiras", fill="black", font_size=22)
    if texto:
        saida = io.BytesIO()
        segno.make(texto, error="m", micro=False).save(saida, kind="png", scale=10, border=2)
        pagina.paste(Image.open(saida).convert("RGB").resize((83, 83)), (1069, 1650))
    return pagina


def virada(pagina: Image.Image, graus: float) -> Image.Image:
    """Counter-clockwise, on white."""
    return pagina.rotate(graus, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)


def suja(pagina: Image.Image, qualidade: int = 60) -> Image.Image:
    """The grain of a cheap scanner and a JPEG of 150 DPI."""
    pontos = np.asarray(pagina, np.float32) * 0.9
    pontos += np.random.default_rng(1).normal(0, 14, pontos.shape)
    saida = io.BytesIO()
    Image.fromarray(np.clip(pontos, 0, 255).astype(np.uint8)).save(saida, "JPEG", quality=qualidade)
    return Image.open(saida).convert("RGB")


def em_pdf(*paginas: Image.Image, nome: str = "digitalizado.pdf") -> SimpleUploadedFile:
    saida = io.BytesIO()
    paginas[0].save(saida, "PDF", resolution=150, save_all=True, append_images=paginas[1:])
    return SimpleUploadedFile(nome, saida.getvalue(), "application/pdf")
