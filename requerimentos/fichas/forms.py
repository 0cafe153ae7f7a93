"""One page of a pack as a form: loose questions, then the lists. What was typed is kept as typed (`leitura`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from act_portal.telas.forms import FormularioBase
from requerimentos.demanda.forms import marcar_dito, marcar_divergencia
from requerimentos.fichas.campos import campo
from requerimentos.fichas.ditos import Dito
from requerimentos.fichas.leitura import Lida
from requerimentos.fichas.pacote import Bloco, Pacote, Pergunta, Se, Tipo, vale

# More than the longest answer can hold: whoever sends more is not filling it in.
MAIOR = 6_000
MAIS_ITENS = 60
LARGOS = frozenset({Tipo.TEXTO_LONGO, Tipo.VARIAS})


@dataclass(frozen=True)
class CampoNaTela:
    """`se`: JSON of what must be answered, by the name of the field on the page, for this one to be shown."""

    campo: forms.BoundField
    largo: bool
    se: str


@dataclass(frozen=True)
class BlocoNaTela:
    bloco: Bloco
    itens: list[list[CampoNaTela]]
    se: str

    @property
    def cabe_mais(self) -> bool:
        return len(self.itens) < self.bloco.maximo


class PaginaForm(FormularioBase, forms.Form):
    """Drawn by the page's own template. It only complains when told to: half an answer is no mistake."""

    rotulo_enviar = ""
    use_required_attribute = False

    def __init__(
        self,
        *,
        lida: Lida,
        secao: str,
        cru: Mapping[str, Any],
        reclamar: bool = False,
        ditos: Mapping[str, Dito] | None = None,
        divergem: Mapping[str, str] | None = None,
    ) -> None:
        self.pacote, self.secao, self.cru, self.ditos = lida.pacote, secao, cru, ditos or {}
        self.divergem = divergem or {}
        self.dadas = lida.respostas.soltas
        super().__init__(data=_como_enviado(lida.pacote, secao, cru))
        self.errors.clear()
        if reclamar:
            for problema in lida.da_secao(secao):
                if problema.tom == "impede":
                    self.add_error(problema.campo if problema.campo in self.fields else None, problema.texto)

    def leiaute(self) -> list:
        for nome, pergunta in _nomes(self.pacote, self.secao, self.cru):
            self.fields[nome] = campo(pergunta)
            if nome in self.ditos and self.cru.get(nome) == self.ditos[nome].valor:
                marcar_dito(self.fields[nome], self.ditos[nome].de)
            if nome in self.divergem:
                marcar_divergencia(self.fields[nome], self.divergem[nome])
        return list(self.fields)

    def soltas(self) -> list[CampoNaTela]:
        return [self._na_tela(p, p.id) for p in self.pacote.soltas(self.secao) if self._cabe(p.se)]

    def _cabe(self, se: Se) -> bool:
        """False for what an answer of another page leaves out, on this page or through a question that is not on it."""
        aqui = {p.id: p for p in self.pacote.soltas(self.secao)}
        return all(
            self._cabe(aqui[pergunta].se) if pergunta in aqui else vale({pergunta: esperado}, self.dadas)
            for pergunta, esperado in se.items()
        )

    def blocos(self) -> list[BlocoNaTela]:
        vistos = []
        for bloco in (b for b in self.pacote.blocos_da(self.secao) if self._cabe(b.se)):
            perguntas = self.pacote.do_bloco(bloco.id)
            itens = [
                [self._na_tela(p, f"{bloco.id}-{n}-{p.id}", f"{bloco.id}-{n}-") for p in perguntas]
                for n in range(len(self.cru.get(bloco.id, [])))
            ]
            vistos.append(BlocoNaTela(bloco, itens, _se(bloco.se, "", set())))
        return vistos

    def _na_tela(self, pergunta: Pergunta, nome: str, prefixo: str = "") -> CampoNaTela:
        do_item = {p.id for p in self.pacote.do_bloco(pergunta.bloco)} if prefixo else set()
        return CampoNaTela(self[nome], pergunta.tipo in LARGOS, _se(pergunta.se, prefixo, do_item))


def _se(se: Se, prefixo: str, do_item: set[str]) -> str:
    if not se:
        return ""
    palavras = {True: "sim", False: "nao"}
    condicoes: dict[str, Any] = {}
    for pergunta, esperado in se.items():
        nome = f"{prefixo}{pergunta}" if pergunta in do_item else pergunta
        if isinstance(esperado, Mapping):
            condicoes[nome] = dict(esperado)
            continue
        aceitas = esperado if isinstance(esperado, list | tuple) else [esperado]
        condicoes[nome] = [palavras[a] if isinstance(a, bool) else a for a in aceitas]
    return json.dumps(condicoes, ensure_ascii=False)


def _nomes(pacote: Pacote, secao: str, cru: Mapping[str, Any]) -> list[tuple[str, Pergunta]]:
    nomes = [(p.id, p) for p in pacote.soltas(secao)]
    for bloco in pacote.blocos_da(secao):
        for n in range(len(cru.get(bloco.id, []))):
            nomes += [(f"{bloco.id}-{n}-{p.id}", p) for p in pacote.do_bloco(bloco.id)]
    return nomes


def _como_enviado(pacote: Pacote, secao: str, cru: Mapping[str, Any]) -> QueryDict:
    enviado = QueryDict(mutable=True)
    for pergunta in pacote.soltas(secao):
        _por(enviado, pergunta.id, cru.get(pergunta.id))
    for bloco in pacote.blocos_da(secao):
        for n, item in enumerate(cru.get(bloco.id, [])):
            for pergunta in pacote.do_bloco(bloco.id):
                _por(enviado, f"{bloco.id}-{n}-{pergunta.id}", item.get(pergunta.id))
    return enviado


def _por(enviado: QueryDict, nome: str, valor: Any) -> None:
    if isinstance(valor, list):
        enviado.setlist(nome, valor)
    elif valor not in (None, ""):
        enviado[nome] = str(valor)


def ler_enviado(pacote: Pacote, secao: str, enviado: QueryDict) -> dict[str, Any]:
    """What somebody typed into the page, and nothing else. `acrescentar` and `tirar` change the lists."""
    dados: dict[str, Any] = {p.id: _digitado(p, p.id, enviado) for p in pacote.soltas(secao)}
    for bloco in pacote.blocos_da(secao):
        quantos = enviado.get(f"quantos-{bloco.id}", "")
        itens = [
            {p.id: _digitado(p, f"{bloco.id}-{n}-{p.id}", enviado) for p in pacote.do_bloco(bloco.id)}
            for n in range(min(int(quantos) if quantos.isdecimal() else 0, MAIS_ITENS))
        ]
        bloco_tirado, _, posicao = enviado.get("tirar", "").rpartition("-")
        if bloco_tirado == bloco.id and posicao.isdecimal() and int(posicao) < len(itens):
            del itens[int(posicao)]
        if enviado.get("acrescentar") == bloco.id and len(itens) < min(bloco.maximo, MAIS_ITENS):
            itens.append({})
        dados[bloco.id] = itens
    return {nome: valor for nome, valor in dados.items() if valor not in ("", [])}


def _digitado(pergunta: Pergunta, nome: str, enviado: QueryDict) -> Any:
    if pergunta.tipo == Tipo.VARIAS:
        return [_limpo(v)[:200] for v in enviado.getlist(nome)[:MAIS_ITENS]]
    return _limpo(enviado.get(nome, ""))[:MAIOR]


def _limpo(texto: str) -> str:
    """A NUL stops PostgreSQL."""
    return texto.replace("\0", "")
