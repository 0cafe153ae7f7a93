"""The answers of a pack as people read them: for the summary, for what INSS is told, and for the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from requerimentos.fichas.campos import em_palavras, ler
from requerimentos.fichas.leitura import Lida
from requerimentos.fichas.pacote import Pacote, Pergunta


@dataclass(frozen=True)
class Dita:
    """A question and its answer in words; "" is not answered."""

    pergunta: Pergunta
    resposta: str


@dataclass(frozen=True)
class Lista:
    """`perguntas`: every question of an item, in order; an item has those that it is asked."""

    bloco: str
    titulo: str
    item: str
    perguntas: tuple[Pergunta, ...]
    itens: tuple[tuple[Dita, ...], ...]


@dataclass(frozen=True)
class Parte:
    """A page of the pack."""

    secao: str
    titulo: str
    ditas: tuple[Dita, ...]
    listas: tuple[Lista, ...] = field(default=())


def resumo(lida: Lida) -> list[Parte]:
    """Only what this case is asked, in the order of the pages."""
    soltas, partes = lida.respostas.soltas, []
    for secao in lida.secoes():
        listas = []
        for bloco in lida.blocos(secao.id):
            itens = lida.respostas.blocos.get(bloco.id, ())
            linhas = tuple(_ditas(lida.do_item(bloco.id, item), item) for item in itens)
            listas.append(Lista(bloco.id, bloco.titulo, bloco.item, tuple(lida.pacote.do_bloco(bloco.id)), linhas))
        partes.append(Parte(secao.id, secao.titulo, _ditas(lida.perguntas(secao.id), soltas), tuple(listas)))
    return partes


def _ditas(perguntas: Iterable[Pergunta], valores: Mapping[str, Any]) -> tuple[Dita, ...]:
    return tuple(Dita(p, em_palavras(p, valores.get(p.id))) for p in perguntas)


def diferencas(
    pacote: Pacote, secao: str, guardado: Mapping[str, Any], digitado: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Where what is kept differs from what was just typed: label and kept value, as the page shows them."""
    achadas = [
        (p.texto, _dito(p, guardado.get(p.id)))
        for p in pacote.soltas(secao)
        if (guardado.get(p.id) or "") != (digitado.get(p.id) or "")
    ]
    for bloco in pacote.blocos_da(secao):
        antes, agora = guardado.get(bloco.id, []), digitado.get(bloco.id, [])
        for n in range(max(len(antes), len(agora))):
            um = antes[n] if n < len(antes) else {}
            outro = agora[n] if n < len(agora) else {}
            achadas += [
                (f"{bloco.item.capitalize()} {n + 1}: {p.texto}", _dito(p, um.get(p.id)))
                for p in pacote.do_bloco(bloco.id)
                if (um.get(p.id) or "") != (outro.get(p.id) or "")
            ]
    return achadas


def _dito(pergunta: Pergunta, cru: Any) -> str:
    try:
        return em_palavras(pergunta, ler(pergunta, cru)) or "em branco"
    except ValidationError:
        return str(cru)
