"""What the checklist asks, as plain values that a process keeps: read from TOML, stored as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from act_portal.catalogos.fonte import Fonte, em_json, montar, versao_de


@dataclass(frozen=True, kw_only=True)
class Especie:
    """One kind of a certificate. One that does not serve says why and what to do."""

    codigo: str
    nome: str
    aceita: bool
    frase: str = ""


@dataclass(frozen=True, kw_only=True)
class Requisito(Fonte):
    """One item. `tipo`: papel (made here, signed outside), documento, certidao, fotos or aceite.

    Empty `regimes` or `instrumentos`: all. `sob_pedido`: asked for only when whoever reviews wants it.
    `prova`: what of the form of the town its files prove; when that changes, other files are needed.
    """

    codigo: str
    nome: str
    tipo: str
    ordem: int
    explica: str
    conferir: str
    conferir_onde: str = ""
    regimes: tuple[str, ...] = ()
    instrumentos: tuple[str, ...] = ()
    sob_pedido: bool = False
    validade_dias: int = 0
    campos: tuple[str, ...] = ()
    especies: tuple[Especie, ...] = ()
    prova: tuple[str, ...] = ()
    papel: str = ""
    minimo: int = 1
    motivos: tuple[str, ...] = ()

    def vale_para(self, regime: str, instrumento: str) -> bool:
        """Asked of every such town; what is `sob_pedido` is asked of nobody by itself."""
        cabe_no_regime = not self.regimes or regime in self.regimes
        cabe_no_instrumento = not self.instrumentos or instrumento in self.instrumentos
        return cabe_no_regime and cabe_no_instrumento and not self.sob_pedido

    def especie(self, codigo: str) -> Especie | None:
        return next((e for e in self.especies if e.codigo == codigo), None)


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """All items, in order, and the reasons for return in words."""

    requisitos: tuple[Requisito, ...]
    motivos: Mapping[str, str]

    @cached_property
    def versao(self) -> str:
        """16 hexadecimal digits that name this very content."""
        return versao_de(self.como_dados())

    def requisito(self, codigo: str) -> Requisito | None:
        return next((r for r in self.requisitos if r.codigo == codigo), None)

    def para(self, regime: str, instrumento: str, hoje: date) -> list[Requisito]:
        """What is asked of a town of this regime, for this instrument, on this day."""
        return [r for r in self.requisitos if r.vale_para(regime, instrumento) and r.vigente(hoje)]

    def como_dados(self) -> dict[str, Any]:
        """JSON-safe content, for the snapshot that a process keeps. `de_dados` brings the same checklist back."""
        return {"requisitos": [em_json(r) for r in self.requisitos], "motivos": dict(self.motivos)}

    @classmethod
    def de_dados(cls, dados: Mapping[str, Any]) -> Self:
        requisitos = tuple(
            montar(Requisito, {**linha, "especies": tuple(montar(Especie, e) for e in linha.get("especies", ()))})
            for linha in dados["requisitos"]
        )
        return cls(requisitos=requisitos, motivos=dados["motivos"])
