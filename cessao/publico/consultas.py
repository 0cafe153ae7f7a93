"""The public catalogue: constant number of queries, nothing sensitive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Count
from django.http import QueryDict

from act_portal.mapas.geometria import Lugar
from act_portal.territorio.models import UnidadeInss
from act_portal.territorio.texto import normalizar
from act_portal.territorio.ufs import UFS
from cessao.models import Espaco, Imagem, Imovel, Reserva, Termo
from cessao.models.imovel import EspacoQuerySet, ImovelQuerySet
from cessao.regras import abaixo_de
from cessao.reservas import arvore
from cessao.situacoes import Natureza

MAIOR_TEXTO = 80
UM_DIA = timedelta(days=1)


@dataclass
class Busca:
    """What the address asks for; `avisos` tells what of it could not be used."""

    texto: str = ""
    uf: str = ""
    regiao: str = ""
    natureza: str = ""
    livre: bool = False
    avisos: list[str] = field(default_factory=list)

    @classmethod
    def de(cls, parametros: QueryDict) -> Self:
        busca = cls(
            texto=" ".join(parametros.get("q", "")[:MAIOR_TEXTO].split()),
            uf=parametros.get("uf", ""),
            regiao=parametros.get("regiao", ""),
            natureza=parametros.get("natureza", ""),
            livre=parametros.get("livre") == "1",
        )
        if len(busca.texto) == 1:
            busca.texto = ""
            busca.avisos.append("Escreva pelo menos duas letras do nome do município.")
        if busca.uf and busca.uf not in UFS:
            busca.uf = ""
            busca.avisos.append("Este estado não existe. Mostramos o Brasil inteiro.")
        if busca.natureza and busca.natureza not in Natureza.values:
            busca.natureza = ""
        return busca

    @property
    def vazia(self) -> bool:
        return not (self.texto or self.uf or self.regiao or self.natureza or self.livre)


@dataclass(frozen=True)
class NoMapa:
    """A town with properties, as a point."""

    codigo: str
    nome: str
    uf: str
    lugar: Lugar
    quantos: int

    def __str__(self) -> str:
        return f"{self.nome}/{self.uf}"


def regioes() -> list[UnidadeInss]:
    return list(UnidadeInss.objects.filter(tipo=UnidadeInss.Tipo.SUPERINTENDENCIA).order_by("nome"))


def procurar(busca: Busca, regioes: Sequence[UnidadeInss], hoje: date) -> ImovelQuerySet:
    imoveis = Imovel.objects.publicos()
    if busca.texto:
        nome, barra, uf = busca.texto.rpartition("/")
        com_uf = bool(barra) and uf.strip().upper() in UFS
        imoveis = imoveis.filter(municipio__nome_busca__contains=normalizar(nome if com_uf else busca.texto))
        if com_uf:
            imoveis = imoveis.filter(municipio__uf=uf.strip().upper())
    if busca.uf:
        imoveis = imoveis.filter(municipio__uf=busca.uf)
    if busca.natureza:
        imoveis = imoveis.filter(natureza=busca.natureza)
    regiao = next((r for r in regioes if r.codigo == busca.regiao), None)
    if regiao:
        imoveis = imoveis.filter(unidade__caminho__startswith=regiao.caminho)
    if busca.livre:
        imoveis = imoveis.filter(pk__in=livres_em(hoje).order_by().values("imovel"))
    return imoveis.order_by("municipio__nome_busca", "nome", "pk")


def livres_em(dia: date, imoveis: Sequence[Imovel] | None = None) -> EspacoQuerySet:
    """Spaces that nobody has on `dia`, of these properties or of all. Who did not give a space back still has it, and
    who is inside without a term has it too.
    """
    livres = Espaco.objects.no_catalogo().disponiveis_em(dia)
    if imoveis is not None:
        livres = livres.filter(imovel__in=imoveis)
    # The space itself (with a row of its own when a larger one is lent), or a part of it, two floors down. As sets,
    # made once: a question asked of every space would be asked thousands of times. And each set by itself: "this or
    # that" would be looked for in every reservation there ever was.
    for tomadas in tomadas_em(dia):
        if imoveis is not None:
            tomadas = tomadas.filter(espaco__imovel__in=imoveis)
        for campo in ("espaco", "espaco__dentro_de", "espaco__dentro_de__dentro_de"):
            livres = livres.exclude(pk__in=tomadas.filter(**{f"{campo}__isnull": False}).values(campo))
    sem_termo = Espaco.objects.ocupados_sem_termo().order_by().values("pk")
    for campo in ("pk", "dentro_de", "dentro_de__dentro_de"):
        livres = livres.exclude(**{f"{campo}__in": sem_termo})
    # What has such a place inside is not free either.
    for campo in ("dentro_de", "dentro_de__dentro_de"):
        livres = livres.exclude(pk__in=sem_termo.filter(**{f"{campo}__isnull": False}).values(campo))
    return livres


def tomadas_em(dia: date) -> tuple[models.QuerySet[Reserva], models.QuerySet[Reserva]]:
    """The reservations of `dia`, and those of who should have left by then and did not."""
    vivas = Reserva.objects.filter(liberada_em=None).order_by()
    atrasados = Termo.objects.atrasados(dia).order_by().values("pk")
    return vivas.filter(inicio__lte=dia, fim__gte=dia), vivas.filter(termo__in=atrasados)


def periodos(imovel: Imovel, hoje: date) -> dict[int, list[tuple[date, date]]]:
    """The days, from today on, in which each space of a property is lent, whole or in part: to the end, or to the day
    on which it comes back before the end.
    """
    dias: dict[int, set[tuple[date, date]]] = defaultdict(set)
    vivas = Reserva.objects.filter(espaco__imovel=imovel, liberada_em=None, fim__gte=hoje).select_related("termo")
    for reserva in vivas:
        ate = min(reserva.fim, reserva.termo.vence_em) if reserva.termo.devolver_ate else reserva.fim
        if ate >= max(hoje, reserva.inicio):
            dias[reserva.espaco_id].add((reserva.inicio, ate))
    dentro_de = arvore(imovel.pk)
    return {
        espaco: _emendados({p for parte in abaixo_de(espaco, dentro_de) for p in dias.get(parte, ())})
        for espaco in dentro_de
    }


def _emendados(periodos: set[tuple[date, date]]) -> list[tuple[date, date]]:
    """In order, with those that follow each other without a free day as one: a term and its extensions."""
    emendados: list[tuple[date, date]] = []
    for inicio, fim in sorted(periodos):
        if emendados and inicio <= emendados[-1][1] + UM_DIA:
            emendados[-1] = (emendados[-1][0], max(fim, emendados[-1][1]))
        else:
            emendados.append((inicio, fim))
    return emendados


@dataclass(frozen=True)
class NaLista:
    imovel: Imovel
    espacos: list[Espaco]
    livres: int
    foto: Imagem | None


def na_lista(imoveis: Sequence[Imovel], hoje: date) -> list[NaLista]:
    """A page of the list, with its spaces and first photos, in three more queries."""
    espacos: dict[int, list[Espaco]] = defaultdict(list)
    for espaco in Espaco.objects.filter(imovel__in=imoveis, retirado_em=None).order_by("nome", "pk"):
        espacos[espaco.imovel_id].append(espaco)
    livres = dict(livres_em(hoje, imoveis).order_by().values_list("imovel").annotate(quantos=Count("pk")))
    fotos: dict[int, Imagem] = {}
    for imagem in Imagem.objects.filter(
        imovel__in=imoveis, removida_em=None, tipo=Imagem.Tipo.FOTO, arquivo__situacao="pronto"
    ).order_by("pk"):
        fotos.setdefault(imagem.imovel_id, imagem)
    return [NaLista(i, espacos[i.pk], livres.get(i.pk, 0), fotos.get(i.pk)) for i in imoveis]


def no_mapa(imoveis: ImovelQuerySet) -> list[NoMapa]:
    linhas = (
        imoveis.order_by()
        .values_list(
            *("municipio_id", "municipio__nome", "municipio__uf", "municipio__latitude", "municipio__longitude")
        )
        .annotate(quantos=Count("pk"))
    )
    return [
        NoMapa(codigo, nome, uf, Lugar(latitude, longitude), quantos)
        for codigo, nome, uf, latitude, longitude, quantos in linhas
    ]
