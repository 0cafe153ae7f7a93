"""Reads of the agenda: free hours by distance, the dates of one request, the desk's coming dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import now

from act_portal.territorio.consultas import hoje_em
from requerimentos.agenda import normas, regras, servicos
from requerimentos.agenda.distancias import da_pessoa
from requerimentos.agenda.escolhas import assinar
from requerimentos.envio.inss import UnidadeDeExame, VagaInss, inss
from requerimentos.models import Agendamento, Aviso, Marcacao, PaginaDaFicha, Requerimento
from requerimentos.situacoes import SituacaoAviso, SituacaoMarcacao

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

QUANTAS_UNIDADES = 5
UNIDADES_VALEM = timedelta(hours=1)
S = Agendamento.Situacao


# --- Free hours ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Oferta:
    """A unit and its next free hours; `km` from the person's town in a straight line, None when it cannot be told."""

    unidade: UnidadeDeExame
    km: int | None
    vagas: tuple[VagaInss, ...]


def ofertas(requerimento: Requerimento, tipo: Agendamento.Tipo) -> list[Oferta]:
    """The nearest units, each with its free hours. Asks INSS: raises ErroDoInss."""
    unidades = _unidades()
    km = da_pessoa(requerimento, {u.municipio for u in unidades})
    perto = sorted(unidades, key=lambda u: (km.get(u.municipio, 9_999), u.nome))[:QUANTAS_UNIDADES]
    livres: dict[str, list[VagaInss]] = defaultdict(list)
    if perto:
        for vaga in inss().vagas(servicos.TIPO_NO_INSS[tipo], [u.codigo for u in perto]):
            livres[vaga.unidade].append(vaga)
    return [Oferta(u, km.get(u.municipio), tuple(livres[u.codigo])) for u in perto]


def _unidades() -> tuple[UnidadeDeExame, ...]:
    """They change rarely: what was read is good for an hour."""
    chave = f"agenda.unidades:{settings.INSS_ENDERECO}"
    unidades: tuple[UnidadeDeExame, ...] | None = cache.get(chave)
    if unidades is None:
        unidades = inss().unidades_de_exame()
        cache.set(chave, unidades, UNIDADES_VALEM.total_seconds())
    return unidades


@dataclass(frozen=True)
class Proxima:
    """The hour offered in the place of one that somebody else took; `valor` books it."""

    quando: datetime
    unidade: str
    valor: str


# --- The dates of one request -------------------------------------------------------------------------------------
@dataclass
class NoCaso:
    """One kind of appointment on the page of the request."""

    tipo: Agendamento.Tipo
    atual: Agendamento | None = None  # stands, or was missed and may still be changed
    marcacao: Marcacao | None = None  # asked for and not answered yet, or refused with nothing after it
    pode_marcar: bool = False
    nao_remarca: str = ""
    sem_poder: str = ""  # the person kept booking out of the term, or took it back
    remarca_ate: date | None = None
    base: str = ""
    passados: list[Agendamento] = field(default_factory=list)
    proxima: Proxima | None = None

    @property
    def esperando(self) -> bool:
        return self.marcacao is not None and self.marcacao.estado == SituacaoMarcacao.NA_FILA

    @property
    def retrato(self) -> tuple[object, ...]:
        """Changes when what the page shows changes."""
        a, m = self.atual, self.marcacao
        datas = [(x.pk, x.situacao, x.quando) for x in self.passados]
        papel = a.comprovante.situacao if a and a.comprovante else ""
        return (
            self.tipo, a and (a.pk, a.situacao, a.quando, a.acompanhante, a.transporte), papel,
            m and (m.pk, m.situacao, m.falha), *datas,
        )  # fmt: skip

    @property
    def passou(self) -> bool:
        """The day is over and INSS has not said how it went."""
        return self.atual is not None and self.atual.vale and self.atual.quando < now()


def valendo(requerimento: Requerimento) -> list[Agendamento]:
    """What stands and is of today or to come, soonest first."""
    hoje = hoje_em(requerimento.municipio)
    marcados = requerimento.agendamentos.valendo().select_related("comprovante")
    for agendamento in marcados:
        agendamento.requerimento = requerimento
    return [a for a in marcados if a.momento.date() >= hoje]


