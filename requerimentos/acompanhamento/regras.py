"""Deadlines, waits and words of the follow-up. Pure functions over plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from act_portal.territorio.regras import Calendario, Canal, PrazoRecurso, prazo_exigencia, prazo_recurso
from act_portal.territorio.texto import normalizar

DATA_DO_INSS = "Data informada pelo INSS"
# Days before the end on which the person is reminded.
MARCOS = (10, 5, 2, 0)
# The longer nothing moved, the rarer the question: (since the last change, times the setting INSS_CONSULTA).
RITMO = (
    (timedelta(hours=1), 1),
    (timedelta(days=1), 10),
    (timedelta(days=7), 60),
)
RITMO_LENTO = 180
ESPERA_MAXIMA = timedelta(hours=6)
# The first word found names the cause: what the monitoring of agreements counts.
CAUSAS = (
    ("procuracao", ("procuracao", "representacao", "curatela", "tutela", "termo de guarda")),
    ("cadunico", ("cadunico", "cad unico", "cadastro unico")),
    ("biometria", ("biometri",)),
    ("rural", ("rural", "autodeclaracao", "sindicato", "lavrador", "bloco de produtor", "pesca")),
    ("saude", ("laudo", "atestado", "exame", "relatorio medico")),
    ("vinculo", ("ctps", "carteira de trabalho", "ppp", "contribuic", "vinculo", "empregador", "carne")),
    ("estado_civil", ("certidao", "casamento", "uniao estavel", "nascimento", "obito")),
    ("residencia", ("residencia", "endereco")),
    ("identificacao", ("identidade", "identificacao", "rg", "cpf", "cnh")),
)
OUTRA_CAUSA = "outra"


@dataclass(frozen=True)
class Prazo:
    """`fim`: the last day, a working one. `base`: where it comes from, as it is shown."""

    ciencia: date
    presumida: bool
    fim: date
    base: str


def prazo_da_exigencia(
    emissao: date,
    *,
    calendario: Calendario,
    informado: date | None = None,
    conhecida_em: date | None = None,
    prorrogada: bool = False,
) -> Prazo:
    """The earlier of two days: the one that the norm gives and the one that INSS wrote (`informado`).

    INSS closes by its own date, so a later reading must never be the one on the board. A date of INSS that falls on a
    holiday or weekend goes to the next working day, as the norm says of every term.
    """
    norma = prazo_exigencia(
        emissao, Canal.ELETRONICO, calendario=calendario, conhecida_em=conhecida_em, prorrogada=prorrogada
    )
    if informado is None:
        return Prazo(norma.ciencia, norma.presumida, norma.fim, norma.base)
    util = calendario.proximo_dia_util(max(informado, emissao + timedelta(days=1)))
    if util >= norma.fim:
        return Prazo(norma.ciencia, norma.presumida, norma.fim, norma.base)
    # Known no later than the day before the end, whatever was presumed.
    ciencia = min(norma.ciencia, util - timedelta(days=1))
    return Prazo(ciencia, norma.presumida, util, f"{DATA_DO_INSS}; {norma.base}"[:200])


def prazo_do_recurso(decisao: date, *, calendario: Calendario, conhecida_em: date | None = None) -> PrazoRecurso:
    """Until when the decision may be appealed, from the day it was known (or is presumed to be)."""
    prazo = prazo_recurso(decisao, Canal.ELETRONICO, calendario=calendario, conhecida_em=conhecida_em)
    return replace(prazo, base=prazo.base[:200])


def cabe_recurso(tipo: str) -> bool:
    """A refusal, whole or in part, is appealed; what was filed without merit or given up is asked again."""
    return tipo in {"indeferido", "parcial"}


def marco_devido(dias: int) -> int | None:
    """Which reminder is due with `dias` left: 4 days left is still the one of 5. None: too early, or over."""
    return min((m for m in MARCOS if m >= dias), default=None) if dias >= 0 else None


def proxima_espera(parada_ha: timedelta, passo: timedelta, *, decidido: bool = False) -> timedelta:
    """How long until INSS is asked again about a task that has not changed for `parada_ha`."""
    vezes = next((vezes for ate, vezes in RITMO if parada_ha < ate), RITMO_LENTO)
    if decidido:
        vezes = RITMO_LENTO
    return min(passo * vezes, ESPERA_MAXIMA)


def causa_de(texto: str) -> str:
    """What an exigência is about, from its words; a count, never a decision."""
    limpo = f" {' '.join(re.findall(r'[a-z0-9]+', normalizar(texto)))} "
    for causa, palavras in CAUSAS:
        if any(palavra in limpo if len(palavra) > 3 else f" {palavra} " in limpo for palavra in palavras):
            return causa
    return OUTRA_CAUSA
