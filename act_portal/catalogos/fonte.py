"""Where a rule comes from, and how far somebody checked it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

CONFERIR = "conferir norma vigente"
VERIFICADO = "verificado"


def sem_marca(texto: str) -> str:
    """A text that quotes norms, as the desk and the citizen read it: the mark is for who keeps the catalogue."""
    if texto == CONFERIR.capitalize():
        return ""
    return texto.replace(f" ({CONFERIR})", "").replace(f" ({CONFERIR.capitalize()})", "")


@dataclass(frozen=True, kw_only=True)
class Fonte:
    """Where a rule comes from and how far it was checked: `verificado`, `secundario` or `nao_verificado`."""

    norma: str = ""
    artigo: str = ""
    fonte: str = ""
    grau: str = "nao_verificado"
    vigente_de: date | None = None
    vigente_ate: date | None = None
    conferido_em: date | None = None

    @property
    def base(self) -> str:
        """Norm and article as they are shown, with the mark of what was not read in the norm itself."""
        normas, artigos = self.norma.split("; "), self.artigo.split("; ")
        if len(normas) == len(artigos):
            texto = "; ".join(", ".join(filter(None, par)) for par in zip(normas, artigos, strict=True))
        else:
            texto = ", ".join(filter(None, [self.norma, self.artigo]))
        if self.grau == VERIFICADO:
            return texto
        return f"{texto} ({CONFERIR})" if texto else CONFERIR.capitalize()

    def vigente(self, dia: date) -> bool:
        return (self.vigente_de is None or self.vigente_de <= dia) and (
            self.vigente_ate is None or dia <= self.vigente_ate
        )


def em_json(objeto: Any) -> dict[str, Any]:
    """A dataclass as the database returns it: tuples as lists, dates as text."""
    return json.loads(json.dumps(asdict(objeto), default=_texto))


def versao_de(conteudo: Mapping[str, Any]) -> str:
    """16 hexadecimal digits that name this very content."""
    texto = json.dumps(conteudo, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texto.encode()).hexdigest()[:16]


def montar(classe: type[Any], dados: Mapping[str, Any]) -> Any:
    """`em_json` undone. Keys that this release does not know are left out, so that old snapshots still open."""
    tipos = {f.name: str(f.type) for f in fields(classe)}
    valores = {}
    for nome, valor in dados.items():
        if nome not in tipos:
            continue
        if e_data(tipos[nome]) and isinstance(valor, str):
            valor = date.fromisoformat(valor)
        valores[nome] = tuple(valor) if isinstance(valor, list) else valor
    return classe(**valores)


def e_data(anotacao: str) -> bool:
    return anotacao in {"date", "date | None"}


def _texto(valor: object) -> str:
    if isinstance(valor, date):
        return valor.isoformat()
    raise TypeError(f"{type(valor).__name__} não vai para o JSON do catálogo.")
