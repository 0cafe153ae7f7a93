"""Occupations as the lists, the calendar and the region's overview read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DecimalField, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from act_portal.planilhas import Celula
from act_portal.territorio.models import UnidadeInss
from act_portal.territorio.regras import somar_meses
from act_portal.territorio.texto import normalizar
from cessao import leis
from cessao.models import Ambiente, Decisao, Desocupacao, Espaco, Foto, Imovel, Termo, Vistoria
from cessao.models.imovel import alcance
from cessao.models.termo import VENCE_EM, TermoQuerySet, ate_o_dia
from cessao.pendencias import DOS_TERMOS, maior_aviso, terminando
from cessao.publico.consultas import livres_em
from cessao.situacoes import OCUPANDO, PRORROGAVEIS, Ocupacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

EM_CURSO = sorted({*OCUPANDO, Ocupacao.PREPARO, Ocupacao.A_ENTREGAR})
CEM = Decimal(100)
COLUNAS = (
    "termo", "órgão", "esfera", "imóvel", "espaço", "município", "unidade", "área m²", "início", "fim", "devolver até",
    "situação", "dias para o fim", "custo mensal do imóvel", "parte nas despesas %", "parte nas despesas R$",
)  # fmt: skip

COLUNAS_DA_REGIAO = (
    "unidade", "código da unidade", "imóveis", "espaços", "livres", "em uso", "terminando", "vencidas", "sem termo",
    "rateio por mês R$",
)  # fmt: skip


def lista(
    usuario: Usuario, hoje: date, *, quais: str = "", busca: str = "", unidade: UnidadeInss | None = None
) -> TermoQuerySet:
    """The cessions in reach, the nearest end first."""
    termos = Termo.objects.visiveis_para(usuario).select_related(
        "pedido__municipio", "espaco__imovel__municipio", "espaco__imovel__unidade"
    )
    if quais == "terminando":
        termos = termos.filter(terminando(hoje))
    elif quais in DOS_TERMOS:
        termos = termos.filter(DOS_TERMOS[quais])
    elif quais in Ocupacao.values:
        termos = termos.filter(situacao=quais)
    elif quais == "ocupando":
        termos = termos.ocupando()
    elif not quais:
        termos = termos.filter(situacao__in=EM_CURSO)
    if unidade:
        termos = termos.filter(espaco__imovel__unidade=unidade)
    if busca:
        termos = termos.filter(
            Q(espaco__imovel__municipio__nome_busca__contains=normalizar(busca))
            | Q(pedido__orgao__icontains=busca)
            | Q(espaco__imovel__nome__icontains=busca)
        )
    return termos.order_by(VENCE_EM, "pk")


def em_linhas(termos: TermoQuerySet, hoje: date) -> Iterator[list[Celula]]:
    for termo in termos.iterator(chunk_size=1000):
        imovel, pedido = termo.espaco.imovel, termo.pedido
        parte = pedido.rateio_percentual
        custo = imovel.custo_mensal
        yield [
            termo.numero, pedido.orgao, pedido.get_esfera_display(), imovel.nome, termo.espaco.nome,
            str(imovel.municipio), imovel.unidade.nome, termo.area_m2, termo.inicio, termo.fim, termo.vence_em,
            termo.estado.label, termo.dias_para_o_fim(hoje), custo, parte,
            (custo * parte / CEM).quantize(Decimal("0.01")) if custo is not None and parte is not None else None,
        ]  # fmt: skip


@dataclass(frozen=True)
class Unidade:
    """One unit in the overview: spaces occupied and free, ends near, overstays, costs shared a month in reais."""

    codigo: str
    nome: str
    imoveis: int
    espacos: int
    livres: int
    ocupados: int
    terminando: int
    vencidos: int
    sem_termo: int
    rateio: Decimal


def panorama(usuario: Usuario, hoje: date) -> list[Unidade]:
    """Each unit in reach that has property, in five queries whatever its size."""
    filtro, dos_espacos = alcance(usuario), alcance(usuario, "imovel__unidade")
    dos_termos = alcance(usuario, "espaco__imovel__unidade")
    dos_pedidos = alcance(usuario, "pedido__espaco__imovel__unidade")
    if filtro is None or dos_espacos is None or dos_termos is None or dos_pedidos is None:
        return []
    imoveis = dict(_contar(Imovel.objects.filter(filtro, retirado_em=None), "unidade"))
    com_imovel = Imovel.objects.filter(filtro).order_by()
    nomes = com_imovel.values_list("unidade", "unidade__codigo", "unidade__nome").distinct()
    espacos = dict(_contar(Espaco.objects.no_catalogo().filter(dos_espacos), "imovel__unidade"))
    livres = dict(_contar(livres_em(hoje).filter(dos_espacos), "imovel__unidade"))
    sem_termo = dict(_contar(Desocupacao.objects.abertas().filter(dos_pedidos), "pedido__espaco__imovel__unidade"))
    ate = hoje + timedelta(days=maior_aviso())
    perto = ate_o_dia(ate) & ~Q(situacao=Ocupacao.VENCIDO)
    parte = F("espaco__imovel__custo_mensal") * F("pedido__rateio_percentual") / CEM
    linhas = (
        Termo.objects.ocupando()
        .filter(dos_termos)
        .order_by()
        .values("espaco__imovel__unidade")
        .annotate(
            ocupados=Count("pk"),
            terminando=Count("pk", filter=perto),
            vencidos=Count("pk", filter=Q(situacao=Ocupacao.VENCIDO)),
            rateio=Coalesce(
                Sum(parte, output_field=DecimalField(max_digits=14, decimal_places=2)),
                Decimal(0),
                output_field=DecimalField(max_digits=14, decimal_places=2),
            ),
        )
    )
    termos: dict[int, dict[str, Any]] = {um["espaco__imovel__unidade"]: dict(um) for um in linhas}
    unidades = []
    for pk, codigo, nome in nomes:
        linha: dict[str, Any] = termos.get(pk, {})
        unidades.append(
            Unidade(
                codigo=codigo,
                nome=nome,
                imoveis=imoveis.get(pk, 0),
                espacos=espacos.get(pk, 0),
                livres=livres.get(pk, 0),
                ocupados=linha.get("ocupados", 0),
                terminando=linha.get("terminando", 0),
                vencidos=linha.get("vencidos", 0),
                sem_termo=sem_termo.get(pk, 0),
                rateio=Decimal(linha.get("rateio", 0)).quantize(Decimal("0.01")),
            )
        )
    return sorted(unidades, key=lambda u: u.nome)


def unidades_em_linhas(unidades: list[Unidade]) -> Iterator[list[Celula]]:
    for u in unidades:
        yield [
            u.nome, u.codigo, u.imoveis, u.espacos, u.livres, u.ocupados, u.terminando, u.vencidos, u.sem_termo,
            u.rateio,
        ]  # fmt: skip


def _contar(linhas: Any, campo: str) -> Iterator[tuple[int, int]]:
    return linhas.order_by().values_list(campo).annotate(quantos=Count("pk"))


@dataclass(frozen=True)
class NoMapa:
    """One unit on the map: at its own town or, without one, at the town where most of its property is."""

    unidade: Unidade
    cidade: str
    uf: str
    latitude: float
    longitude: float


def no_mapa(unidades: list[Unidade]) -> list[NoMapa]:
    """The rows of the table, where they are."""
    lugar = ("municipio__nome", "municipio__uf", "municipio__latitude", "municipio__longitude")
    codigos = [u.codigo for u in unidades]
    onde = {
        codigo: resto
        for codigo, *resto in UnidadeInss.objects.filter(codigo__in=codigos, municipio__isnull=False)
        .order_by()
        .values_list("codigo", *lugar)
    }
    sem = [codigo for codigo in codigos if codigo not in onde]
    # The last one said of each is that with most.
    por_cidade = Imovel.objects.filter(unidade__codigo__in=sem).order_by().values_list("unidade__codigo", *lugar)
    for codigo, *resto, _ in por_cidade.annotate(quantos=Count("pk")).order_by("quantos", "municipio__nome"):
        onde[codigo] = resto
    return [NoMapa(u, *onde[u.codigo]) for u in unidades if u.codigo in onde]


def decisoes(termo: Termo) -> QuerySet[Decisao]:
    """The opinions and decisions since the term, newest first. Those that led to it stand on the request."""
    atos = (Decisao.Ato.ADITIVO, Decisao.Ato.PRORROGACAO, Decisao.Ato.REVOGACAO)
    return termo.pedido.decisoes.filter(ato__in=atos).order_by("-em", "-pk")


@dataclass(frozen=True)
class Prorrogacao:
    """What is possible before the end: `resta` months inside the limit, asked for until `ate` by the term's own words.

    `tarde`: that day passed, and it may still be asked for.
    """

    limite: int
    resta: int
    ate: date
    tarde: bool
    base: str


def prorrogacao(termo: Termo, hoje: date) -> Prorrogacao | None:
    """None when the state or the day leave no room for an extension at all."""
    if termo.estado not in PRORROGAVEIS or hoje > termo.fim:
        return None
    limite = leis.parametro("prazo_total_meses", hoje)
    ate = termo.fim - timedelta(days=leis.parametro("aviso_prorrogacao_dias", hoje).valor)
    return Prorrogacao(limite.valor, max(0, limite.valor - termo.meses), ate, hoje > ate, limite.base)


def proxima_vistoria(termo: Termo, hoje: date) -> date | None:
    """The day by which somebody should look at the place again, while it is used."""
    if termo.estado not in OCUPANDO - {Ocupacao.VENCIDO}:
        return None
    ultima = termo.vistorias.filter(assinada_em__isnull=False).order_by("dia").last()
    desde = ultima.dia if ultima else termo.inicio
    return min(somar_meses(desde, leis.parametro("vistoria_meses", hoje).valor), termo.vence_em)


# The photo of the delivery, and the one that repeats it.
Par = tuple[Foto | None, Foto | None]


def comparacao(vistoria: Vistoria) -> list[tuple[Ambiente, list[Par]]]:
    """Each room with its photos. On a return: those of the delivery beside those that repeat them; others last."""
    linhas = []
    ambientes = vistoria.ambientes.select_related("antes").prefetch_related("fotos__arquivo", "antes__fotos__arquivo")
    for ambiente in ambientes:
        agora = [f for f in ambiente.fotos.all() if f.removida_em is None]
        antes = [f for f in ambiente.antes.fotos.all() if f.removida_em is None] if ambiente.antes else []
        por_par = {f.par_id: f for f in agora if f.par_id}
        pares: list[Par] = [(f, por_par.get(f.pk)) for f in antes]
        linhas.append((ambiente, [*pares, *((None, f) for f in agora if not f.par_id)]))
    return linhas
