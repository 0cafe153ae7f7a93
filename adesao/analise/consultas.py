"""What INSS sees: the queue of a unit and all below, and who else may have a process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localdate, now

from act_portal.auditoria.models import Evento
from act_portal.contas.models import Usuario, Vinculo
from act_portal.telas import formatos
from act_portal.territorio.consultas import hoje_em, unidade_responsavel
from act_portal.territorio.models import Municipio, UnidadeInss
from adesao.consultas import MOVES
from adesao.formularios.leitura import perguntas
from adesao.models import Formulario, Leitura, Processo, Solicitacao
from adesao.relogio import Relogio, contar
from adesao.situacoes import Parte, Situacao, SituacaoSolicitacao

if TYPE_CHECKING:
    from adesao.models.processo import ProcessoQuerySet

P = SituacaoSolicitacao
COM_O_INSS = [s.value for s in Situacao if s.com_quem == Parte.INSS]
COM_O_MUNICIPIO = [s.value for s in Situacao if s.com_quem == Parte.MUNICIPIO]


@dataclass(frozen=True)
class Idade:
    """For how many days in its stage: from `de` to `ate`, both included; None: and more."""

    codigo: str
    nome: str
    de: int
    ate: int | None


IDADES = (
    Idade("30", "até 30 dias", 0, 30), Idade("31", "31 a 90 dias", 31, 90), Idade("mais", "mais de 90 dias", 91, None),
)  # fmt: skip


def idade_de(desde: datetime, agora: datetime) -> str:
    """The code of the age of what has been in its stage since `desde`."""
    dias = max((agora - desde).days, 0)
    return next(i.codigo for i in reversed(IDADES) if dias >= i.de)


def _da_idade(codigo: str, agora: datetime) -> Q:
    """The same, as a filter."""
    faixa = next(i for i in IDADES if i.codigo == codigo)
    chegou = Q(situacao_desde__lte=agora - timedelta(days=faixa.de)) if faixa.de else Q()
    return chegou if faixa.ate is None else chegou & Q(situacao_desde__gt=agora - timedelta(days=faixa.ate + 1))


def avisos_do_cnpj(processo: Processo) -> list[str]:
    """What whoever reviews must look at: the portal has no list of whose each CNPJ is."""
    cnpj, avisos = formatos.cnpj(processo.cnpj), []
    processos = Processo.objects.filter(cnpj=processo.cnpj).values("municipio")
    pedidos = Solicitacao.objects.filter(cnpj=processo.cnpj, situacao__in=[P.PENDENTE, P.APROVADA]).values("municipio")
    outros = Municipio.objects.filter(Q(pk__in=processos) | Q(pk__in=pedidos)).exclude(pk=processo.municipio_id)
    if nomes := [str(outro) for outro in outros.order_by("nome_busca", "pk")]:
        avisos.append(f"O CNPJ {cnpj} também está em pedido de {', '.join(nomes)}.")
    do_acesso = set(
        Solicitacao.objects.filter(municipio=processo.municipio_id, situacao=P.APROVADA).values_list("cnpj", flat=True)
    )
    if do_acesso and processo.cnpj not in do_acesso:
        antes = " ou ".join(formatos.cnpj(c) for c in sorted(do_acesso))
        avisos.append(f"O acesso do gestor foi aprovado com o CNPJ {antes}, e o pedido traz {cnpj}.")
    return avisos


@dataclass(frozen=True)
class Etapa:
    """How many processes stand in a stage, and for how many days the oldest has."""

    situacao: Situacao
    quantos: int
    dias: int


@dataclass(frozen=True)
class NaFila:
    processo: Processo
    dias: int
    relogio: Relogio


def etapas(usuario: Usuario) -> list[Etapa]:
    """The stages with something in them, in the order of the way, in one query."""
    contados = (
        Processo.objects.visiveis_para(usuario)
        .filter(situacao__in=[*COM_O_INSS, *COM_O_MUNICIPIO])
        .order_by()
        .values_list("situacao")
        .annotate(quantos=Count("pk"), desde=Min("situacao_desde"))
    )
    achadas = {situacao: (quantos, desde) for situacao, quantos, desde in contados}
    hoje = localdate()
    return [Etapa(s, achadas[s][0], (hoje - localdate(achadas[s][1])).days) for s in Situacao if s in achadas]


def fila(
    usuario: Usuario, *, etapa: str = "", de_quem: str = "", unidade: str = "", idade: str = "", busca: str = ""
) -> ProcessoQuerySet:
    """The processes in reach, oldest in its stage first. `etapa`: a state, "inss" or "municipio"; `de_quem`: "meus",
    "leituras", "livres"; `unidade`: an id; `idade`: one of IDADES; `busca`: part of the name of a town.
    """
    processos = Processo.objects.visiveis_para(usuario).select_related("municipio", "unidade", "responsavel", "acordo")
    if etapa in Situacao.values:
        processos = processos.filter(situacao=etapa)
    elif etapa == "municipio":
        processos = processos.filter(situacao__in=COM_O_MUNICIPIO)
    elif etapa != "todas":
        processos = processos.filter(situacao__in=COM_O_INSS)
    if de_quem == "meus":
        processos = processos.filter(Q(responsavel=usuario) | Q(leituras__in=_leituras_de(usuario))).distinct()
    elif de_quem == "leituras":
        processos = processos.filter(leituras__in=_leituras_de(usuario))
    elif de_quem == "livres":
        processos = processos.filter(responsavel__isnull=True)
    if unidade.isdecimal():
        processos = processos.filter(unidade=int(unidade))
    if idade:
        processos = processos.filter(_da_idade(idade, now()))
    if busca:
        processos = processos.filter(municipio__in=_municipios(busca))
    return processos.order_by("situacao_desde", "pk")


def ultima_leitura(processo: Processo) -> Leitura | None:
    """The second reading that came back last."""
    feitas = processo.leituras.filter(feita_em__isnull=False).select_related("leitor")
    return feitas.order_by("feita_em", "pk").last()


def _leituras_de(usuario: Usuario) -> QuerySet:
    return Leitura.objects.filter(leitor=usuario, feita_em__isnull=True, desfeita_em__isnull=True)


def _municipios(busca: str) -> QuerySet:
    return Municipio.objects.buscar(busca)


def na_fila(processos: Iterable[Processo]) -> list[NaFila]:
    """A page of the queue with its clocks, in one more query."""
    lista = list(processos)
    relogios = _relogios(lista)
    return [NaFila(p, (hoje_em(p.municipio) - _dia(p)).days, relogios[p.pk]) for p in lista]


def _dia(processo: Processo) -> date:
    return processo.situacao_desde.astimezone(processo.municipio.fuso).date()


def _relogios(processos: Sequence[Processo]) -> dict[int, Relogio]:
    moves: dict[str, list[tuple[datetime, Situacao]]] = defaultdict(list)
    eventos = Evento.objects.filter(
        alvo_tipo=Processo._meta.label_lower, alvo_id__in=[str(p.pk) for p in processos], acao__in=MOVES
    ).order_by("criado_em", "pk")
    for alvo, em, dados in eventos.values_list("alvo_id", "criado_em", "dados"):
        moves[alvo].append((em, Situacao(dados["para"])))
    agora = now()
    return {p.pk: contar(moves[str(p.pk)], agora, p.municipio.fuso) for p in processos}


def unidades_com_processos(usuario: Usuario) -> QuerySet[UnidadeInss]:
    """For the filter of the queue."""
    return UnidadeInss.objects.filter(pk__in=Processo.objects.visiveis_para(usuario).values("unidade")).order_by("nome")


def respostas(processo: Processo) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each long form with its questions and what was typed, as the town sees it."""
    guardados = {linha.tipo: linha for linha in processo.formularios.all()}
    return [(tipo.label, perguntas(guardados[tipo])) for tipo in Formulario.Tipo if tipo in guardados]


