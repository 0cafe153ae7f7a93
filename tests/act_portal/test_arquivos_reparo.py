"""Page repair. How well it finds and straightens is measured by bench/reparo.py."""

from __future__ import annotations

import io
import json
import random

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image, ImageDraw

from act_portal.arquivos import caixa, reparo
from act_portal.arquivos.folhas import folha_consertada, folha_pronta
from act_portal.arquivos.folhas_pdf import imagem_da_folha, jpeg_da_folha
from act_portal.arquivos.receita import Receita, receita_de
from act_portal.arquivos.reparo import consertar
from act_portal.arquivos.tipos import JPEG, PDF, PNG
from act_portal.erros import ErroDeDominio
from bench._mesa import fotografar
from bench.legibilidade import carteira, com_clarao, documento, em_foto, formulario
from bench.reparo import erro_dos_cantos
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


@pytest.mark.parametrize("receita", [Receita(giro=90), Receita(giro=90, luz=True, branco=True)])
def test_a_folha_e_endireitada_uma_vez_so(monkeypatch, receita):
    retas = []
    monkeypatch.setattr(reparo, "endireitar", lambda *a, fazer=reparo.endireitar: retas.append(1) or fazer(*a))
    cinza = em_foto(documento(random.Random("uma vez"), ponto=11), random.Random("luz"))  # noqa: S311 - pictures

    feita = folha_consertada(cinza, receita)

    assert retas == [1]
    a_mao = folha_pronta(consertar(cinza, receita))
    assert (feita.pdf, feita.miniatura) == (a_mao.pdf, a_mao.miniatura)


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


def reparada(caminho):
    """The page that the portal would keep, and its recipe."""
    (folha,) = caixa.normalizar(caminho, JPEG, reparar="tudo")
    feita = folha.consertada or folha
    return feita, receita_de(feita.receita) if feita.receita else Receita()


def test_de_dois_documentos_na_mesa_nenhum_e_cortado_fora(tmp_path):
    sorte = random.Random("dois")  # noqa: S311 - pictures
    foto_de_dois = Image.new("RGB", (2400, 1600), (40, 60, 90))
    for x, conteudo in ((90, documento(sorte, ponto=11)), (1270, documento(sorte, ponto=11))):
        foto_de_dois.paste(conteudo.resize((1030, 1456)), (x, 70))
    # With a corner folded under, the first is no rectangle: the second alone was taken for the sheet.
    ImageDraw.Draw(foto_de_dois).polygon([(90, 70), (590, 70), (90, 570)], fill=(40, 60, 90))

    feita, receita = reparada(em_arquivo(tmp_path, em_bytes(foto_de_dois, quality=90)))

    assert receita.cantos == ()
    assert "dois" in {defeito["codigo"] for defeito in feita.defeitos}


def test_o_que_o_flash_apagou_continua_dito_depois_da_luz_igualada(tmp_path):
    sorte = random.Random("clarao")  # noqa: S311 - pictures
    apagada = com_clarao(documento(sorte, ponto=10), sorte)

    feita, receita = reparada(em_arquivo(tmp_path, em_bytes(apagada, quality=90)))

    assert receita.luz
    assert "clarao" in {defeito["codigo"] for defeito in feita.defeitos}


def test_a_foto_escura_do_papel_amarelado_clareia(tmp_path):
    folha = np.asarray(documento(random.Random("noite"), ponto=11))  # noqa: S311 - pictures
    escura = Image.fromarray((np.minimum(folha, (235, 225, 200)) // 4).astype(np.uint8))

    feita, receita = reparada(em_arquivo(tmp_path, em_bytes(escura, quality=92)))

    assert (receita.luz, receita.branco) == (True, True)
    assert feita.defeitos == []


def test_o_papel_de_cor_do_digitalizador_fica_da_cor_e_a_moldura_nao_e_a_folha(tmp_path):
    certidao = Image.new("RGB", (1240, 1754), (226, 240, 221))
    desenho = ImageDraw.Draw(certidao)
    certidao.paste(documento(random.Random("certidao"), ponto=12).resize((860, 1216)), (190, 260))  # noqa: S311 - pictures
    certidao = Image.fromarray(np.minimum(np.asarray(certidao), (226, 240, 221)).astype(np.uint8))
    desenho = ImageDraw.Draw(certidao)
    for passo in range(10):
        desenho.rectangle(
            (45 + passo * 4, 45 + passo * 4, 1195 - passo * 4, 1709 - passo * 4), outline=(90, 150, 110), width=2
        )

    feita, receita = reparada(em_arquivo(tmp_path, em_bytes(certidao, quality=92)))

    assert (receita.cantos, receita.branco, feita.defeitos) == ((), False, [])
    vermelho, verde, azul = imagem_da_folha(feita.pdf).getpixel((15, 15))
    assert verde - azul > 10 and verde - vermelho > 8


def test_o_rosto_da_carteira_nao_vira_um_borrao_branco(tmp_path):
    sorte = random.Random("rosto")  # noqa: S311 - pictures
    tirada, _ = fotografar(carteira(sorte, (300, 400)), sorte)

    feita, receita = reparada(em_arquivo(tmp_path, em_bytes(tirada, quality=92)))

    assert receita.cantos and receita.luz
    imagem = imagem_da_folha(feita.pdf)
    rosto = imagem.crop([round(v * imagem.width / 1240) for v in (375, 530, 410, 570)])
    vermelho, _, azul = np.asarray(rosto).reshape(-1, 3).mean(axis=0)
    assert azul < 200 and vermelho - azul > 30


@pytest.mark.parametrize("vez", range(4))
def test_formulario_a_mao_nao_e_virado_pelo_que_as_letras_nao_dizem(tmp_path, vez):
    pagina = formulario(random.Random(f"formulario/{vez}"))  # noqa: S311 - pictures

    feita, receita = reparada(em_arquivo(tmp_path, em_bytes(pagina, quality=88)))

    assert (receita.giro, feita.defeitos) == (0, [])
