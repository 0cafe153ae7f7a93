"""The reads of the look-up, written out in SQL: the ORM would take longer to build them than the database to answer.

None touches a column that names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import monotonic
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.timezone import localdate, now

from act_portal.territorio.models import Balcao
from act_portal.territorio.situacoes import SituacaoBalcao
from requerimentos.consulta.chaves import CONSULTA, chave_confere
from requerimentos.consulta.regras import Andamento, ExigenciaVista
from requerimentos.models import Agendamento, ServicoVersao

# What stands in for the secret when there is no such protocol: the work done is the same.
SEGREDO_DE_NINGUEM = "0" * 64
# The second condition is that of the unique index, which leaves drafts out; without it SQLite reads the whole table.
ACHAR = "SELECT id, segredo FROM requerimentos_requerimento WHERE protocolo = %s AND NOT (protocolo = '')"
FICHA = """
    SELECT r.protocolo, r.servico_id, r.balcao_id, r.der, r.situacao_desde, r.inss_visto_em, r.situacao_inss, r.etapa,
           d.tipo, d.entregue_em, d.prazo_recurso,
           EXISTS (SELECT 1 FROM requerimentos_exigencia e WHERE e.requerimento_id = r.id),
           EXISTS (SELECT 1 FROM requerimentos_agendamento a WHERE a.requerimento_id = r.id)
    FROM requerimentos_requerimento r LEFT JOIN requerimentos_resultado d ON d.requerimento_id = r.id
    WHERE r.id = %s
"""
EXIGENCIAS = """
    SELECT situacao, prazo, causa, prorrogada_em IS NOT NULL FROM requerimentos_exigencia WHERE requerimento_id = %s
"""
# Desks change rarely and are few: what was read is good for this long.
DESCANSO_SEGUNDOS = 60


@dataclass(frozen=True)
class Marcado:
    """Something to go to. What it is about stays out: the place and the hour are enough to get there."""

    quando: datetime
    unidade: str
    endereco: str


@dataclass(frozen=True)
class BalcaoVisto:
    nome: str
    municipio: str
    uf: str
    endereco: str
    horario: str
    telefone: str
    acessibilidade: str
    aberto: bool
    fuso: ZoneInfo


@dataclass(frozen=True)
class Ficha:
    """All that the key opens. Moments are read off the wall clock of the município (naive): the templates would turn
    aware ones into Brasília's."""

    protocolo: str
    servico: str
    der: date | None
    desde: datetime | None
    visto_em: datetime | None
    hoje: date
    andamento: Andamento
    marcados: tuple[Marcado, ...]
    balcao: BalcaoVisto


def achar(protocolo: str, chave: str) -> int | None:
    """The id of the request that this pair opens. One search and one comparison, whatever is wrong with the pair."""
    with connection.cursor() as cursor:
        cursor.execute(ACHAR, [protocolo])
        linha = cursor.fetchone()
    confere = chave_confere(linha[1] if linha else SEGREDO_DE_NINGUEM, CONSULTA, chave)
    return linha[0] if linha and confere else None


def ficha(requerimento_id: int) -> Ficha:
    """What may be shown of a request whose key was right: one query, plus one for each list that has something."""
    with connection.cursor() as cursor:
        cursor.execute(FICHA, [requerimento_id])
        protocolo, servico_id, balcao_id, der, desde, visto_em, *resto = cursor.fetchone()
    situacao, etapa, resultado, entregue_em, prazo_recurso, tem_exigencia, tem_marcado = resto
    balcao = _balcao(balcao_id, int(monotonic() // DESCANSO_SEGUNDOS))
    fuso = balcao.fuso
    return Ficha(
        protocolo=protocolo,
        servico=_servico(servico_id),
        der=der,
        desde=_no_relogio(desde, fuso),
        visto_em=_no_relogio(visto_em, fuso),
        hoje=localdate(timezone=fuso),
        andamento=Andamento(
            situacao=situacao,
            etapa=etapa,
            resultado=resultado or "",
            entregue=entregue_em is not None,
            prazo_recurso=prazo_recurso,
            exigencias=_exigencias(requerimento_id) if tem_exigencia else (),
        ),
        marcados=_marcados(requerimento_id, fuso) if tem_marcado else (),
        balcao=balcao,
    )


def _exigencias(requerimento_id: int) -> tuple[ExigenciaVista, ...]:
    with connection.cursor() as cursor:
        cursor.execute(EXIGENCIAS, [requerimento_id])
        return tuple(
            ExigenciaVista(situacao, prazo, causa, bool(prorrogada))
            for situacao, prazo, causa, prorrogada in cursor.fetchall()
        )


def _marcados(requerimento_id: int, fuso: ZoneInfo) -> tuple[Marcado, ...]:
    """To come, or of today: who is late still reads where to go."""
    linhas = Agendamento.objects.filter(
        requerimento=requerimento_id, situacao=Agendamento.Situacao.AGENDADO, quando__gte=now() - timedelta(hours=12)
    ).values_list("quando", "unidade", "endereco")
    return tuple(
        Marcado(momento, unidade, endereco)
        for quando, unidade, endereco in linhas
        if (momento := _no_relogio(quando, fuso))
    )


def _no_relogio(momento: datetime | None, fuso: ZoneInfo) -> datetime | None:
    if momento is None:
        return None
    # A cursor on SQLite gives what Django stored there: UTC, without saying so.
    ciente = momento if momento.tzinfo else momento.replace(tzinfo=UTC)
    return ciente.astimezone(fuso).replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _balcao(balcao_id: int, _instante: int) -> BalcaoVisto:
    balcao = Balcao.objects.select_related("municipio").get(pk=balcao_id)
    return BalcaoVisto(
        nome=balcao.nome,
        municipio=balcao.municipio.nome,
        uf=balcao.municipio.uf,
        endereco=balcao.endereco,
        horario=balcao.horario,
        telefone=balcao.telefone,
        acessibilidade=balcao.acessibilidade,
        aberto=balcao.situacao == SituacaoBalcao.ABERTO,
        fuso=balcao.municipio.fuso,
    )


@lru_cache(maxsize=4096)
def _servico(servico_id: int) -> str:
    """A version of a service never changes."""
    return ServicoVersao.objects.values_list("nome", flat=True).get(pk=servico_id)
