"""The numbers of a region: agreements by stage and indicator, what ages, what ends. A constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode

from act_portal.contagens import consultas as contagens
from act_portal.graficos import Barra
from act_portal.mapas import municipios as terra
from act_portal.mapas.desenho import Mapa, Marca, Nuvem, nuvem
from act_portal.mapas.geometria import BRASIL, Lugar
from act_portal.mapas.geometria import Quadro as Moldura
from act_portal.telas.navegacao import endereco
from act_portal.territorio.models import Municipio
from act_portal.territorio.regras import somar_meses
from act_portal.territorio.texto import normalizar
from adesao.analise.consultas import IDADES, idade_de
from adesao.indicadores.catalogo import indicadores
from adesao.models import Acordo, Habilitacao, Medicao, Processo
from adesao.paineis import nomes
from adesao.paineis.quadros import Linha, Quadro
from adesao.pendencias import NOMES, filtro_de, notificacoes_de
from adesao.situacoes import ABERTAS, Nivel, Situacao, SituacaoAcordo, SituacaoHabilitacao, SituacaoNotificacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

A = SituacaoAcordo
FIM_PERTO = timedelta(days=180)
ACESSO_PERTO = timedelta(days=60)
GUARDADO_SEGUNDOS = 3600
_COM_NOTIFICACAO = notificacoes_de(SituacaoNotificacao.EMITIDA) | notificacoes_de(SituacaoNotificacao.RESPONDIDA)
# Over a map more points than this are one drawing without links: the list beside it has them.
MAIS_PONTOS = 150


@dataclass(frozen=True)
class Filtros:
    """As they stand in the address; empty: no filter."""

    uf: str = ""
    situacao: str = ""
    indicador: str = ""
    # How it stands in `indicador`; empty: irregular.
    nivel: str = ""
    vence: str = ""
    busca: str = ""

    def endereco(self, **mudam: str) -> str:
        valores = {f.name: getattr(self, f.name) for f in fields(self)} | mudam
        consulta = urlencode({nome: valor for nome, valor in valores.items() if valor})
        return f"{reverse('adesao:regiao')}?{consulta}#acordos"


def municipios_de(usuario: Usuario) -> QuerySet[Municipio]:
    """Those under the unit of who looks."""
    vinculo = usuario.vinculo
    return Municipio.objects.filter(vinculo.alcance_da_unidade()) if vinculo else Municipio.objects.none()


def acordos(usuario: Usuario, filtros: Filtros, hoje: date) -> QuerySet[Acordo]:
    achados = Acordo.objects.visiveis_para(usuario).publicados().select_related("municipio", "processo")
    if filtros.uf:
        achados = achados.filter(municipio__uf=filtros.uf)
    if filtros.situacao:
        achados = achados.filter(situacao=filtros.situacao)
    if filtros.indicador:
        nivel = filtros.nivel or Nivel.IRREGULAR
        assim = Medicao.objects.filter(indicador=filtros.indicador, nivel=nivel, ate__isnull=True)
        achados = achados.vivos().filter(pk__in=assim.values("acordo"))
    if filtros.vence == "acordo":
        achados = achados.acabam_ate(hoje + FIM_PERTO)
    if filtros.vence == "acesso":
        achados = achados.filter(_com_acesso_perto(hoje))
    if filtros.vence == "notificacao":
        achados = achados.filter(_COM_NOTIFICACAO)
    if filtros.vence in NOMES:
        achados = achados.filter(filtro_de(filtros.vence, hoje))
    if filtros.busca:
        achados = achados.filter(municipio__nome_busca__contains=normalizar(filtros.busca))
    atuais = Medicao.objects.filter(acordo=OuterRef("pk"), ate__isnull=True, nivel=Nivel.IRREGULAR).order_by()
    quantas = atuais.values("acordo").annotate(n=Count("pk")).values("n")
    medidos = Medicao.objects.filter(acordo=OuterRef("pk"), ate__isnull=True).exclude(nivel=Nivel.SEM_DADOS)
    return achados.annotate(irregulares=Coalesce(Subquery(quantas), 0), tem_dados=Exists(medidos)).order_by(
        F("irregulares").desc(), "municipio__nome_busca", "pk"
    )


def _com_acesso_perto(hoje: date) -> Q:
    perto = Habilitacao.objects.filter(situacao=SituacaoHabilitacao.ABERTA, acesso_ate__lte=hoje + ACESSO_PERTO)
    return Q(pk__in=perto.values("acordo"))


@dataclass(frozen=True)
class Numero:
    """One number that a click opens into its list."""

    valor: int
    nome: str
    href: str
    tom: str = ""


def numeros(usuario: Usuario, filtros: Filtros, hoje: date) -> list[Numero]:
    meus = Acordo.objects.visiveis_para(usuario).publicados()
    por_estado = dict(meus.order_by().values_list("situacao").annotate(n=Count("pk")))
    esvaziados = Medicao.objects.filter(
        indicador="esvaziado", nivel=Nivel.IRREGULAR, ate__isnull=True, acordo__in=meus.vivos()
    ).count()
    return [
        *(
            Numero(por_estado.get(s, 0), str(s.label), filtros.endereco(situacao=s.value), TONS.get(s, ""))
            for s in (A.OPERACAO, A.PREPARACAO, A.SUSPENSO, A.DENUNCIADO)
        ),
        Numero(esvaziados, "Esvaziados", filtros.endereco(indicador="esvaziado"), "perigo" if esvaziados else ""),
        Numero(meus.acabam_ate(hoje + FIM_PERTO).count(), "Acabam em 180 dias",
               filtros.endereco(vence="acordo"), "atencao"),
        Numero(meus.filter(_com_acesso_perto(hoje)).count(), "Com acesso ou certificado que acaba em 60 dias",
               filtros.endereco(vence="acesso"), "atencao"),
        Numero(meus.filter(_COM_NOTIFICACAO).count(), "Com notificação aberta", filtros.endereco(vence="notificacao")),
    ]  # fmt: skip


TONS = {A.SUSPENSO: "perigo", A.DENUNCIADO: "atencao"}


def quadros(usuario: Usuario, filtros: Filtros, agora: datetime, hoje: date, *, com_elos: bool) -> list[Quadro]:
    """`com_elos`: whoever looks also reaches the cases."""
    return [
        _dos_indicadores(usuario, filtros),
        _das_etapas(usuario, agora),
        _dos_pedidos(usuario, hoje, endereco("requerimentos:lista") if com_elos else ""),
    ]


def _dos_indicadores(usuario: Usuario, filtros: Filtros) -> Quadro:
    meus = Acordo.objects.visiveis_para(usuario).vivos()
    contagem = Counter(
        {
            (indicador, nivel): n
            for indicador, nivel, n in Medicao.objects.filter(ate__isnull=True, acordo__in=meus)
            .order_by()
            .values_list("indicador", "nivel")
            .annotate(n=Count("pk"))
        }
    )
    return Quadro(
        slug="indicadores",
        titulo="Acordos irregulares, por item do acompanhamento",
        colunas=["Item", *(n.label for n in Nivel)],
        linhas=[
            Linha(
                [f"{i.inciso}. {i.nome}", *(contagem[i.codigo, n.value] for n in Nivel)],
                filtros.endereco(indicador=i.codigo),
                ["", *(filtros.endereco(indicador=i.codigo, nivel=_no_endereco(n)) for n in Nivel)],
            )
            for i in indicadores()
        ],
        barras=[Barra(f"{i.inciso}. {i.nome}", contagem[i.codigo, Nivel.IRREGULAR.value]) for i in indicadores()],
        nota="Medido toda noite. Portaria DIRBEN/INSS 1.074/2022, art. 1º.",
    )


def _no_endereco(nivel: Nivel) -> str:
    return "" if nivel == Nivel.IRREGULAR else nivel.value


def _das_etapas(usuario: Usuario, agora: datetime) -> Quadro:
    """Applications by stage and by how long they have been in it."""
    abertas = Processo.objects.visiveis_para(usuario).filter(situacao__in=ABERTAS - {Situacao.RASCUNHO})
    contagem: Counter[tuple[str, str]] = Counter()
    for situacao, desde in abertas.order_by().values_list("situacao", "situacao_desde"):
        contagem[situacao, idade_de(desde, agora)] += 1
    etapas = [s for s in Situacao if s in ABERTAS and s != Situacao.RASCUNHO]
    fila = reverse("adesao:fila")
    return Quadro(
        slug="etapas",
        titulo="Adesões em andamento, pela etapa e pelo tempo nela",
        colunas=["Etapa", *(i.nome for i in IDADES)],
        linhas=[
            Linha(
                [s.label, *(contagem[s.value, i.codigo] for i in IDADES)],
                f"{fila}?etapa={s.value}",
                ["", *(f"{fila}?etapa={s.value}&idade={i.codigo}" for i in IDADES)],
            )
            for s in etapas
        ],
        barras=[Barra(s.label, sum(contagem[s.value, i.codigo] for i in IDADES)) for s in etapas],
    )


def _serie(usuario: Usuario, inicio: date, hoje: date) -> list[contagens.Ponto]:
    """Adding up a whole country's year takes seconds; months do not change in an hour."""
    unidade = usuario.vinculo.unidade if usuario.vinculo else None
    chave = f"adesao.pedidos.{unidade.pk if unidade else 0}.{inicio:%Y%m%d}.{hoje:%Y%m%d}"
    pontos = cache.get(chave)
    if pontos is None:
        meus = None if unidade and unidade.nacional else municipios_de(usuario)
        pontos = contagens.serie("protocolado", municipios=meus, inicio=inicio, fim=hoje, por_mes=True)
        cache.set(chave, pontos, GUARDADO_SEGUNDOS)
    return pontos


