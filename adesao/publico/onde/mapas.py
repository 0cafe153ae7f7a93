"""The maps of "Onde ser atendido". What is on them is also in the list beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.templatetags.static import static
from django.urls import reverse

from act_portal.mapas import municipios, ufs
from act_portal.mapas.desenho import Mapa, Marca, Nuvem, Rotulo, nuvem
from act_portal.mapas.geometria import BRASIL, Lugar, Ponto, Quadro
from act_portal.territorio.models import Municipio
from act_portal.territorio.ufs import UFS
from adesao.publico.onde import consultas
from adesao.publico.onde.consultas import Cidade

# Over the whole country more points than this hide one another: the UF is what can be followed.
MAIS_PONTOS = 120
# Half of a long name.
BEIRA = 130


def do_brasil(cidades: Sequence[Cidade]) -> Mapa:
    fundo = static("img/mapa-brasil.svg")
    if len(cidades) <= MAIS_PONTOS:
        return Mapa(BRASIL, fundo, rotulos=_siglas(cidades), marcas=_marcas(BRASIL, cidades))
    pontos = Nuvem("mapa__pontos", nuvem(c.no_pais for c in cidades if c.abertos), 5)
    return Mapa(BRASIL, fundo, nuvens=[pontos], rotulos=_siglas(cidades))


def da_uf(uf: str, cidades: Iterable[Cidade]) -> Mapa:
    quadro, terra = municipios.fundo_da_uf(uf)
    return Mapa(quadro, nuvens=terra, marcas=_marcas(quadro, cidades))


def ao_redor(municipio: Municipio, cidades: Sequence[Cidade], *, aberto: bool) -> Mapa:
    """`municipio` and `cidades`, with their names; `aberto`: the município itself has an open desk."""
    daqui = consultas.lugar_de(municipio)
    quadro = Quadro.de([daqui, *(c.lugar for c in cidades)], lado=municipios.LADO, margem=80)
    lugares = [x for x in municipios.entre(*_cantos(daqui, cidades)) if quadro.mostra(x)]
    nomes = [(daqui, municipio.nome), *((c.lugar, c.nome) for c in cidades)]
    return Mapa(
        quadro,
        nuvens=[Nuvem("mapa__grao", nuvem(map(quadro.por, lugares)), 6)],
        rotulos=[_nome(quadro, lugar, nome) for lugar, nome in nomes],
        marcas=[Marca(quadro.por(daqui), str(municipio), tom="aberto" if aberto else ""), *_marcas(quadro, cidades)],
    )


def _cantos(daqui: Lugar, cidades: Iterable[Cidade]) -> tuple[Lugar, Lugar]:
    """A rectangle of degrees wide enough for what the frame may show around these places."""
    lugares = [daqui, *(c.lugar for c in cidades)]
    norte, sul = max(x.latitude for x in lugares), min(x.latitude for x in lugares)
    oeste, leste = min(x.longitude for x in lugares), max(x.longitude for x in lugares)
    folga = max(norte - sul, leste - oeste, 0.6)
    return Lugar(norte + folga, oeste - folga), Lugar(sul - folga, leste + folga)


def _nome(quadro: Quadro, lugar: Lugar, nome: str) -> Rotulo:
    """Under its point; near an edge it grows away from it."""
    x, y = quadro.por(lugar)
    lado = "esquerda" if x < BEIRA else "direita" if x > quadro.largura - BEIRA else "meio"
    return Rotulo(Ponto(x, y + 28), nome, f"mapa__nome mapa__nome--{lado}")


def _marcas(quadro: Quadro, cidades: Iterable[Cidade]) -> list[Marca]:
    # One look-up of the route for hundreds of points.
    inicio = reverse("onde:inicio")
    return [
        Marca(quadro.por(c.lugar), str(c), f"{inicio}{c.codigo}/")
        if c.abertos
        else Marca(quadro.por(c.lugar), f"{c} ({_por_que(c)})", f"{inicio}{c.codigo}/", "suspenso")
        for c in cidades
    ]


def _por_que(cidade: Cidade) -> str:
    return "sem pedidos novos" if cidade.parados else "atendimento suspenso"


def _siglas(cidades: Iterable[Cidade]) -> list[Rotulo]:
    contagem = Counter(c.uf for c in cidades if c.abertos)
    inicio = reverse("onde:inicio")
    return [
        Rotulo(ponto, uf, "mapa__sigla", f"{UFS[uf]}: {contagem[uf]}", f"{inicio}?uf={uf}")
        if contagem[uf]
        else Rotulo(ponto, uf, "mapa__sigla mapa__sigla--vazia")
        for uf, ponto in ufs.SIGLAS.items()
    ]
