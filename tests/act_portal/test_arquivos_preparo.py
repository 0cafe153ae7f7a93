from __future__ import annotations

import errno
import hashlib
import io
import json
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from PIL import Image

from act_portal.arquivos import montagem, preparo
from act_portal.arquivos.limites import limites_em
from tests.act_portal.arquivos_fabricados import em_arquivo, em_bytes, foto, pdf, pdf_em_bytes

CHAVES = {"arquivo", "aceito", "motivo", "paginas", "partes", "avisos", "folhas"}


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


def test_caminho_relativo_serve_de_qualquer_pasta(tmp_path, monkeypatch):
    em_arquivo(tmp_path, em_bytes(foto()), "rg.jpg")
    monkeypatch.chdir(tmp_path)
    (linha,) = preparar(Path("rg.jpg"), saida=Path("saida"))
    assert (linha["arquivo"], linha["aceito"]) == ("rg.jpg", True)
    assert (tmp_path / "saida" / "rg.pdf").exists()


def test_partes_numeradas_nao_apagam_as_de_outro_arquivo(tmp_path, monkeypatch):
    monkeypatch.setattr(preparo, "montar", _uma_parte_por_pagina)
    documento = em_arquivo(tmp_path, pdf_em_bytes(pdf(2)), "doc.pdf")
    imagem = em_arquivo(tmp_path, em_bytes(foto()), "doc_1.jpg")
    saida = tmp_path / "saida"
    for ordem, nomes in (
        ((documento, imagem), ["doc_1.pdf", "doc_2.pdf", "doc_1-2.pdf"]),
        ((imagem, documento), ["doc_1.pdf", "doc-2_1.pdf", "doc-2_2.pdf"]),
    ):
        pasta = saida / ordem[0].name
        partes = [parte for linha in preparar(*ordem, saida=pasta) for parte in linha["partes"]]
        assert [parte["nome"] for parte in partes] == nomes
        assert sorted(caminho.name for caminho in pasta.iterdir()) == sorted(nomes)
        for parte in partes:
            assert hashlib.sha256((pasta / parte["nome"]).read_bytes()).hexdigest() == parte["sha256"]


def test_a_saida_na_pasta_de_origem_nao_apaga_o_original(tmp_path):
    original = em_arquivo(tmp_path, pdf_em_bytes(pdf(2)), "laudo.pdf")
    antes = original.read_bytes()
    for _ in range(2):
        (linha,) = preparar(original, saida=tmp_path)
        assert [parte["nome"] for parte in linha["partes"]] == ["laudo-2.pdf"]
    assert original.read_bytes() == antes
    # The second time found its own bytes there and wrote nothing new.
    assert sorted(caminho.name for caminho in tmp_path.iterdir()) == ["laudo-2.pdf", "laudo.pdf"]


def test_parte_que_nao_se_grava_e_recusa_so_desse_arquivo(tmp_path, monkeypatch):
    caminhos = [em_arquivo(tmp_path, em_bytes(foto()), nome) for nome in ("a.jpg", "b.jpg", "c.jpg")]
    gravar = Path.write_bytes

    def disco_cheio(caminho: Path, dados: bytes) -> int:
        if "b.pdf" in caminho.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return gravar(caminho, dados)

    monkeypatch.setattr(Path, "write_bytes", disco_cheio)
    linhas = preparar(*caminhos, saida=tmp_path / "saida")
    assert [linha["aceito"] for linha in linhas] == [True, False, True]
    assert "gravar" in linhas[1]["motivo"]
    assert sorted(caminho.name for caminho in (tmp_path / "saida").iterdir()) == ["a.pdf", "c.pdf"]


def test_saida_que_nao_e_pasta_da_uma_linha_por_arquivo(tmp_path):
    imagem = em_arquivo(tmp_path, em_bytes(foto()), "a.jpg")
    linhas = preparar(imagem, imagem, saida=imagem)
    assert [(linha["aceito"], "gravar" in linha["motivo"]) for linha in linhas] == [(False, True)] * 2


def _uma_parte_por_pagina(folhas, *, nome_base: str, limite_bytes: int) -> list[montagem.Parte]:
    if len(folhas) == 1:
        return montagem.montar(folhas, nome_base=nome_base, limite_bytes=limite_bytes)
    return [
        parte
        for numero, folha in enumerate(folhas, start=1)
        for parte in montagem.montar([folha], nome_base=f"{nome_base}_{numero}", limite_bytes=limite_bytes)
    ]


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
