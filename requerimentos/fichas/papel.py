"""The papers that filled packs become, in the order of the packs' pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte
from requerimentos.demanda.consultas import servico_do, vagas_do
from requerimentos.demanda.servico import Servico
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.consultas import FichaVista, fichas_do
from requerimentos.fichas.leitura import Lida
from requerimentos.fichas.pacote import Tipo
from requerimentos.fichas.resumo import Dita, Lista, Parte, resumo
from requerimentos.models import Papel, Requerimento

ARQUIVO = Path(__file__).parent / "papeis.toml"
# Up to this many options are all printed, so that the person sees what was not chosen.
OPCOES_NO_PAPEL = 5
# A table wider than this goes on in another below it, with its first column again.
COLUNAS = 8


@dataclass(frozen=True, kw_only=True)
class PapelDaFicha(Fonte):
    """`formulario`: the word by which services ask for it; `peco`: what is asked of whom, after the facts; `declaro`:
    what is declared above the signature, with its `numero`. `variante`: the question whose answer ends the title;
    `numeros`: of a question or a list, below its page's; `notas`: under a page's title; `em_aberto`: what a list says,
    by `lista.pergunta`, where a date was left out because it still goes on.
    """

    especie: str
    formulario: str
    papel_titular: str
    agente: str
    pacotes: tuple[str, ...]
    declaro: tuple[str, ...]
    peco: str = ""
    rubrica: bool = False
    numero: str = ""
    variante: str = ""
    numeros: Mapping[str, str] = field(default_factory=dict)
    notas: Mapping[str, str] = field(default_factory=dict)
    em_aberto: Mapping[str, str] = field(default_factory=dict)


@cache
def papeis(arquivo: Path = ARQUIVO) -> tuple[PapelDaFicha, ...]:
    """Raises ErroDoCatalogo with file, line and what is wrong."""
    folha = Folha(arquivo)
    lidos = []
    for indice, dados in enumerate(folha.blocos("papel")):
        papel: PapelDaFicha = folha.bloco(PapelDaFicha, dados, "papel", indice)
        if papel.especie not in Papel.Especie.values:
            raise folha.erro(f"o papel “{papel.especie}” não existe.", "especie", "papel", indice)
        for codigo in papel.pacotes:
            if codigo not in pacotes():
                raise folha.erro(f"o pacote “{codigo}” não existe.", "pacotes", "papel", indice)
        lidos.append(papel)
    return tuple(lidos)


def conteudos_da_ficha(requerimento: Requerimento) -> dict[Papel.Especie, dict[str, Any]]:
    """The contents of the papers whose packs are complete; half a declaration is not printed."""
    prontas, _ = _separar(requerimento)
    return {Papel.Especie(papel.especie): conteudo(papel, [f.lida for f in fichas]) for papel, fichas in prontas}


def sem_papel(requerimento: Requerimento) -> list[str]:
    """Names of the papers that wait for their pack."""
    _, esperam = _separar(requerimento)
    return [Papel.Especie(papel.especie).label for papel in esperam]


def _separar(
    requerimento: Requerimento,
) -> tuple[list[tuple[PapelDaFicha, list[FichaVista]]], list[PapelDaFicha]]:
    pedidos = _pedidos(requerimento)
    vistas = {f.pacote.codigo: f for f in fichas_do(requerimento)} if pedidos else {}
    prontas, esperam = [], []
    for papel in pedidos:
        fichas = [vistas[codigo] for codigo in papel.pacotes if codigo in vistas]
        if fichas and all(f.lida.completa for f in fichas):
            prontas.append((papel, fichas))
        else:
            esperam.append(papel)
    return prontas, esperam


def papeis_do(servico: Servico) -> list[PapelDaFicha]:
    """A case that began before the packs of a paper were asked has no such paper."""
    return [
        papel
        for papel in papeis()
        if papel.formulario in servico.formularios and not set(papel.pacotes).isdisjoint(servico.perguntas)
    ]


def _pedidos(requerimento: Requerimento) -> list[PapelDaFicha]:
    """Without the papers whose slot this case does not have to fill."""
    servico = servico_do(requerimento)
    pedidos = papeis_do(servico)
    condicionais = {vaga.papel for vaga in servico.vagas if vaga.quando == "se"}
    if condicionais.isdisjoint(papel.especie for papel in pedidos):
        return pedidos
    exigidos = {exigida.vaga.papel for exigida in vagas_do(requerimento) if exigida.obrigatoria}
    return [p for p in pedidos if p.especie not in condicionais or p.especie in exigidos]


def conteudo(papel: PapelDaFicha, lidas: Sequence[Lida]) -> dict[str, Any]:
    """What the paper says of its packs (`papeis.contrato.PapelDaFicha`, without who signs)."""
    partes = [_parte(parte, papel) for lida in lidas for parte in resumo(lida)]
    if papel.peco:
        campo = {"rotulo": papel.peco, "valor": "", "longo": True}
        partes.append({"titulo": "O que peço", "campos": [campo], "listas": []})
    variante = next((v for lida in lidas if (v := lida.respostas.soltas.get(papel.variante))), "")
    return {
        **({"variante": variante} if variante else {}),
        **({"numero": papel.numero} if papel.numero else {}),
        "papel_titular": papel.papel_titular,
        "declaro": list(papel.declaro),
        "agente_texto": papel.agente,
        "rubrica": papel.rubrica,
        "partes": partes,
        "contas": [p.frase for lida in lidas for p in lida.problemas if p.tom == "conta"],
    }


def _parte(parte: Parte, papel: PapelDaFicha) -> dict[str, Any]:
    nota = papel.notas.get(parte.secao)
    return {
        "titulo": parte.titulo,
        **({"nota": nota} if nota else {}),
        "campos": [campo for dita in parte.ditas if (campo := _campo(dita, papel))],
        "listas": [_lista(lista, papel) for lista in parte.listas],
    }


def _lista(lista: Lista, papel: PapelDaFicha) -> dict[str, Any]:
    numero = papel.numeros.get(lista.bloco)
    return {
        "titulo": f"{numero} {lista.titulo}" if numero else lista.titulo,
        **({"numerada": True} if numero else {}),
        "tabelas": _tabelas(lista, papel.em_aberto),
        "item": lista.item,
    }


def _campo(dita: Dita, papel: PapelDaFicha) -> dict[str, Any] | None:
    """An optional question that nobody answered has no line."""
    if not dita.resposta and not dita.pergunta.obrigatoria:
        return None
    numero = papel.numeros.get(dita.pergunta.id)
    rotulo = f"{numero} {dita.pergunta.texto}" if numero else dita.pergunta.texto
    campo: dict[str, Any] = {"rotulo": rotulo, "valor": dita.resposta}
    if dita.pergunta.tipo == Tipo.SIM_NAO:
        campo["sn"] = {"Sim": True, "Não": False}.get(dita.resposta)
    elif dita.pergunta.tipo == Tipo.OPCAO and len(dita.pergunta.opcoes) <= OPCOES_NO_PAPEL:
        campo["opcoes"] = list(dita.pergunta.opcoes)
    elif dita.pergunta.tipo == Tipo.TEXTO_LONGO:
        campo["longo"] = True
    return campo


def _tabelas(lista: Lista, em_aberto: Mapping[str, str]) -> list[dict[str, Any]]:
    """Columns that no item answered stay out; a long row is told in several tables with the same numbering."""
    if not lista.itens:
        return []
    abertas = {p.id: em_aberto.get(f"{lista.bloco}.{p.id}", "") for p in lista.perguntas}
    ditos = {d.pergunta.id for item in lista.itens for d in item if d.resposta or abertas[d.pergunta.id]}
    colunas = {p.id: p for p in lista.perguntas if p.id in ditos}
    ordem = list(colunas)
    linhas = [{d.pergunta.id: d.resposta or abertas[d.pergunta.id] for d in item} for item in lista.itens]
    partes = [ordem[i : i + COLUNAS] for i in range(0, len(ordem), COLUNAS)]
    return [
        {
            "colunas": [colunas[id].coluna for id in parte],
            "linhas": [[linha.get(id, "") for id in parte] for linha in linhas],
        }
        for parte in partes
    ]