def _dos_pedidos(usuario: Usuario, hoje: date, lista_de_casos: str) -> Quadro:
    inicio = somar_meses(hoje.replace(day=1), -11)
    pontos = {p.dia: p for p in _serie(usuario, inicio, hoje)}
    meses = [somar_meses(inicio, n) for n in range(12)]
    valores = [
        (f"{nomes.MESES[m.month - 1]}/{m:%y}", pontos[m].quantidade, _casos_do_mes(lista_de_casos, m))
        if m in pontos
        else (f"{nomes.MESES[m.month - 1]}/{m:%y}", 0, "")
        for m in meses
    ]
    return Quadro(
        slug="pedidos",
        titulo="Pedidos enviados pelos balcões da região, por mês",
        colunas=["Mês", "Quantos"],
        linhas=[Linha([mes, n], href) for mes, n, href in valores],
        barras=[Barra(mes, n, href=href) for mes, n, href in valores],
        no_tempo=True,
    )


def _casos_do_mes(lista_de_casos: str, mes: date) -> str:
    dias = {"fato": "protocolado", "de": f"{mes}", "ate": f"{somar_meses(mes, 1) - timedelta(days=1)}"}
    return f"{lista_de_casos}?{urlencode(dias)}" if lista_de_casos else ""


def lista(achados: Iterable[Acordo]) -> Quadro:
    """The agreements of the list, as it goes out to a spreadsheet."""
    return Quadro(
        slug="acordos",
        titulo="Acordos",
        colunas=[
            "Município", "UF", "IBGE", "Acordo", "Situação", "Início", "Vale até", "Em operação desde", "Irregulares",
        ],
        linhas=[
            Linha(
                [
                    a.municipio.nome, a.municipio.uf, a.municipio_id, a.numero, a.get_situacao_display(), a.inicio,
                    a.ate, a.em_operacao_desde, a.irregulares if a.tem_dados else None,  # type: ignore[attr-defined]
                ]
            )
            for a in achados
        ],
    )  # fmt: skip


