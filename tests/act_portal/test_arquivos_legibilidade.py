"""The verdict of each page. How often it errs is measured by bench/legibilidade.py."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from act_portal.arquivos.caixa import normalizar
from act_portal.arquivos.folhas_pdf import AO_CABER, GRANDE
from act_portal.arquivos.legibilidade import julgar
from act_portal.arquivos.tipos import JPEG, PDF
from bench.legibilidade import BONS, FOTOS, RUINS, TABELAS, com_ruido, documento, veredito
from tests.act_portal.arquivos_fabricados import em_arquivo, em_bytes


@pytest.mark.parametrize(("codigo", "estrago"), [(c, e) for c, todos in RUINS.items() for e in todos])
def test_acha_o_defeito_na_pagina_estragada(codigo, estrago):
    sorte = random.Random(f"teste/{codigo}")  # noqa: S311 - pictures
    pagina = estrago(documento(sorte, ponto=None if codigo == "miuda" else 10), sorte)

    assert codigo in veredito(pagina)


@pytest.mark.parametrize(
    ("codigo", "vez"),
    [
        # Small letters smeared along the line: each line looked like a rule of a form, and was left out.
        ("tremida", 1),
        # As many letters hang below their line as rise above it beside a small one.
        ("cabeca", 31),
        # Cut through the feet of a line: what is left is lower than any letter.
        ("cortada", 4),
    ],
)
def test_acha_tambem_o_que_parecia_outra_coisa(codigo, vez):
    sorte = random.Random(f"9/{codigo}/{vez}")  # noqa: S311 - pictures
    estragos = RUINS[codigo]

    pagina = estragos[vez % len(estragos)](documento(sorte), sorte)

    assert codigo in {defeito.codigo for defeito in julgar(pagina)}


BOAS = BONS | TABELAS | FOTOS


@pytest.mark.parametrize("jeito", BOAS.values(), ids=BOAS.keys())
def test_nada_diz_da_pagina_que_se_le(jeito):
    sorte = random.Random("teste")  # noqa: S311 - the same page in every case

    assert veredito(jeito(documento(sorte, ponto=10), sorte)) == set()


def test_poucas_letras_num_canto_nao_sao_tremidas():
    folha = Image.new("RGB", (1240, 1754), "white")
    pena = ImageDraw.Draw(folha)
    pena.text((112, 112), "PÁGINA 1", font=ImageFont.truetype("DejaVuSans.ttf", 120), fill="black")
    # Of each line two letters of one stroke stand in the first square.
    for y in range(340, 1640, 45):
        pena.text((112, y), "linha do documento de teste", font=ImageFont.truetype("DejaVuSans.ttf", 30), fill="black")

    assert julgar(folha) == []


def test_a_pagina_de_margem_estreita_nao_e_cartao_cortado():
    assert julgar(documento(random.Random("1/clean/2"))) == []  # noqa: S311 - pictures


@pytest.mark.parametrize(("tipo", "sinal"), [("JPEG 25 to 60", "1/{}/3"), ("two columns", "2/{}/9")])
def test_dois_paragrafos_nao_sao_dois_documentos(tipo, sinal):
    sorte = random.Random(sinal.format(tipo))  # noqa: S311 - pictures

    assert julgar(BOAS[tipo](documento(sorte), sorte)) == []


def test_os_veios_da_mesa_nao_sao_letras_cortadas():
    sorte = random.Random(0)  # noqa: S311 - pictures
    foto = Image.new("RGB", (1240, 1754), (110, 95, 75))
    pena = ImageDraw.Draw(foto)
    for _ in range(1500):
        x, y = sorte.randrange(-20, 1240), sorte.randrange(1754)
        pena.rectangle((x, y, x + sorte.randrange(8, 26), y + sorte.randrange(6, 16)), fill=(70, 55, 35))
    foto.paste(documento(sorte, ponto=10).resize((980, 1386)), (130, 180))

    assert "cortada" not in {defeito.codigo for defeito in julgar(foto.filter(ImageFilter.GaussianBlur(0.8)))}


def test_diz_onde_e_o_que_fazer_e_sai_da_caixa(tmp_path):
    sorte = random.Random("onde")  # noqa: S311 - pictures
    boa = documento(sorte, ponto=10, margem=60)
    canto = (620, 1100, 1240, 1754)
    borrada = boa.copy()
    borrada.paste(RUINS["tremida"][0](boa, sorte).crop(canto), canto[:2])

    (folha,) = normalizar(em_arquivo(tmp_path, em_bytes(borrada, quality=90)), JPEG)

    assert folha.defeitos == [
        {
            "codigo": "tremida",
            "onde": "canto de baixo, à direita",
            "texto": "Letras tremidas no canto de baixo, à direita: fotografe de novo.",
        }
    ]


def test_a_pagina_que_nao_cabe_e_julgada_como_vai_sair(tmp_path):
    sorte = random.Random(3)  # noqa: S311 - pictures
    caminho = tmp_path / "pesada.pdf"
    # Just sharp enough as it came.
    vista = documento(sorte, ponto=9, margem=90).filter(ImageFilter.GaussianBlur(1.4))
    com_ruido(vista, sorte).save(caminho, "PDF", resolution=150, quality=95)

    def juizo(limite: int) -> list[str]:
        (folha,) = normalizar(caminho, PDF, limite_bytes=limite)
        assert len(folha.pdf) > 1_000_000, "a folha guardada continua como veio"
        return [defeito["texto"] for defeito in folha.defeitos]

    assert juizo(5_000_000) == []
    [texto] = juizo(85_000)
    assert texto.startswith(f"{AO_CABER} Letras tremidas")
    assert juizo(30_000) == [GRANDE["texto"]]
