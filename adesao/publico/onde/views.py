"""Where the citizen is served: search, map and one page for each town. No account, no position asked of the device."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from act_portal.mapas.desenho import Mapa
from act_portal.mapas.geometria import distancia_km
from act_portal.telas import oferta
from act_portal.territorio.consultas import hoje_em, o_procurado, procurar_municipios
from act_portal.territorio.models import Balcao, Municipio
from act_portal.territorio.ufs import UFS
from adesao.publico.onde import consultas, mapas
from adesao.publico.onde.consultas import Cidade

POR_PAGINA = 20
# Longer than the longest name of a town.
MAIOR_TEXTO = 80
PERTO = 5
# More names than this, and the text searched is too short to mean a town.
SEM_PONTO_MOSTRADAS = 12


@dataclass
class Busca:
    """What the address asks for; `avisos` tells what of it could not be used."""

    texto: str = ""
    uf: str = ""
    partida: Municipio | None = None
    avisos: list[str] = field(default_factory=list)

    @classmethod
    def de(cls, parametros: QueryDict) -> Self:
        busca = cls(texto=" ".join(parametros.get("q", "")[:MAIOR_TEXTO].split()), uf=parametros.get("uf", ""))
        if busca.uf and busca.uf not in UFS:
            busca.uf = ""
            busca.avisos.append("Este estado não existe. Mostramos o Brasil inteiro.")
        if len(busca.texto) == 1:
            busca.texto = ""
            busca.avisos.append("Escreva pelo menos duas letras do nome da cidade.")
        if perto := parametros.get("perto", ""):
            busca.partida = Municipio.objects.filter(pk=perto[:7]).first()
            if busca.partida is None:
                busca.avisos.append("Não achamos a cidade de onde medir a distância. Procure pelo nome.")
        return busca


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    busca, todas = Busca.de(request.GET), consultas.cidades()
    achados = procurar_municipios(busca.texto, busca.uf)
    cidades = _escolher(busca, todas, achados)
    if busca.texto and not cidades and (procurada := o_procurado(busca.texto, achados)):
        # Whoever names a town without a desk wants the nearest one, and not an empty list.
        busca.partida, cidades = procurada, consultas.a_partir_de(procurada, todas)
    pagina = Paginator(cidades, POR_PAGINA).get_page(request.GET.get("pagina"))
    balcoes = consultas.com_balcoes([c.codigo for c in pagina])
    com_ponto = {c.codigo for c in cidades}
    hoje = localdate()
    sem_ponto = [m for m in achados if m.pk not in com_ponto and m != busca.partida]
    contexto: dict[str, Any] = {
        "busca": busca,
        "ufs": UFS,
        "por_uf": [] if busca.texto or busca.uf or busca.partida else _por_uf(todas),
        "pagina": pagina,
        "cidades": [_linha(c, balcoes[c.codigo], hoje, busca.partida) for c in pagina if balcoes[c.codigo]],
        "sem_ponto": sem_ponto[:SEM_PONTO_MOSTRADAS],
        "sem_ponto_a_mais": len(sem_ponto[SEM_PONTO_MOSTRADAS:]),
        "mapa": _mapa(busca, cidades),
        "nome_da_uf": UFS.get(busca.uf, ""),
    }
    return render(request, "adesao/publico/onde/inicio.html", contexto)


def _abertos(balcoes: list[Balcao], hoje: date) -> list[Balcao]:
    return [b for b in balcoes if consultas.recebe_novos(b, hoje)]


def _parados(balcoes: list[Balcao], hoje: date) -> list[Balcao]:
    return [b for b in balcoes if b.situacao == consultas.ABERTO and not consultas.recebe_novos(b, hoje)]


def _linha(cidade: Cidade, balcoes: list[Balcao], hoje: date, partida: Municipio | None) -> tuple:
    """The town, its desks that take new requests, those that only go on, and how far it is."""
    return cidade, _abertos(balcoes, hoje), _parados(balcoes, hoje), _km(partida, cidade)


def _km(partida: Municipio | None, cidade: Cidade) -> float | None:
    return distancia_km(consultas.lugar_de(partida), cidade.lugar) if partida else None


def _escolher(busca: Busca, todas: Sequence[Cidade], achados: list[Municipio]) -> list[Cidade]:
    if busca.texto:
        por_codigo = {c.codigo: c for c in todas}
        return [por_codigo[m.pk] for m in achados if m.pk in por_codigo]
    cidades = [c for c in todas if not busca.uf or c.uf == busca.uf]
    return consultas.a_partir_de(busca.partida, cidades) if busca.partida else cidades


def _por_uf(todas: Sequence[Cidade]) -> list[tuple[str, str, int]]:
    """(sigla, name, towns with an open desk) of each UF that has one, when the list is too long to be read whole."""
    if len(todas) <= POR_PAGINA:
        return []
    contagem = Counter(c.uf for c in todas if c.abertos)
    return [(uf, nome, contagem[uf]) for uf, nome in UFS.items() if contagem[uf]]


def _mapa(busca: Busca, cidades: list[Cidade]) -> Mapa:
    ufs = {c.uf for c in cidades}
    if busca.partida:
        daqui, perto = busca.partida, cidades[: PERTO + 1]
        outras = [c for c in perto if c.codigo != daqui.pk][:PERTO]
        return mapas.ao_redor(daqui, outras, aberto=any(c.abertos for c in perto if c.codigo == daqui.pk))
    if busca.uf or len(ufs) == 1:
        return mapas.da_uf(busca.uf or ufs.pop(), cidades)
    return mapas.do_brasil(cidades)


@require_safe
def cidade(request: HttpRequest, codigo_ibge: str) -> HttpResponse:
    """Every município has its page: also who has no desk yet wants to know where the nearest one is."""
    municipio = get_object_or_404(Municipio, pk=codigo_ibge)
    balcoes = consultas.com_balcoes([municipio.pk])[municipio.pk]
    outras = [c for c in consultas.cidades() if c.abertos and c.codigo != municipio.pk]
    proximas = consultas.a_partir_de(municipio, outras)[:PERTO]
    hoje = hoje_em(municipio)
    abertos = _abertos(balcoes, hoje)
    contexto = {
        "municipio": municipio,
        "abertos": abertos,
        "parados": _parados(balcoes, hoje),
        "suspensos": [b for b in balcoes if b.situacao == consultas.SUSPENSO],
        "proximas": [(c, _km(municipio, c)) for c in proximas],
        "autorizados": consultas.servicos_do_acordo(municipio, hoje) if abertos else [],
        "grupos": oferta.grupos(),
        "mapa": mapas.ao_redor(municipio, proximas, aberto=bool(abertos)),
    }
    return render(request, "adesao/publico/onde/cidade.html", contexto)