def colegas(processo: Processo) -> QuerySet[Usuario]:
    """Who analyses for the unit of the process: those of the unit, of those above it, and of the Direção Central."""
    vinculos = (
        Vinculo.objects.vigentes(localdate())
        .filter(papel=Vinculo.Papel.ANALISTA, por_aceitar=False)
        .filter(Q(unidade__in=processo.unidade.linhagem) | Q(unidade__tipo=UnidadeInss.Tipo.DIRECAO))
    )
    return Usuario.objects.filter(pk__in=vinculos.values("usuario")).order_by("nome")


def unidades_para(processo: Processo) -> QuerySet[UnidadeInss]:
    """Where the process may go: the units of its superintendence and of its town's, and the Direção Central."""
    analisam = Q(tipo__in=[UnidadeInss.Tipo.SUPERINTENDENCIA, UnidadeInss.Tipo.GERENCIA])
    da_regiao = Q(pk__in=[])
    for unidade in (processo.unidade, unidade_responsavel(processo.municipio)):
        if unidade is not None:
            da_regiao |= Q(caminho__startswith=f"/{unidade.linhagem[0]}/")
    return (
        UnidadeInss.objects.filter(da_regiao & analisam | Q(tipo=UnidadeInss.Tipo.DIRECAO))
        .exclude(pk=processo.unidade_id)
        .order_by("nome")
    )
