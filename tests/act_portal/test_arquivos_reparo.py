"""Page repair. How well it finds and straightens is measured by bench/reparo.py."""

from __future__ import annotations

import io
import json
import random

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image, ImageDraw

from act_portal.arquivos import caixa
from act_portal.arquivos.folhas_pdf import imagem_da_folha, jpeg_da_folha
from act_portal.arquivos.receita import Receita, receita_de
from act_portal.arquivos.tipos import JPEG, PDF, PNG
from act_portal.erros import ErroDeDominio
from bench.legibilidade import documento, em_foto
from bench.reparo import erro_dos_cantos, fotografar
from tests.act_portal.arquivos_fabricados import em_arquivo, em_bytes, foto


def carimbada(sorte: random.Random) -> Image.Image:
    folha = documento(sorte, ponto=11, margem=90)
    ImageDraw.Draw(folha).rectangle((590, 1330, 680, 1370), fill=(200, 30, 30))
    return folha


@pytest.fixture(scope="module")
def fotografia() -> tuple[bytes, np.ndarray, Image.Image]:
    sorte = random.Random("conserto")  # noqa: S311 - pictures
    tirada, cantos = fotografar(carimbada(sorte), sorte, largura=2000, altura=2660)
    return em_bytes(tirada, quality=92), cantos, tirada


def test_a_foto_vira_folha_reta_clara_e_colorida_e_a_original_fica(tmp_path, fotografia):
    dados, cantos, tirada = fotografia
    caminho = em_arquivo(tmp_path, dados)

    (folha,) = caixa.normalizar(caminho, JPEG, reparar="foto")

    (crua,) = caixa.normalizar(caminho, JPEG)
    assert (folha.pdf, folha.receita, crua.consertada) == (crua.pdf, {}, None)
    consertada = folha.consertada
    assert consertada and consertada.defeitos == []
    receita = receita_de(consertada.receita)
    assert erro_dos_cantos(receita, cantos, tirada) < 2
    assert receita.em_palavras == ["folha recortada e endireitada", "luz igualada", "fundo branco"]
    imagem = imagem_da_folha(consertada.pdf)
    assert imagem.mode == "RGB"
    assert abs(imagem.height / imagem.width - 297 / 210) < 0.02
    assert min(imagem.getpixel((30, 900))) > 240, "o papel fica branco"
    vermelho, verde, azul = imagem.getpixel((round(imagem.width * 0.5), round(imagem.height * 0.77)))
    assert vermelho > 150 > 90 > max(verde, azul), "o carimbo fica vermelho"


def test_sem_mesa_so_conserta_quem_pede_e_o_que_precisa(tmp_path):
    sorte = random.Random("reta")  # noqa: S311 - pictures
    boa = documento(sorte, ponto=11, margem=120)
    torta = boa.rotate(178, Image.Resampling.BICUBIC, fillcolor="white")
    caminhos = [em_arquivo(tmp_path, em_bytes(imagem, quality=90), nome) for imagem, nome in ((boa, "a"), (torta, "b"))]

    def receitas(reparar: str) -> list[Receita | None]:
        feitas = [next(caixa.normalizar(caminho, JPEG, reparar=reparar)).consertada for caminho in caminhos]
        return [receita_de(feita.receita) if feita else None for feita in feitas]

    assert receitas("foto") == [None, None]
    nada, receita = receitas("tudo")
    assert nada is None
    assert receita and (receita.giro, receita.cantos, receita.luz) == (180, (), False)
    assert abs(receita.inclinacao - -2) <= 0.3 or abs(receita.inclinacao - 2) <= 0.3


def test_a_receita_a_mao_e_cumprida_e_da_sempre_os_mesmos_bytes(tmp_path):
    caminho = em_arquivo(tmp_path, em_bytes(foto(900, 1200), "PNG"))
    receita = Receita(giro=90, corte=(0.5, 0.0, 0.0, 0.25)).como_dicionario()

    feita = caixa.consertar(caminho, receita, tipo=PNG)

    assert feita and feita == caixa.consertar(caminho, receita, tipo=PNG)
    imagem = imagem_da_folha(feita.pdf)
    assert imagem.size == (600, 675)
    # The mark was in the upper left corner: turned clockwise it is in the upper right one.
    azul = imagem.getpixel((570, 20))
    assert azul[2] > azul[0] + 60
    assert min(imagem.getpixel((20, 20))) > 200


def test_a_folha_de_um_pdf_tambem(tmp_path, fotografia):
    sorte = random.Random("pdf")  # noqa: S311 - pictures
    pagina = em_bytes(Image.open(io.BytesIO(fotografia[0])), "PDF", resolution=150)
    (folha,) = caixa.normalizar(em_arquivo(tmp_path, pagina), PDF, reparar="foto")
    assert folha.consertada and receita_de(folha.consertada.receita).cantos
    cinza = em_bytes(em_foto(documento(sorte, ponto=11), sorte), "PDF", resolution=150)
    (reta,) = caixa.normalizar(em_arquivo(tmp_path, cinza), PDF, reparar="foto")
    assert reta.consertada is None

    feita = caixa.consertar(reta.pdf, None)

    assert feita and receita_de(feita.receita).branco
    assert jpeg_da_folha(feita.pdf) == caixa.mostrar(feita.pdf)
    assert Image.open(io.BytesIO(caixa.mostrar(reta.pdf))).size == (1241, 1754)
    branca = em_bytes(documento(sorte, ponto=11, margem=120), "PDF", resolution=150)
    (pronta,) = caixa.normalizar(em_arquivo(tmp_path, branca), PDF)
    assert caixa.consertar(pronta.pdf, None) is None


def test_o_comando_conserta_e_diz_o_que_fez(tmp_path, fotografia):
    caminho = em_arquivo(tmp_path, fotografia[0], "foto.jpg")
    saida = io.StringIO()

    call_command("preparar_arquivo", str(caminho), "--reparar", "--json", saida=tmp_path / "s", stdout=saida)

    (folha,) = json.loads(saida.getvalue())["folhas"]
    assert (folha["legivel"], folha["conserto"]["branco"], len(folha["conserto"]["cantos"])) == (True, True, 4)


@pytest.mark.parametrize(
    ("dados", "frase"),
    [
        ({"inclinacao": "nan"}, "inclinação"),
        ({"inclinacao": "muito"}, "número"),
        ({"giro": 45}, "90 em 90"),
        ({"corte": [0.5, 0, 0.5, 0]}, "quase toda"),
        ({"corte": [0.5]}, "número"),
        ({"cantos": [[0, 0], [1, 0], [1, 1]]}, "quatro"),
        ({"cantos": [[0, 0], [1, 1], [1, 0], [0, 1]]}, "trocados"),
        ({"cantos": [[0, 0], [1, 0], [2, 1], [0, 1]]}, "dentro da foto"),
    ],
)
def test_receita_que_nao_da_pagina_e_recusada_com_uma_frase(dados, frase):
    with pytest.raises(ErroDeDominio, match=frase):
        receita_de(dados)
