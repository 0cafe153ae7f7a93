"""The reads of the look-up, written out in SQL: the ORM would take longer to build them than the database to answer.

None touches a column that names a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.timezone import localdate, now

from act_portal.territorio.models import Balcao
from act_portal.territorio.situacoes import SituacaoBalcao
from requerimentos.consulta.chaves import CONSULTA, chave_confere
from requerimentos.consulta.regras import Andamento, ExigenciaVista
from requerimentos.models import Agendamento, ServicoVersao
from requerimentos.situacoes import Etapa, SituacaoInss

# What stands in for the secret when there is no such protocol: the work done is the same.
SEGREDO_DE_NINGUEM = "0" * 64
# The second condition is that of the unique index, which leaves drafts out; without it SQLite reads the whole table.
# Moments come as text, to be read after the key is known to be right: a wrong one must not pay for them.
ACHAR = """
    SELECT segredo, id, protocolo, servico_id, balcao_id, situacao_inss, etapa,
           CAST(der AS text), CAST(situacao_desde AS text), CAST(inss_visto_em AS text)
    FROM requerimentos_requerimento WHERE protocolo = %s AND NOT (protocolo = '')
"""
RESULTADO = """
    SELECT tipo, entregue_em, recorrer_ate, prazo_recurso FROM requerimentos_resultado WHERE requerimento_id = %s
"""
EXIGENCIAS = """
    SELECT situacao, prazo, causa, prorrogada_em IS NOT NULL FROM requerimentos_exigencia WHERE requerimento_id = %s
"""
MARCADOS = """
    SELECT quando, unidade, endereco FROM requerimentos_agendamento
    WHERE requerimento_id = %s AND situacao = %s AND quando >= %s ORDER BY quando
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


class Achado(NamedTuple):
    """The columns of `ACHAR` after the secret."""

    pk: int
    protocolo: str
    servico_id: int
    balcao_id: int
    situacao: str
    etapa: str
    der: str | None
    desde: str | None
    visto_em: str | None


def achar(protocolo: str, chave: str) -> Achado | None:
    """The request that this pair opens. One search and one comparison, whatever is wrong with the pair."""
    linha = next(iter(_ler(ACHAR, protocolo)), None)
    confere = chave_confere(linha[0] if linha else SEGREDO_DE_NINGUEM, CONSULTA, chave)
    return Achado(*linha[1:]) if linha and confere else None


def ficha(achado: Achado) -> Ficha:
    """What may be shown of a request whose key was right: one more read for what its situation may have."""
    balcao = _balcao(achado.balcao_id, int(monotonic() // DESCANSO_SEGUNDOS))
    fuso = balcao.fuso
    resultado, entregue_em, recorrer_ate, prazo_recurso = _resultado(achado)
    return Ficha(
        protocolo=achado.protocolo,
        servico=_servico(achado.servico_id),
        der=date.fromisoformat(achado.der) if achado.der else None,
        desde=_no_relogio(achado.desde, fuso),
        visto_em=_no_relogio(achado.visto_em, fuso),
        hoje=localdate(timezone=fuso),
        andamento=Andamento(
            situacao=achado.situacao,
            etapa=achado.etapa,
            resultado=resultado,
            entregue=entregue_em is not None,
            recorrer_ate=recorrer_ate,
            prazo_recurso=prazo_recurso,
            exigencias=_exigencias(achado),
        ),
        marcados=_marcados(achado, fuso),
        balcao=balcao,
    )


def _ler(sql: str, *valores: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, valores)  # type: ignore[arg-type]
        return cursor.fetchall()


def _resultado(achado: Achado) -> tuple[str, datetime | None, date | None, date | None]:
    linhas = _ler(RESULTADO, achado.pk) if achado.situacao == SituacaoInss.CONCLUIDA else []
    return linhas[0] if linhas else ("", None, None, None)


def _exigencias(achado: Achado) -> tuple[ExigenciaVista, ...]:
    if achado.situacao != SituacaoInss.CUMPRIMENTO_DE_EXIGENCIA:
        return ()
    return tuple(
        ExigenciaVista(s, prazo, causa, bool(prorrogada)) for s, prazo, causa, prorrogada in _ler(EXIGENCIAS, achado.pk)
    )


def _marcados(achado: Achado, fuso: ZoneInfo) -> tuple[Marcado, ...]:
    """To come, or of today: who is late still reads where to go. A closed request calls nobody."""
    if achado.etapa == Etapa.CANCELADO or achado.situacao in {SituacaoInss.CONCLUIDA, SituacaoInss.CANCELADA}:
        return ()
    desde = connection.ops.adapt_datetimefield_value(now() - timedelta(hours=12))
    linhas = _ler(MARCADOS, achado.pk, Agendamento.Situacao.AGENDADO, desde)
    return tuple(
        Marcado(momento, unidade, endereco)
        for quando, unidade, endereco in linhas
        if (momento := _no_relogio(quando, fuso))
    )


def _no_relogio(lido: datetime | str | None, fuso: ZoneInfo) -> datetime | None:
    if not lido:
        return None
    momento = datetime.fromisoformat(lido) if isinstance(lido, str) else lido
    # SQLite gives what Django stored there: UTC, without saying so.
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
