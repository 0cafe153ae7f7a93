"""Who is served first and why, and who may act for whom. Pure functions over plain values.

Source: Lei 10.048/2000, art. 1º (wording of Lei 14.626/2023): disability, autism, 60 or more, pregnant, nursing, child
in arms, obesity, reduced mobility, blood donors; donors come after all the others and prove a donation of at most 120
days. Lei 10.741/2003, art. 3º, § 2º (Lei 13.466/2017): 80 or more before the other elderly (conferir norma vigente).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from requerimentos.situacoes import Prioridade

CLASSE = {
    Prioridade.OITENTA: 0,
    Prioridade.SESSENTA: 1,
    Prioridade.DEFICIENCIA: 1,
    Prioridade.GESTANTE: 1,
    Prioridade.MOBILIDADE: 1,
    Prioridade.DOADOR: 2,
    Prioridade.NENHUMA: 3,
}
MOTIVO = {
    0: "Tem 80 anos ou mais: passa antes das outras prioridades.",
    1: "Tem prioridade por lei: passa antes de quem não tem.",
    2: "Doou sangue há até 120 dias: passa depois das outras prioridades.",
    3: "Sem prioridade: vale a ordem de chegada.",
}


# Only the birth date gives these, whatever was marked.
POR_IDADE = frozenset({Prioridade.OITENTA, Prioridade.SESSENTA})


def prioridade_por_idade(nascimento: date, hoje: date) -> Prioridade:
    """The class that the birth date alone gives; the clerk may add another one, never take this one away."""
    idade = hoje.year - nascimento.year - ((hoje.month, hoje.day) < (nascimento.month, nascimento.day))
    if idade >= 80:
        return Prioridade.OITENTA
    return Prioridade.SESSENTA if idade >= 60 else Prioridade.NENHUMA


def prioridade_final(declarada: Prioridade, nascimento: date, hoje: date) -> Prioridade:
    """The better of what the birth date gives and what the clerk marked."""
    pela_idade = prioridade_por_idade(nascimento, hoje)
    if declarada in POR_IDADE:
        return pela_idade
    return pela_idade if CLASSE[pela_idade] <= CLASSE[declarada] else declarada


class NaFila(Protocol):
    pk: int
    prioridade: str
    chegada_em: datetime


Espera = TypeVar("Espera", bound=NaFila)


@dataclass(frozen=True)
class Lugar:
    """A place in the queue (1 is next) and the reason for it, in words that may be shown to the person."""

    posicao: int
    motivo: str


def ordenar(esperas: Iterable[Espera]) -> list[tuple[Espera, Lugar]]:
    """The queue: by legal class, then by arrival, then by row: never two different answers for the same people."""
    em_ordem = sorted(esperas, key=lambda e: (CLASSE[Prioridade(e.prioridade)], e.chegada_em, e.pk))
    return [(e, Lugar(i, MOTIVO[CLASSE[Prioridade(e.prioridade)]])) for i, e in enumerate(em_ordem, start=1)]


def espera_em_segundos(chegada: datetime, inicio: datetime) -> int:
    """Whole seconds waited; a clock put back counts as no wait."""
    return max(int((inicio - chegada).total_seconds()), 0)


def letra_da_senha(prioridade: Prioridade) -> str:
    """P for whoever has a legal priority, N for the others: the ticket shows no more than that."""
    return "N" if prioridade == Prioridade.NENHUMA else "P"


# --- Who may act for somebody -------------------------------------------------------------------------------------
MAIORIDADE = 18
DE_CRIANCA = frozenset({"pai_mae", "tutor", "guardiao", "dirigente"})
ADM_PROVISORIO_MESES = 6
AVISO_DE_VALIDADE = timedelta(days=30)
SERVIDOR = (
    "{nome} trabalha no atendimento do acordo: representa pelo acordo, em nome do município, e nunca como procurador "
    "particular (IN PRES/INSS 128/2022, art. 532, II). Outra pessoa precisa ser a procuradora."
)


@dataclass(frozen=True, kw_only=True)
class QuemRepresenta:
    """A representative as plain values. `do_acordo`: this CPF works at the desk of some town."""

    nome: str
    tipo: str
    titulo_data: date | None = None
    validade: date | None = None
    processo: str = ""
    substabelece: bool | None = None
    do_acordo: bool = False


def problemas_da_representacao(quem: QuemRepresenta, *, idade_titular: int, hoje: date) -> list[str]:
    """Why this title does not serve today, one sentence each: it does not run, or never could.

    Source: Código Civil, arts. 1.630, 1.728 and 1.763 (parents and guardians act until 18); IN PRES/INSS 128/2022,
    arts. 527 and 532 (conferir norma vigente).
    """
    problemas = []
    if quem.titulo_data and quem.titulo_data > hoje:
        problemas.append(f"O documento de {quem.nome} só vale a partir de {quem.titulo_data:%d/%m/%Y}.")
    if quem.validade and quem.validade < hoje:
        problemas.append(f"O documento de {quem.nome} venceu em {quem.validade:%d/%m/%Y}. Peça um novo.")
    if quem.tipo in DE_CRIANCA and idade_titular >= MAIORIDADE:
        problemas.append(
            f"Com 18 anos ou mais, {quem.nome} não age como pai, mãe, tutor, guardião ou dirigente. A própria pessoa "
            "assina; se não puder, é preciso curatela, administração provisória ou procuração."
        )
    if quem.tipo == "adm_provisorio" and (passa := _passa_de_seis_meses(quem)):
        problemas.append(passa)
    if quem.tipo == "procurador" and quem.do_acordo:
        problemas.append(SERVIDOR.format(nome=quem.nome))
    return problemas


def _passa_de_seis_meses(quem: QuemRepresenta) -> str:
    if quem.validade is None:
        return "A administração provisória tem prazo: escreva até quando vale."
    if quem.processo or quem.titulo_data is None or quem.validade <= _meses_depois(quem.titulo_data):
        return ""
    return (
        "A administração provisória vale seis meses. Passar disso pede a prova do processo judicial: escreva o número "
        "do processo."
    )


def _meses_depois(dia: date) -> date:
    ano, mes = divmod(dia.year * 12 + dia.month - 1 + ADM_PROVISORIO_MESES, 12)
    return date(ano, mes + 1, min(dia.day, monthrange(ano, mes + 1)[1]))


def aviso_da_validade(quem: QuemRepresenta, *, hoje: date) -> str:
    """A sentence when the title is about to end, or nothing."""
    if quem.validade is None or not hoje <= quem.validade <= hoje + AVISO_DE_VALIDADE:
        return ""
    quando = "hoje" if quem.validade == hoje else f"em {quem.validade:%d/%m/%Y}"
    return f"O documento de {quem.nome} vence {quando}. Peça desde já o novo: depois disso não assina mais."
