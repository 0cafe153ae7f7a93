"""The hours that the pretend INSS offers for examinations. Pure: what is already taken is asked elsewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

FUSO = ZoneInfo("America/Sao_Paulo")
SABADO = 5
SIGLAS = {"PERICIA_MEDICA": "PM", "AVALIACAO_SOCIAL": "AS"}
# Once, and until seven days after the date (Portaria Conjunta MDS/INSS 34/2025, art. 13, §§ 3º e 9º).
REMARCACOES = 1
REMARCAR_ATE_DIAS = 7


@dataclass(frozen=True)
class Unidade:
    ibge: str
    municipio: str
    uf: str
    espera_dias: int
    atende: tuple[str, ...]

    @property
    def codigo(self) -> str:
        return f"T{self.ibge}"

    @property
    def nome(self) -> str:
        return f"Agência da Previdência Social {self.municipio} (treinamento)"

    @property
    def endereco(self) -> str:
        return f"Praça do Treinamento, 100, {self.municipio}-{self.uf}"


@dataclass(frozen=True)
class Vaga:
    """One hour of one unit for one kind of appointment; `id` names it for whoever books."""

    unidade: Unidade
    tipo: str
    quando: datetime

    @property
    def id(self) -> str:
        return f"{self.unidade.codigo}-{SIGLAS[self.tipo]}-{self.quando:%Y%m%d%H%M}"


@cache
def _ler() -> dict:
    return tomllib.loads((Path(__file__).parent / "agenda.toml").read_text(encoding="utf-8"))


@cache
def unidades() -> dict[str, Unidade]:
    """By code."""
    lidas = [Unidade(**{**linha, "atende": tuple(linha["atende"])}) for linha in _ler()["unidade"]]
    return {unidade.codigo: unidade for unidade in lidas}


def unidade_de(ibge: str, uf: str) -> Unidade:
    """Where a request from this town gets its first date: the unit that answers for it, else the first of the state."""
    todas = list(unidades().values())
    for serve in (lambda u: ibge in {u.ibge, *u.atende}, lambda u: u.uf == uf):
        if achada := next(filter(serve, todas), None):
            return achada
    return unidades()["T5300108"]


def vagas_de(unidade: Unidade, tipo: str, hoje: date) -> Iterator[Vaga]:
    """Every hour open on `hoje`, soonest first, taken or not."""
    regras = _ler()["agenda"]
    primeiro = hoje + timedelta(days=unidade.espera_dias)
    for n in range(regras["aberta_dias"]):
        dia = primeiro + timedelta(days=n)
        if dia.weekday() >= SABADO or f"{dia:%m-%d}" in regras["fechados"]:
            continue
        for hora in _ler()["horas"][tipo]:
            yield Vaga(unidade, tipo, datetime.combine(dia, time.fromisoformat(hora), FUSO))


def vaga(identificador: str, tipo: str, hoje: date) -> Vaga | None:
    """The hour of this name, while it may be booked for `tipo`: from tomorrow on, in hours that the unit has."""
    achado = re.fullmatch(r"(T\d{7})-(PM|AS)-(\d{12})", identificador, re.ASCII)
    unidade = unidades().get(achado[1]) if achado else None
    if achado is None or unidade is None or SIGLAS[tipo] != achado[2]:
        return None
    try:
        quando = datetime.strptime(achado[3], "%Y%m%d%H%M").replace(tzinfo=FUSO)
    except ValueError:
        return None
    regras = _ler()["agenda"]
    dia = quando.date()
    aberta = hoje < dia <= hoje + timedelta(days=unidade.espera_dias + regras["aberta_dias"])
    trabalha = dia.weekday() < SABADO and f"{dia:%m-%d}" not in regras["fechados"]
    if not (aberta and trabalha and f"{quando:%H:%M}" in _ler()["horas"][tipo]):
        return None
    return Vaga(unidade, tipo, quando)
