"""Maps: the plane, the frame, the drawing, and the country as a file."""

from __future__ import annotations

import re

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from act_portal.mapas import fundo, ufs
from act_portal.mapas.desenho import Mapa, Marca, Rotulo, nuvem, svg_do_mapa, terra
from act_portal.mapas.geometria import BRASIL, Lugar, Ponto, Quadro, distancia_km, projetar
from act_portal.territorio.ufs import UFS

BELO_HORIZONTE, SAO_PAULO, OIAPOQUE, CHUI = (
    Lugar(-19.9102, -43.9266), Lugar(-23.5329, -46.6395), Lugar(3.8407, -51.8331), Lugar(-33.6866, -53.4594),
)  # fmt: skip
NO_BRASIL = st.builds(Lugar, st.floats(-33.7, 5.2), st.floats(-73.9, -32.4))


def test_distancia_e_a_que_se_mede_no_mapa():
    assert distancia_km(BELO_HORIZONTE, SAO_PAULO) == pytest.approx(490, abs=5)
    assert distancia_km(OIAPOQUE, CHUI) == pytest.approx(4176, abs=15)


@given(NO_BRASIL, NO_BRASIL)
def test_distancia_e_a_mesma_na_ida_e_na_volta_e_nada_ate_si(a, b):
    assert distancia_km(a, b) == pytest.approx(distancia_km(b, a))
    assert distancia_km(a, a) == pytest.approx(0, abs=0.01)


def test_norte_fica_em_cima_e_leste_a_direita():
    assert projetar(OIAPOQUE)[1] > projetar(CHUI)[1]
    assert projetar(BELO_HORIZONTE)[0] > projetar(SAO_PAULO)[0]
    assert projetar(Lugar(0.0, -54.0)) == (0.0, 0.0)


@given(st.lists(NO_BRASIL, min_size=1, max_size=12))
def test_o_quadro_mostra_todos_os_lugares_de_que_foi_feito(lugares):
    quadro = Quadro.de(lugares, lado=600)

    pontos = [quadro.por(lugar) for lugar in lugares]

    assert all(quadro.mostra(lugar) for lugar in lugares)
    # In the middle: as much room on the left as on the right, above as below.
    assert abs(min(p.x for p in pontos) - (quadro.largura - max(p.x for p in pontos))) <= 2
    assert abs(min(p.y for p in pontos) - (quadro.altura - max(p.y for p in pontos))) <= 2
    assert 400 <= min(quadro.largura, quadro.altura) <= max(quadro.largura, quadro.altura) <= 600


def test_quadro_sem_lugar_nenhum_e_engano_de_quem_chama():
    with pytest.raises(ValueError, match="pelo menos um lugar"):
        Quadro.de([], lado=600)


def _pontos(d: str) -> set[tuple[int, int]]:
    """What a browser would draw: each relative move, followed by a line of no length."""
    x = y = 0
    vistos = set()
    for dx, dy in re.findall(r"m(-?\d+) ?(-?\d+)h0", d):
        x, y = x + int(dx), y + int(dy)
        vistos.add((x, y))
    return vistos


@given(st.sets(st.builds(Ponto, st.integers(0, 700), st.integers(0, 700)), max_size=60))
def test_a_nuvem_desenha_cada_ponto_e_nenhum_outro(pontos):
    d = nuvem([*pontos, *pontos])

    assert _pontos(d) == pontos
    assert d.count("h0") == len(pontos)


def test_a_terra_tem_halo_e_grao_dos_mesmos_pontos():
    halo, grao = terra(BRASIL, [BELO_HORIZONTE, SAO_PAULO])

    assert (halo.classe, grao.classe) == ("mapa__halo", "mapa__grao")
    assert halo.d == grao.d
    assert halo.grossura > grao.grossura


def test_o_desenho_do_pais_e_o_dos_dados_do_territorio():
    assert fundo.ARQUIVO.read_text() == fundo.desenhar(), "rode python -m act_portal.mapas.fundo"


def test_o_desenho_do_pais_e_leve_e_cabe_no_seu_quadro():
    texto = fundo.ARQUIVO.read_text()
    pontos = _pontos(re.search(r' d="([^"]+)"', texto)[1])

    assert len(brotli.compress(texto.encode())) <= 8_000
    assert len(pontos) > 5_000
    assert all(0 < x < BRASIL.largura and 0 < y < BRASIL.altura for x, y in pontos)


def test_cada_uf_tem_a_sua_sigla_dentro_do_mapa():
    assert ufs.SIGLAS.keys() == UFS.keys()
    assert all(10 < p.x < BRASIL.largura - 10 and 10 < p.y < BRASIL.altura - 10 for p in ufs.SIGLAS.values())


def test_o_mapa_leva_aonde_diz_e_nao_prende_o_teclado():
    mapa = Mapa(
        BRASIL,
        fundo="/static/img/mapa-brasil.svg",
        rotulos=[Rotulo(Ponto(1, 2), "MG", "mapa__sigla", "Minas Gerais", "/x/?uf=MG"), Rotulo(Ponto(3, 4), "SP", "c")],
        marcas=[Marca(Ponto(5, 6), "Serra <b>", "/y/", "suspenso"), Marca(Ponto(7, 8), "Aqui")],
    )

    html = svg_do_mapa(mapa)

    assert 'aria-hidden="true"' in html
    assert html.count("<a ") == html.count('tabindex="-1"') == 2
    assert 'href="/x/?uf=MG"' in html
    assert "mapa__marca--suspenso" in html
    assert "Serra &lt;b&gt;" in html
    assert 'class="mapa__daqui" cx="7" cy="8"' in html
