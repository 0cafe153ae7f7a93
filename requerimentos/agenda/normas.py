"""What `normas.toml` says: how often a date may be changed, when the person is reminded, what to bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte

ARQUIVO = Path(__file__).parent / "normas.toml"


@dataclass(frozen=True, kw_only=True)
class Remarcacao(Fonte):
    """`vezes` per kind of appointment, asked for until `dias_depois` days after the date."""

    servicos: tuple[str, ...] = ()
    vezes: int
    dias_depois: int


@dataclass(frozen=True)
class Normas:
    remarcacoes: tuple[Remarcacao, ...]
    lembretes: tuple[int, ...]
    levar: Mapping[str, tuple[str, ...]]


@cache
def ler(arquivo: Path = ARQUIVO) -> Normas:
    """Raises ErroDoCatalogo with file, line and what is wrong."""
    folha = Folha(arquivo)
    for nome in folha.dados.keys() - {"remarcacao", "lembretes", "levar"}:
        raise folha.erro(f"não conheço a chave “{nome}”.", nome)
    blocos = enumerate(folha.blocos("remarcacao"))
    remarcacoes = tuple(folha.bloco(Remarcacao, dados, "remarcacao", n) for n, dados in blocos)
    if not any(not r.servicos and r.vigente_de is None and r.vigente_ate is None for r in remarcacoes):
        raise folha.erro("falta a linha de remarcação que serve a todo serviço, sem datas.", "remarcacao")
    dias: Any = folha.tabela("lembretes").get("dias")
    if not isinstance(dias, list) or not dias or not all(type(dia) is int and dia >= 0 for dia in dias):
        raise folha.erro("“dias” é uma lista de números inteiros, como [7, 1].", "dias", "lembretes")
    levar = folha.tabela("levar")
    for tipo, itens in levar.items():
        if not isinstance(itens, list) or not all(isinstance(item, str) and item for item in itens):
            raise folha.erro(f"“{tipo}” é uma lista de textos.", tipo, "levar")
    return Normas(remarcacoes, tuple(sorted(dias)), {tipo: tuple(itens) for tipo, itens in levar.items()})


def remarcacao_de(servico: str, dia: date) -> Remarcacao:
    """The row in force on `dia` for this service; its own goes before that of every service."""
    valendo = [r for r in ler().remarcacoes if r.vigente(dia) and (not r.servicos or servico in r.servicos)]
    return max(valendo, key=lambda r: (bool(r.servicos), r.vigente_de or date.min))