def no_caso(requerimento: Requerimento) -> list[NoCaso]:
    """Every kind that the service needs or that INSS booked, in the order of the catalogue."""
    dados = requerimento.servico.dados.get("agendamentos", ())
    tipos = [servicos.DO_CATALOGO[nome] for nome in dados if nome in servicos.DO_CATALOGO]
    linhas = list(requerimento.agendamentos.select_related("comprovante").order_by("quando", "pk"))
    for linha in linhas:
        linha.requerimento = requerimento
    tipos += [Agendamento.Tipo(linha.tipo) for linha in linhas]
    marcacoes = list(requerimento.marcacoes.select_related("autor", "agendamento"))
    com_inss = requerimento.estado in servicos.COM_O_INSS
    por_marcar = servicos.por_marcar(requerimento) if com_inss else []
    sem_poder = servicos.sem_poder_de_marcar(requerimento) if com_inss and tipos else ""
    return [
        _no_caso(requerimento, tipo, linhas, marcacoes, tipo in por_marcar, sem_poder) for tipo in dict.fromkeys(tipos)
    ]


def _no_caso(
    requerimento: Requerimento, tipo: Agendamento.Tipo, linhas: list[Agendamento], marcacoes: list[Marcacao],
    por_marcar: bool, sem_poder: str,
) -> NoCaso:  # fmt: skip
    meus = [linha for linha in linhas if linha.tipo == tipo]
    ultima = next((m for m in marcacoes if m.tipo == tipo), None)
    if ultima and ultima.estado == SituacaoMarcacao.FEITA:
        ultima = None
    vivos = [linha for linha in meus if linha.vale] or [linha for linha in meus if linha.situacao == S.FALTOU]
    caso = NoCaso(tipo, marcacao=ultima, atual=vivos[-1] if vivos else None, proxima=_proxima(requerimento, ultima))
    caso.passados = [linha for linha in meus if linha is not caso.atual]
    com_inss = requerimento.estado in servicos.COM_O_INSS
    caso.sem_poder = sem_poder
    caso.pode_marcar = por_marcar and not caso.esperando and not sem_poder
    if caso.atual:
        regra = normas.remarcacao_de(requerimento.servico_codigo, hoje_em(requerimento.municipio))
        caso.base = regra.base
        caso.nao_remarca = (
            servicos.por_que_nao_remarcar(requerimento, caso.atual) if com_inss and not sem_poder else "-"
        )
        caso.remarca_ate = regras.ultimo_dia(caso.atual.momento.date(), regra)
    return caso


def _proxima(requerimento: Requerimento, marcacao: Marcacao | None) -> Proxima | None:
    if marcacao is None or not marcacao.oferta:
        return None
    quando = datetime.fromisoformat(marcacao.oferta["quando"])
    if quando < now():
        return None
    unidade = marcacao.oferta["unidade"]
    escolha = servicos.Escolha(Agendamento.Tipo(marcacao.tipo), marcacao.oferta["vaga"], quando, unidade)
    return Proxima(quando, unidade, assinar(requerimento, escolha))


def como_na_ficha(requerimento: Requerimento) -> dict[str, bool]:
    """What the pack told of how the person goes, for the first date; empty when it told nothing."""
    paginas = PaginaDaFicha.objects.filter(ficha__requerimento=requerimento, ficha__codigo="deficiencia")
    dados = paginas.filter(secao="deficiencia").values_list("dados", flat=True).first() or {}
    apoio = dados.get("apoio") or []
    ditas = {"acompanhante": "Acompanhante" in apoio, "transporte": "Transporte" in apoio}
    return {**ditas, "dito": True} if any(ditas.values()) else {}


IDAS = frozenset({"transporte", "acompanhante"})
# What the pack asks INSS for and no date of ours holds.
PEDIDOS_AO_INSS = ("Intérprete de Libras", "Não consegue sair de casa")


def pedidos_na_ficha(requerimentos: Iterable[int]) -> dict[int, list[str]]:
    """By id of the request: the support to ask INSS for, as told in the pack. One query."""
    paginas = PaginaDaFicha.objects.filter(
        ficha__requerimento__in=set(requerimentos),
        ficha__codigo="deficiencia",
        secao="deficiencia",
    ).values_list("ficha__requerimento", "dados")
    return {de: [p for p in PEDIDOS_AO_INSS if p in (dados.get("apoio") or [])] for de, dados in paginas}


