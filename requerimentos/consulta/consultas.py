"""The two reads of the look-up. Neither touches a column that names a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate, now

from act_portal.territorio.situacoes import SituacaoBalcao
from requerimentos.consulta.chaves import CONSULTA, chave_confere
from requerimentos.consulta.regras import Andamento, ExigenciaVista
from requerimentos.models import Agendamento, Exigencia, Requerimento

# What stands in for the secret when there is no such protocol: the work done is the same.
SEGREDO_DE_NINGUEM = "0" * 64
_DO_PEDIDO = ("protocolo", "der", "situacao_inss", "situacao_desde", "inss_visto_em", "etapa", "servico__nome")
_DO_BALCAO = tuple(f"balcao__{c}" for c in ("nome", "endereco", "telefone", "horario", "acessibilidade", "situacao"))
_DO_LUGAR = ("municipio__nome", "municipio__uf", "municipio__fuso_horario")
_DO_RESULTADO = ("resultado__tipo", "resultado__prazo_recurso", "resultado__entregue_em")


@dataclass(frozen=True)
class Marcado:
    """Something to go to. What it is about stays out: the place and the hour are enough to get there.

    Moments are read off the wall clock of the município (naive): the templates would turn aware ones into Brasília's.
    """

    quando: datetime
    unidade: str
    endereco: str


@dataclass(frozen=True)
class Ficha:
    """All that the key opens."""

    protocolo: str
    servico: str
    der: date | None
    desde: datetime | None
    visto_em: datetime | None
    hoje: date
    balcao_nome: str
    balcao_endereco: str
    balcao_telefone: str
    balcao_horario: str
    balcao_acessibilidade: str
    balcao_aberto: bool
    cidade: str
    andamento: Andamento
    marcados: tuple[Marcado, ...]


def achar(protocolo: str, chave: str) -> int | None:
    """The id of the request that this pair opens. One search and one comparison, whatever is wrong with the pair."""
    achados = Requerimento.objects.por_protocolo(protocolo).order_by().values_list("pk", "segredo")
    linha = next(iter(achados), None)
    confere = chave_confere(linha[1] if linha else SEGREDO_DE_NINGUEM, CONSULTA, chave)
    return linha[0] if linha and confere else None


def ficha(requerimento_id: int) -> Ficha:
    """What may be shown of a request whose key was right: one query, plus one for each list that has something."""
    linha = (
        Requerimento.objects.filter(pk=requerimento_id)
        .order_by()
        .values(
            *_DO_PEDIDO,
            *_DO_BALCAO,
            *_DO_LUGAR,
            *_DO_RESULTADO,
            tem_exigencia=Exists(Exigencia.objects.filter(requerimento=OuterRef("pk"))),
            tem_marcado=Exists(_marcados(OuterRef("pk"))),
        )
        .get()
    )
    fuso = ZoneInfo(linha["municipio__fuso_horario"])

    def no_lugar(momento: datetime | None) -> datetime | None:
        return momento.astimezone(fuso).replace(tzinfo=None) if momento else None

    return Ficha(
        protocolo=linha["protocolo"],
        servico=linha["servico__nome"],
        der=linha["der"],
        desde=no_lugar(linha["situacao_desde"]),
        visto_em=no_lugar(linha["inss_visto_em"]),
        hoje=localdate(timezone=fuso),
        **{c.replace("__", "_"): linha[c] for c in _DO_BALCAO[:-1]},
        balcao_aberto=linha["balcao__situacao"] == SituacaoBalcao.ABERTO,
        cidade=f"{linha['municipio__nome']}/{linha['municipio__uf']}",
        andamento=Andamento(
            situacao=linha["situacao_inss"],
            etapa=linha["etapa"],
            resultado=linha["resultado__tipo"] or "",
            entregue=linha["resultado__entregue_em"] is not None,
            prazo_recurso=linha["resultado__prazo_recurso"],
            exigencias=_exigencias(requerimento_id) if linha["tem_exigencia"] else (),
        ),
        marcados=_com_hora(requerimento_id, fuso) if linha["tem_marcado"] else (),
    )


def _exigencias(requerimento_id: int) -> tuple[ExigenciaVista, ...]:
    linhas = Exigencia.objects.filter(requerimento=requerimento_id).values_list(
        "situacao", "prazo", "causa", "prorrogada_em"
    )
    return tuple(ExigenciaVista(s, prazo, causa, em is not None) for s, prazo, causa, em in linhas)


def _marcados(requerimento: int | OuterRef) -> QuerySet[Agendamento]:
    """To come, or of today: who is late still reads where to go."""
    return Agendamento.objects.filter(
        requerimento=requerimento, situacao=Agendamento.Situacao.AGENDADO, quando__gte=now() - timedelta(hours=12)
    )


def _com_hora(requerimento_id: int, fuso: ZoneInfo) -> tuple[Marcado, ...]:
    linhas = _marcados(requerimento_id).values_list("quando", "unidade", "endereco")
    return tuple(Marcado(quando.astimezone(fuso).replace(tzinfo=None), unidade, endereco) for quando, unidade, endereco in linhas)