# --- The map ------------------------------------------------------------------------------------------------------

ADERINDO = "aderindo"
LEGENDA = (
    (A.OPERACAO.value, "Em operação"),
    (A.PREPARACAO.value, "Em preparação"),
    (A.SUSPENSO.value, "Suspenso ou em denúncia"),
    (ADERINDO, "Aderindo"),
)


def mapa(usuario: Usuario) -> Mapa:
    """Towns by stage. What is on it is also in the lists beside it."""
    campos = ("municipio__latitude", "municipio__longitude", "municipio__nome", "municipio__uf")
    linhas = [
        (Lugar(lat, lon), f"{nome}/{uf}", uf, _cor(situacao), ("adesao:acordo", codigo))
        for lat, lon, nome, uf, situacao, codigo in Acordo.objects.visiveis_para(usuario)
        .vivos()
        .order_by()
        .values_list(*campos, "situacao", "processo__codigo")
    ]
    abertas = Processo.objects.visiveis_para(usuario).filter(situacao__in=ABERTAS)
    linhas += [
        (Lugar(lat, lon), f"{nome}/{uf}", uf, ADERINDO, ("adesao:analise", codigo))
        for lat, lon, nome, uf, codigo in abertas.order_by().values_list(*campos, "codigo")
    ]
    quadro, fundo, nuvens = _moldura({uf for _, _, uf, _, _ in linhas})
    if len(linhas) <= MAIS_PONTOS:
        marcas = [
            Marca(quadro.por(lugar), nome, reverse(rota, args=[codigo]), cor)
            for lugar, nome, _, cor, (rota, codigo) in linhas
        ]
        return Mapa(quadro, fundo, nuvens=nuvens, marcas=marcas)
    pontos = [
        Nuvem(
            f"mapa__pontos mapa__pontos--{cor}", nuvem(quadro.por(lugar) for lugar, _, _, c, _ in linhas if c == cor), 6
        )
        for cor, _ in LEGENDA
    ]
    return Mapa(quadro, fundo, nuvens=[*nuvens, *pontos])


def _cor(situacao: str) -> str:
    return A.SUSPENSO.value if situacao == A.DENUNCIADO else situacao


def _moldura(ufs: set[str]) -> tuple[Moldura, str, list[Nuvem]]:
    if len(ufs) == 1:
        quadro, chao = terra.fundo_da_uf(ufs.pop())
        return quadro, "", list(chao)
    return BRASIL, static("img/mapa-brasil.svg"), []
