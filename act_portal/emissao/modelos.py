"""The register of paper templates: apps add theirs at start, and several versions of one code may live side by side."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import get_template

# Parts that a template pulls in are legal content too, so they count in its fingerprint.
INCLUSAO = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")


Recursos = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Modelo:
    """One version of one paper. `inicio` and `fim` (inclusive) bound the days on which new papers may use it.

    `recursos`, called with the frozen data when the paper is drawn, brings what is too heavy to freeze (photographs,
    as `data:` addresses). The data must hold its SHA-256, so that the content hash covers it.
    """

    codigo: str
    versao: str
    titulo: str
    template: str
    inicio: date | None = None
    fim: date | None = None
    recursos: Recursos | None = None

    def vale_em(self, dia: date) -> bool:
        return (self.inicio is None or self.inicio <= dia) and (self.fim is None or dia <= self.fim)

    @property
    def idade(self) -> tuple[date, list[int]]:
        """Sorts versions of one code from the oldest to the newest ("10" comes after "9")."""
        return self.inicio or date.min, [int(n) for n in re.findall(r"\d+", self.versao)]

    def sha256(self) -> str:
        """SHA-256 (64 hex digits) of the template's text and of every part that it includes."""
        resumo = hashlib.sha256()
        for nome in sorted(_partes(self.template)):
            resumo.update(f"{nome}\0{_fonte(nome)}\0".encode())
        return resumo.hexdigest()


MODELOS: dict[tuple[str, str], Modelo] = {}


def registrar_modelo(modelo: Modelo) -> Modelo:
    """Make `modelo` known. Registering the same one twice is harmless; two different ones under one key is an error."""
    chave = (modelo.codigo, modelo.versao)
    if MODELOS.setdefault(chave, modelo) != modelo:
        raise ValueError(f"Já existe outro modelo {modelo.codigo!r}, versão {modelo.versao!r}.")
    return modelo


def obter(codigo: str, versao: str) -> Modelo:
    """That very version, still valid or not: what was issued under it must go on being readable."""
    return MODELOS[codigo, versao]


def vigente(codigo: str, dia: date) -> Modelo:
    """The newest version of `codigo` that new papers may use on `dia`. Raises LookupError when there is none."""
    versoes = [m for m in MODELOS.values() if m.codigo == codigo and m.vale_em(dia)]
    if not versoes:
        raise LookupError(f"Nenhum modelo {codigo!r} em vigor em {dia:%d/%m/%Y}.")
    return max(versoes, key=lambda m: m.idade)


def _fonte(nome: str) -> str:
    return get_template(nome).template.source  # type: ignore[attr-defined]


def _partes(nome: str, vistas: frozenset[str] = frozenset()) -> set[str]:
    if nome in vistas:
        return set()
    partes = {nome}
    for outra in INCLUSAO.findall(_fonte(nome)):
        partes |= _partes(outra, vistas | partes)
    return partes
