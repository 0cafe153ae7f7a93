"""The dated numbers behind a deadline, each with its norm. Read once from `dados/prazos.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

ARQUIVO = Path(__file__).parent / "dados" / "prazos.toml"
CONFERIR = "conferir norma vigente"


@dataclass(frozen=True, kw_only=True)
class Parametro:
    """A number of days that a norm fixes, and from when until when it does."""

    chave: str
    valor: int
    norma: str
    artigo: str
    vigente_de: date
    vigente_ate: date | None = None
    conferido_em: date
    grau: str

    @property
    def base(self) -> str:
        """The legal base as it is shown: norm, article, and the mark of what nobody read in the norm itself."""
        texto = f"{self.norma}, {self.artigo}"
        return texto if self.grau == "verificado" else f"{texto} ({CONFERIR})"


@dataclass(frozen=True, kw_only=True)
class RegraDeFeriado:
    """One national day: fixed (`dia`, "DD/MM") or counted from Easter Sunday (`pascoa`, days)."""

    nome: str
    norma: str
    grau: str
    dia: str = ""
    pascoa: int = 0
    desde: int = 1950
    facultativo: bool = False


@cache
def _dados() -> tuple[tuple[Parametro, ...], tuple[RegraDeFeriado, ...]]:
    dados = tomllib.loads(ARQUIVO.read_text(encoding="utf-8"))
    return (
        tuple(Parametro(**linha) for linha in dados["parametro"]),
        tuple(RegraDeFeriado(**linha) for linha in dados["feriado"]),
    )


def parametro(chave: str, em: date) -> Parametro:
    """The row of `chave` on day `em`. A day before the first row takes the first one: a past act still has a deadline.

    Raises LookupError for an unknown key.
    """
    linhas = sorted((p for p in _dados()[0] if p.chave == chave), key=lambda p: p.vigente_de)
    if not linhas:
        raise LookupError(f"Prazo desconhecido: {chave!r}.")
    valendo = [p for p in linhas if p.vigente_de <= em]
    return valendo[-1] if valendo else linhas[0]


def regras_de_feriado() -> tuple[RegraDeFeriado, ...]:
    return _dados()[1]
