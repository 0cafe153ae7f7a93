"""What was typed into a pack, read and judged: values, what is missing, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError

from requerimentos.fichas.campos import ler
from requerimentos.fichas.conferencias import REGRAS
from requerimentos.fichas.pacote import Bloco, Pacote, Pergunta, Secao, Tom, vale
from requerimentos.fichas.regras import Contexto, Respostas

FALTA = "Falta responder."
# What was typed, by section: {"periodos": {"apelido": "Dita", "periodos": [{"inicio": "2001-01-01"}]}}
Cru = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Problema:
    """Something to tell. `falta`: nothing was typed there; `base`: the norm, with its mark when nobody checked it."""

    secao: str
    texto: str
    tom: str = Tom.IMPEDE
    falta: bool = False
    bloco: str = ""
    item: int | None = None
    pergunta: str = ""
    base: str = ""

    @property
    def frase(self) -> str:
        """With the norm, as it is shown."""
        return f"{self.texto} ({self.base})" if self.base else self.texto

    @property
    def campo(self) -> str:
        """The name of the field on the page, "" for the page as a whole."""
        if not self.bloco or self.item is None:
            return self.pergunta
        return f"{self.bloco}-{self.item}-{self.pergunta}" if self.pergunta else ""


@dataclass(frozen=True, kw_only=True)
class Lida:
    """A pack as it stands. `respostas` holds only what is asked in this case and could be read."""

    pacote: Pacote
    respostas: Respostas
    problemas: tuple[Problema, ...] = ()
    ditas: Mapping[str, bool] = field(default_factory=dict)

    @property
    def impedem(self) -> list[Problema]:
        return [p for p in self.problemas if p.tom == Tom.IMPEDE]

    @property
    def completa(self) -> bool:
        return not self.impedem

    def com_lugar(self) -> list[tuple[Problema, str]]:
        """What there is to tell away from its page: each with the item that it is about ("Período 2: …")."""
        itens = {bloco.id: bloco.item for bloco in self.pacote.blocos}
        return [
            (p, p.frase if p.item is None else f"{itens[p.bloco].capitalize()} {p.item + 1}: {p.frase}")
            for p in self.problemas
        ]

    def da_secao(self, secao: str) -> list[Problema]:
        return [p for p in self.problemas if p.secao == secao]

    def secoes(self) -> list[Secao]:
        """The pages that this case has."""
        return [s for s in self.pacote.secoes if vale(s.se, self.respostas.soltas)]

    def blocos(self, secao: str) -> list[Bloco]:
        return [b for b in self.pacote.blocos_da(secao) if vale(b.se, self.respostas.soltas)]

    def perguntas(self, secao: str) -> list[Pergunta]:
        """The loose questions of a page that are asked in this case."""
        return [p for p in self.pacote.soltas(secao) if vale(p.se, self.respostas.soltas)]

    def do_item(self, bloco: str, item: Mapping[str, Any]) -> list[Pergunta]:
        return [p for p in self.pacote.do_bloco(bloco) if vale(p.se, item, self.respostas.soltas)]

    def comecou(self, secao: str) -> bool:
        return self.ditas.get(secao, False)


def ler_pacote(pacote: Pacote, cru: Cru, contexto: Contexto) -> Lida:
    """Read everything in the order of the pages; a question that the answers so far leave out is not asked."""
    soltas: dict[str, Any] = {}
    blocos: dict[str, list[dict[str, Any]]] = {}
    problemas: list[Problema] = []
    for secao in pacote.secoes:
        if not vale(secao.se, soltas):
            continue
        digitado = cru.get(secao.id, {})
        for pergunta in _na_ordem(pacote.soltas(secao.id), digitado, soltas):
            valor = _ler_uma(pergunta, digitado, soltas, problemas)
            if valor is not None:
                soltas[pergunta.id] = valor
        for bloco in pacote.blocos_da(secao.id):
            if vale(bloco.se, soltas):
                blocos[bloco.id] = _ler_bloco(pacote, bloco, digitado, soltas, problemas)
    respostas = Respostas(soltas=soltas, blocos=blocos)
    lida = Lida(
        pacote=pacote,
        respostas=respostas,
        problemas=tuple(problemas),
        ditas={secao: _disse(digitado) for secao, digitado in cru.items()},
    )
    return replace(lida, problemas=(*lida.problemas, *_conferir(lida, contexto)))


def _na_ordem(perguntas: list[Pergunta], digitado: Mapping[str, Any], soltas: Mapping[str, Any]) -> Iterator[Pergunta]:
    """Lazily, so that each `se` sees the answers before it."""
    for pergunta in perguntas:
        if vale(pergunta.se, soltas):
            yield pergunta


def _ler_uma(
    pergunta: Pergunta,
    digitado: Mapping[str, Any],
    destino: Mapping[str, Any],
    problemas: list[Problema],
    item: int | None = None,
) -> Any:
    onde: dict[str, Any] = {
        "secao": pergunta.secao, "bloco": pergunta.bloco, "item": item, "pergunta": pergunta.id,
    }  # fmt: skip
    try:
        valor = ler(pergunta, digitado.get(pergunta.id))
    except ValidationError as erro:
        problemas.append(Problema(texto=" ".join(erro.messages), **onde))
        return None
    if valor is None and pergunta.obrigatoria:
        problemas.append(Problema(texto=FALTA, falta=True, **onde))
    return valor


def _ler_bloco(
    pacote: Pacote,
    bloco: Bloco,
    digitado: Mapping[str, Any],
    soltas: Mapping[str, Any],
    problemas: list[Problema],
) -> list[dict[str, Any]]:
    itens = []
    for n, cru in enumerate(digitado.get(bloco.id, [])):
        item: dict[str, Any] = {}
        for pergunta in pacote.do_bloco(bloco.id):
            if vale(pergunta.se, item, soltas):
                valor = _ler_uma(pergunta, cru, item, problemas, n)
                if valor is not None:
                    item[pergunta.id] = valor
        itens.append(item)
    if len(itens) < bloco.minimo:
        frase = f"Falta pelo menos {bloco.minimo} na lista “{bloco.titulo}”."
        problemas.append(Problema(secao=bloco.secao, bloco=bloco.id, texto=frase, falta=True))
    return itens


def _conferir(lida: Lida, contexto: Contexto) -> Iterator[Problema]:
    vistas = {secao.id for secao in lida.secoes()}
    for conferencia in lida.pacote.conferencias:
        if conferencia.secao not in vistas:
            continue
        for achado in REGRAS[conferencia.regra](lida.respostas, conferencia, contexto):
            yield Problema(
                secao=conferencia.secao,
                bloco=conferencia.bloco,
                item=achado.item,
                pergunta=achado.pergunta,
                texto=conferencia.texto.format(*achado.valores),
                tom=conferencia.tom,
                base=conferencia.base if conferencia.norma or conferencia.tom != Tom.IMPEDE else "",
            )


def _disse(digitado: Mapping[str, Any]) -> bool:
    return any(bool(valor) for valor in digitado.values())
