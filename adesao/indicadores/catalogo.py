"""The ten indicators and what is checked outside the portal, read once from `catalogo/_indicadores.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte

PASTA = Path(__file__).parents[1] / "catalogo"


@dataclass(frozen=True, kw_only=True)
class Indicador(Fonte):
    """One thing to watch; `inciso` is that of the norm."""

    codigo: str
    inciso: str
    nome: str
    explica: str


@dataclass(frozen=True, kw_only=True)
class Conferivel(Fonte):
    """Something proved outside. `com_fim`: it says until when; else it is good for `validade_meses`.
    `maximo_meses`: what says that it lasts longer was typed wrong.

    `exigida = false`: watched once it was given, never demanded. `item`: the one of the application that proved it.
    """

    codigo: str
    nome: str
    indicador: str
    quem: str
    com_fim: bool = False
    validade_meses: int = 0
    maximo_meses: int = 60
    exigida: bool = True
    item: str = ""
    regimes: tuple[str, ...] = ()
    instrumentos: tuple[str, ...] = ()

    def vale_para(self, regime: str, instrumento: str) -> bool:
        return (not self.regimes or regime in self.regimes) and (
            not self.instrumentos or instrumento in self.instrumentos
        )


@cache
def _folha(pasta: Path) -> Folha:
    return Folha(pasta / "_indicadores.toml")


@cache
def indicadores(pasta: Path = PASTA) -> tuple[Indicador, ...]:
    folha = _folha(pasta)
    comum = {nome: folha.dados[nome] for nome in ("conferido_em", "norma", "fonte")}
    return tuple(
        folha.bloco(Indicador, {**comum, **dados}, "indicador", n) for n, dados in enumerate(folha.blocos("indicador"))
    )


@cache
def conferiveis(pasta: Path = PASTA) -> tuple[Conferivel, ...]:
    folha = _folha(pasta)
    codigos = {i.codigo for i in indicadores(pasta)}
    lidos = []
    for n, dados in enumerate(folha.blocos("conferencia")):
        lido = folha.bloco(Conferivel, {"conferido_em": folha.dados["conferido_em"], **dados}, "conferencia", n)
        if lido.indicador not in codigos:
            raise folha.erro(f"o indicador “{lido.indicador}” não existe.", "indicador", "conferencia", n)
        if lido.quem not in {"municipio", "inss"}:
            raise folha.erro("quem é municipio ou inss.", "quem", "conferencia", n)
        lidos.append(lido)
    return tuple(lidos)


def indicador(codigo: str) -> Indicador:
    return next(i for i in indicadores() if i.codigo == codigo)


def conferivel(codigo: str) -> Conferivel | None:
    return next((c for c in conferiveis() if c.codigo == codigo), None)