def pedido_ao_inss(requerimento: Requerimento) -> str:
    """The same of one request, as a sentence for its pages."""
    pedidos = pedidos_na_ficha([requerimento.pk]).get(requerimento.pk)
    return f"A ficha pede ao INSS: {'; '.join(pedidos)}. Confirme no 135 antes do dia." if pedidos else ""


def como_vai(linha: Agendamento, pedidos: Iterable[str]) -> list[str]:
    """How the person goes, in words; empty when nobody noted anything, which is not to go alone."""
    ditas = {"precisa de transporte": linha.transporte, "com acompanhante": linha.acompanhante}
    ida = ", ".join(frase for frase, sim in ditas.items() if sim)
    return [*([ida.capitalize()] if ida else []), *(f"{pedido} (dito na ficha)" for pedido in pedidos)]


# --- The desk's agenda --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Filtros:
    """`quando`: a key of `PERIODOS`; `tipo`: a kind, or empty; `ida`: some of `IDAS`, whose people need all of them."""

    quando: str = "proximos"
    tipo: str = ""
    ida: frozenset[str] = frozenset()


PERIODOS = {
    "proximos": "De hoje em diante",
    "hoje": "Hoje",
    "semana": "Nos próximos 7 dias",
    "lembrar": "A lembrar: nenhum lembrete chegou",
    "faltas": "Faltas",
    "passados": "Que já passaram",
}


def agenda(usuario: Usuario, filtros: Filtros, hoje: date) -> QuerySet[Agendamento]:
    """The dates that this person reaches. `hoje` is the day of whoever looks; midnight is that of each town's row."""
    linhas = Agendamento.objects.visiveis_para(usuario).select_related(
        "requerimento__pessoa", "requerimento__servico", "requerimento__municipio", "requerimento__balcao"
    )
    if filtros.tipo:
        linhas = linhas.filter(tipo=filtros.tipo)
    linhas = linhas.filter(**dict.fromkeys(filtros.ida, True))
    fuso = usuario.vinculo.municipio.fuso if usuario.vinculo and usuario.vinculo.municipio else None
    comeco = datetime.combine(hoje, time(), fuso or now().tzinfo)
    if filtros.quando == "faltas":
        return linhas.filter(situacao=S.FALTOU).order_by("-quando", "-pk")
    if filtros.quando == "passados":
        return linhas.filter(quando__lt=comeco, situacao__in=[S.AGENDADO, S.CUMPRIDO]).order_by("-quando", "-pk")
    linhas = linhas.valendo().filter(quando__gte=comeco)
    if filtros.quando == "lembrar":
        return _por_lembrar(linhas, comeco).order_by("quando", "pk")
    dias = {"hoje": 1, "semana": 7}.get(filtros.quando)
    if dias:
        linhas = linhas.filter(quando__lt=comeco + timedelta(days=dias))
    return linhas.order_by("quando", "pk")


def _por_lembrar(linhas: QuerySet[Agendamento], comeco: datetime) -> QuerySet[Agendamento]:
    """Near enough for a reminder, and none was delivered: somebody has to call."""
    chave = Concat(Value("lembrete:"), Cast(OuterRef("pk"), CharField()), Value(":"))
    chegou = Aviso.objects.filter(
        requerimento=OuterRef("requerimento"), chave__startswith=chave, situacao=SituacaoAviso.ENVIADO
    )
    limite = comeco + timedelta(days=max(normas.ler().lembretes) + 1)
    return linhas.filter(~Exists(chegou), quando__lt=limite)


def quantos(usuario: Usuario, hoje: date) -> dict[str, int]:
    """By period, for the heads of the page."""
    return {quando: agenda(usuario, Filtros(quando=quando), hoje).count() for quando in ("semana", "lembrar", "faltas")}


def para_o_painel(usuario: Usuario, hoje: date) -> QuerySet[Agendamento]:
    """What falls due in the next seven days."""
    return agenda(usuario, Filtros(quando="semana"), hoje)
