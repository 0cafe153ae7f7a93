from __future__ import annotations

import hashlib
import io
import json
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from PIL import Image

from act_portal.arquivos.limites import limites_em
from tests.act_portal.arquivos_fabricados import em_arquivo, em_bytes, foto, pdf, pdf_em_bytes

CHAVES = {"arquivo", "aceito", "motivo", "paginas", "partes", "avisos"}


def preparar(*caminhos: Path, saida: Path) -> list[dict]:
    texto = io.StringIO()
    call_command("preparar_arquivo", *map(str, caminhos), saida=saida, stdout=texto)
    return [json.loads(linha) for linha in texto.getvalue().splitlines()]


def test_uma_linha_json_por_arquivo_sem_banco(tmp_path):
    saida = tmp_path / "nova" / "pasta"
    boa = em_arquivo(tmp_path, em_bytes(foto()), "foto.jpg")
    ruim = em_arquivo(tmp_path, b"#!/bin/sh\n", "virus.pdf")
    linhas = preparar(boa, ruim, tmp_path / "nao-existe.pdf", tmp_path, saida=saida)

    assert [set(linha) for linha in linhas] == [CHAVES] * 4
    assert [linha["aceito"] for linha in linhas] == [True, False, False, False]
    assert linhas[0]["arquivo"] == str(boa)
    (parte,) = linhas[0]["partes"]
    gravada = (saida / parte["nome"]).read_bytes()
    assert parte == {
        "nome": "foto.pdf", "bytes": len(gravada), "dpi": 150, "sha256": hashlib.sha256(gravada).hexdigest(),
        "paginas": 1,
    }  # fmt: skip
    assert "script" in linhas[1]["motivo"]
    assert "não existe" in linhas[2]["motivo"]
    assert "pasta" in linhas[3]["motivo"]
    assert [caminho.name for caminho in saida.iterdir()] == ["foto.pdf"]


def test_dois_de_mesmo_nome_nao_se_apagam(tmp_path):
    outra = tmp_path / "outra"
    outra.mkdir()
    um = em_arquivo(tmp_path, em_bytes(foto()), "rg.jpg")
    outro = em_arquivo(outra, pdf_em_bytes(pdf(2)), "RG.pdf")
    nomes = [linha["partes"][0]["nome"] for linha in preparar(um, outro, saida=tmp_path / "saida")]
    assert nomes == ["rg.pdf", "RG-2.pdf"]


def test_duas_vezes_da_os_mesmos_bytes(tmp_path):
    caminhos = [em_arquivo(tmp_path, em_bytes(foto()), "a.jpg"), em_arquivo(tmp_path, pdf_em_bytes(pdf(3)), "b.pdf")]
    assert preparar(*caminhos, saida=tmp_path / "s1") == preparar(*caminhos, saida=tmp_path / "s2")


def test_acima_de_5_mb_sai_em_partes_que_cabem(tmp_path):
    documento = pikepdf.new()
    for numero in range(12):
        pagina = documento.add_blank_page(page_size=(595.276, 841.89))
        ruido = em_bytes(_ruido(numero), quality=95)
        imagem = documento.make_stream(
            ruido, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1240, Height=1754, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        pagina.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=imagem))
        pagina.obj["/Contents"] = documento.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    grande = em_arquivo(tmp_path, pdf_em_bytes(documento), "laudo.pdf")
    assert grande.stat().st_size > 10_000_000

    (linha,) = preparar(grande, saida=tmp_path / "saida")

    assert linha["aceito"]
    assert len(linha["partes"]) > 1
    assert [parte["nome"] for parte in linha["partes"]] == [
        f"laudo_{n}.pdf" for n in range(1, len(linha["partes"]) + 1)
    ]
    assert sum(parte["paginas"] for parte in linha["partes"]) == linha["paginas"] == 12
    for parte in linha["partes"]:
        assert parte["bytes"] == (tmp_path / "saida" / parte["nome"]).stat().st_size <= 5_000_000
        assert parte["dpi"] >= 149


def _ruido(semente: int):
    imagem = foto(1240, 1754)
    pontos = hashlib.shake_128(bytes([semente])).digest(310 * 438 * 3)
    granulado = Image.frombytes("RGB", (310, 438), pontos).resize(imagem.size, Image.Resampling.NEAREST)
    return Image.blend(imagem, granulado, 0.5)


@pytest.mark.parametrize(
    ("dia", "arquivo", "requerimento", "aceita_jpg"),
    [
        (date(2020, 1, 1), 5_000_000, 30_000_000, False),
        (date(2025, 9, 9), 5_000_000, 30_000_000, False),
        (date(2025, 9, 10), 5_000_000, 50_000_000, False),
        (date(2026, 11, 23), 5_000_000, 50_000_000, True),
    ],
)
def test_limites_sao_os_do_dia(dia, arquivo, requerimento, aceita_jpg):
    limites = limites_em(dia)
    assert (limites.arquivo_bytes, limites.requerimento_bytes) == (arquivo, requerimento)
    assert ("image/jpeg" in limites.tipos) is aceita_jpg
    assert (limites.dpi, limites.bits_por_ponto) == (150, 24)
    assert all(fonte.fonte and fonte.grau for fonte in limites.fontes.values())


def test_dia_sem_limite_conhecido_nao_e_inventado():
    with pytest.raises(LookupError, match="01/01/2010"):
        limites_em(date(2010, 1, 1))
