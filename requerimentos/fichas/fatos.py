"""What the packs tell of the facts that decide slots: one answer, kept with the short ones of the request.

The pack is the source: saving one of its pages writes the facts over whatever the conversation had said, and a page
that no longer tells a fact takes it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import Folha
from requerimentos.demanda.catalogo import carregar
from requerimentos.demanda.valores import tem_numero
from requerimentos.fichas.bpc import renda_da_casa
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.leitura import Lida
from requerimentos.fichas.pacote import Se, vale
from requerimentos.fichas.regras import Contexto

ARQUIVO = Path(__file__).parent / "fatos.toml"
CENTAVO = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class FatoDaFicha:
    """See the head of `fatos.toml`."""

    fato: str
    pacote: str
    bloco: str = ""
    se: Se = field(default_factory=dict)
    nao: Se = field(default_factory=dict)
    talvez: Se = field(default_factory=dict)
    pergunta: str = ""
    respondida: str = ""
    soma: bool = False
    acima: Mapping[str, str] = field(default_factory=dict)

    @property
    def perguntas(self) -> set[str]:
        """The questions of the pack that tell it."""
        return {*self.se, *self.acima} | ({self.pergunta, self.respondida} - {""})


@cache
def fatos(arquivo: Path = ARQUIVO) -> tuple[FatoDaFicha, ...]:
    """Raises ErroDoCatalogo with file, line and what is wrong."""
    folha, lidos = Folha(arquivo), []
    vocabulario = carregar().vocabulario
    for indice, dados in enumerate(folha.blocos("fato")):
        lido: FatoDaFicha = folha.instanciar(FatoDaFicha, dados, "fato", indice)
        if lido.pacote not in vocabulario.contam(lido.fato) or lido.pacote not in pacotes():
            raise folha.erro(f"“{lido.fato}” não está em [na_ficha] com este pacote.", "fato", "fato", indice)
        conhecidas = {p.id for p in pacotes()[lido.pacote].perguntas if p.bloco == lido.bloco}
        if sobra := lido.perguntas - conhecidas:
            raise folha.erro(f"“{min(sobra)}” não é pergunta daqui.", "fato", "fato", indice)
        if faltam := [chave for chave in lido.acima.values() if not tem_numero(chave)]:
            raise folha.erro(f"“{faltam[0]}” não está na tabela de valores.", "acima", "fato", indice)
        lidos.append(lido)
    if esquecidos := set(vocabulario.na_ficha) - {lido.fato for lido in lidos}:
        raise folha.erro(f"falta dizer o que a ficha conta de “{min(esquecidos)}”.")
    return tuple(lidos)


def ditos_pela(lida: Lida, contexto: Contexto) -> dict[str, Any]:
    """The facts of this pack as `Requerimento.respostas` keeps them (JSON-safe); None: not told (any more).

    A pack begun before it asked some question tells nothing of the fact that needs it.
    """
    contados: dict[str, list[Any]] = {}
    conhecidas = {pergunta.id for pergunta in lida.pacote.perguntas}
    meus = [um for um in fatos() if um.pacote == lida.pacote.codigo]
    for um in meus:
        contados.setdefault(um.fato, []).append(_contado(um, lida, contexto))
    sem_pergunta = {um.fato for um in meus if um.perguntas - conhecidas}
    return {fato: _em_json(_juntar(ditos)) for fato, ditos in contados.items() if fato not in sem_pergunta}


def _juntar(ditos: list[Any]) -> Any:
    """True if any way makes it true; while some way is not told, neither is the fact."""
    if any(dito is True for dito in ditos):
        return True
    return None if any(dito is None for dito in ditos) else ditos[0]


def _contado(um: FatoDaFicha, lida: Lida, contexto: Contexto) -> Any:
    soltas = lida.respostas.soltas
    if um.soma:
        return _renda(lida)
    if um.pergunta:
        return soltas.get(um.pergunta)
    if um.respondida:
        return True if soltas.get(um.respondida) is not None else None
    if um.talvez and vale(um.talvez, soltas):
        return None
    if um.nao and vale(um.nao, soltas):
        return False
    if um.acima:
        return _passa(um, soltas, contexto)
    itens: list[Mapping[str, Any]] = list(lida.respostas.blocos.get(um.bloco, ())) if um.bloco else [soltas]
    if any(vale(um.se, item) for item in itens):
        return True
    respondidos = bool(itens) and all(item.get(pergunta) is not None for item in itens for pergunta in um.se)
    return False if respondidos else None


def _passa(um: FatoDaFicha, soltas: Mapping[str, Any], contexto: Contexto) -> bool | None:
    for pergunta, chave in um.acima.items():
        dito, limite = soltas.get(pergunta), contexto.numero(chave, contexto.hoje)
        if dito is not None and limite is not None:
            return bool(dito > limite)
    return None


def _renda(lida: Lida) -> Decimal | None:
    for conferencia in _da_renda(lida):
        if (achado := renda_da_casa(lida.respostas, conferencia)) is not None:
            return (achado[0] / achado[1]).quantize(CENTAVO, rounding=ROUND_CEILING)
    return None


def _da_renda(lida: Lida) -> Iterator[Any]:
    return (c for c in lida.pacote.conferencias if c.regra == "renda_por_pessoa")


def _em_json(valor: Any) -> Any:
    if isinstance(valor, date):
        return valor.isoformat()
    return f"{valor:.2f}" if isinstance(valor, Decimal) else valor
