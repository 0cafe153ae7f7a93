"""The papers that filled packs become, in the order of the packs' pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    what is declared above the signature.
    """

    especie: str
    formulario: str
    papel_titular: str
    agente: str
    pacotes: tuple[str, ...]
    declaro: tuple[str, ...]
    peco: str = ""
    rubrica: bool = False


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
    partes = [_parte(parte) for lida in lidas for parte in resumo(lida)]
    if papel.peco:
        campo = {"rotulo": papel.peco, "valor": "", "longo": True}
        partes.append({"titulo": "O que peço", "campos": [campo], "listas": []})
    return {
        "papel_titular": papel.papel_titular,
        "declaro": list(papel.declaro),
        "agente_texto": papel.agente,
        "rubrica": papel.rubrica,
        "partes": partes,
        "contas": [p.frase for lida in lidas for p in lida.problemas if p.tom == "conta"],
    }


def _parte(parte: Parte) -> dict[str, Any]:
    return {
        "titulo": parte.titulo,
        "campos": [campo for dita in parte.ditas if (campo := _campo(dita))],
        "listas": [{"titulo": lista.titulo, "tabelas": _tabelas(lista), "item": lista.item} for lista in parte.listas],
    }


def _campo(dita: Dita) -> dict[str, Any] | None:
    """An optional question that nobody answered has no line."""
    if not dita.resposta and not dita.pergunta.obrigatoria:
        return None
    campo: dict[str, Any] = {"rotulo": dita.pergunta.texto, "valor": dita.resposta}
    if dita.pergunta.tipo == Tipo.SIM_NAO:
        campo["sn"] = {"Sim": True, "Não": False}.get(dita.resposta)
    elif dita.pergunta.tipo == Tipo.OPCAO and len(dita.pergunta.opcoes) <= OPCOES_NO_PAPEL:
        campo["opcoes"] = list(dita.pergunta.opcoes)
    elif dita.pergunta.tipo == Tipo.TEXTO_LONGO:
        campo["longo"] = True
    return campo


def _tabelas(lista: Lista) -> list[dict[str, Any]]:
    """Columns that no item answered stay out; a long row is told in several tables with the same numbering."""
    if not lista.itens:
        return []
    ditos = {dita.pergunta.id for item in lista.itens for dita in item if dita.resposta}
    colunas = {p.id: p for p in lista.perguntas if p.id in ditos}
    ordem = list(colunas)
    linhas = [{dita.pergunta.id: dita.resposta for dita in item} for item in lista.itens]
    partes = [ordem[i : i + COLUNAS] for i in range(0, len(ordem), COLUNAS)]
    return [
        {
            "colunas": [colunas[id].coluna for id in parte],
            "linhas": [[linha.get(id, "") for id in parte] for linha in linhas],
        }
        for parte in partes
    ]
