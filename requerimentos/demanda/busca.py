"""Find services by what people say, pure: without accents, by the beginning of words, with one slip of the fingers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from act_portal.territorio.texto import normalizar
from requerimentos.demanda.servico import Servico

# Said in every sentence, found in every text.
VAZIAS = """
a ao aos as ate com da das de do dos e ela ele em esta eu faz fazer foi ha ja la lhe mais me meu minha muito na nao nas
no nos o os ou para pedir pela pelo por pra precisa preciso quando que quem quer quero se sem ser seu sua tem ter um uma
vai
"""
PALAVRAS_VAZIAS = frozenset(VAZIAS.split())
# What a word is worth in the name, in the synonyms and in the rest.
NOME, DITO, RESTO = 8, 5, 2
MENOR_COM_ERRO = 4
TERMINACAO = 2


@dataclass(frozen=True)
class Indice:
    """The words of each service, each with what it is worth there."""

    servicos: Sequence[Servico]
    pesos: Sequence[dict[str, int]]
    palavras: frozenset[str]


def indexar(servicos: Sequence[Servico]) -> Indice:
    pesos = [_pesos(servico) for servico in servicos]
    return Indice(servicos, pesos, frozenset().union(*pesos))


def procurar(indice: Indice, texto: str) -> list[Servico]:
    """The services that answer to most of the words of `texto`, the nearest first; all of them when it has none."""
    ditas = _separar(texto)
    ditas = [palavra for palavra in ditas if len(palavra) > 1 and palavra not in PALAVRAS_VAZIAS] or ditas
    if not ditas:
        return list(indice.servicos)
    parecidas = [_parecidas(palavra, indice.palavras) for palavra in ditas]
    notas = []
    for servico, pesos in zip(indice.servicos, indice.pesos, strict=True):
        valores = [max((pesos.get(p, 0) * forca for p, forca in achadas.items()), default=0) for achadas in parecidas]
        notas.append((sum(map(bool, valores)), sum(valores), servico))
    mais = max(acertos for acertos, _, _ in notas)
    achados = [(valor, servico) for acertos, valor, servico in notas if mais and acertos == mais]
    inteiro = normalizar(texto)

    def ordem(achado: tuple[float, Servico]) -> tuple[bool, float, bool, str]:
        nome = normalizar(achado[1].nome)
        return nome != inteiro, -achado[0], not achado[1].pedivel, nome

    return [servico for _, servico in sorted(achados, key=ordem)]


def _separar(texto: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", normalizar(texto))


def _pesos(servico: Servico) -> dict[str, int]:
    pesos: dict[str, int] = {}
    campos: Iterable[tuple[int, Iterable[str]]] = (
        (NOME, [servico.nome]),
        (DITO, [*servico.sinonimos, servico.pat.sigla, servico.pat.codigo]),
        (RESTO, [servico.descricao, *servico.quem_pode, *servico.especies]),
    )
    for valor, textos in campos:
        for palavra in {palavra for texto in textos for palavra in _separar(texto)}:
            pesos[palavra] = pesos.get(palavra, 0) + valor
    return pesos


def _parecidas(dita: str, palavras: frozenset[str]) -> dict[str, float]:
    """Words of the catalogue that `dita` may mean, and how surely: itself, its beginning, its root, one slip."""
    achadas = {p: 1.0 if p == dita else 0.9 for p in palavras if p.startswith(dita)}
    raiz = dita[: max(MENOR_COM_ERRO, len(dita) - TERMINACAO)]
    if len(dita) >= MENOR_COM_ERRO:
        achadas = {p: 0.5 for p in palavras if p.startswith(raiz)} | achadas
    if not achadas and len(dita) >= MENOR_COM_ERRO:
        um_erro = (len(dita) - 1) / len(dita) - 0.001
        achadas = dict.fromkeys(get_close_matches(dita, palavras, n=3, cutoff=um_erro), 0.5)
    return achadas
