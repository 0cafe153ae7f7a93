"""Limits of INSS on a day, and the portal's own technical limits, read from `limites.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

TABELA = Path(__file__).with_name("limites.toml")


@dataclass(frozen=True)
class Fonte:
    """Where one limit comes from; `grau` other than "verificado" is shown with "conferir norma vigente"."""

    fonte: str
    url: str
    grau: str
    vigente_de: date
    vigente_ate: date | None
    observacao: str


@dataclass(frozen=True)
class Limites:
    """What INSS accepts on one day: bytes per file and per request, media types, resolution and colour."""

    arquivo_bytes: int
    requerimento_bytes: int
    tipos: tuple[str, ...]
    dpi: int
    bits_por_ponto: int
    fontes: dict[str, Fonte]


@dataclass(frozen=True)
class Tecnicos:
    """What the portal itself can take in; ours, not law."""

    envio_bytes: int
    requisicao_bytes: int
    pedaco_bytes: int
    remessas_abertas: int
    remessa_horas: int
    pontos: int
    paginas: int
    pagina_cm: int
    pagina_desenho_bytes: int
    pagina_desenhos: int
    memoria_bytes: int
    cpu_segundos: int
    pagina_segundos: int
    arquivo_segundos: int


@cache
def _tabela() -> dict[str, Any]:
    return tomllib.loads(TABELA.read_text(encoding="utf-8"))


def limites_em(dia: date) -> Limites:
    """The limits of INSS in force on `dia`; raises LookupError when no row covers that day."""
    valores: dict[str, Any] = {}
    fontes: dict[str, Fonte] = {}
    for linha in _tabela()["inss"]:
        inicio = date.fromisoformat(linha["vigente_de"])
        fim = date.fromisoformat(linha["vigente_ate"]) if linha["vigente_ate"] else None
        if inicio <= dia and (fim is None or dia <= fim):
            chave, valor = linha["chave"], linha["valor"]
            valores[chave] = tuple(valor) if isinstance(valor, list) else valor
            fontes[chave] = Fonte(linha["fonte"], linha["fonte_url"], linha["grau"], inicio, fim, linha["observacao"])
    faltam = {"arquivo_bytes", "requerimento_bytes", "tipos", "dpi", "bits_por_ponto"} - set(valores)
    if faltam:
        raise LookupError(f"Sem limite do INSS em {dia:%d/%m/%Y}: {', '.join(sorted(faltam))}.")
    return Limites(**valores, fontes=fontes)


@cache
def tecnicos() -> Tecnicos:
    return Tecnicos(**_tabela()["portal"])
