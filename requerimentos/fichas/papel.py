"""The papers that filled packs become, in the order of the packs' pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from act_portal.catalogos.folha import Folha
from act_portal.catalogos.fonte import Fonte, sem_marca
from act_portal.telas.formatos import dinheiro
from requerimentos.demanda.consultas import servico_do, vagas_do
from requerimentos.demanda.servico import Servico
from requerimentos.fichas.bpc import conta_para_o_bpc, soma_da_renda
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.consultas import FichaVista, fichas_do
from requerimentos.fichas.leitura import Lida
from requerimentos.fichas.pacote import Se, Tipo
from requerimentos.fichas.regras import Item
from requerimentos.fichas.resumo import Dita, Lista, Parte, resumo
from requerimentos.models import Papel, Requerimento

ARQUIVO = Path(__file__).parent / "papeis.toml"
# Up to this many options are all printed, so that the person sees what was not chosen.
OPCOES_NO_PAPEL = 5
# A table wider than this goes on in another below it, with its first column again.
COLUNAS = 8
# Title of the column, and what it says of an item.
CONTAS_DA_LINHA: dict[str, tuple[str, Callable[[Item], str]]] = {
    "conta_para_o_bpc": ("Conta para o BPC", lambda pessoa: "Sim" if conta_para_o_bpc(pessoa) else "Não"),
    "soma_da_renda": ("Soma", lambda pessoa: dinheiro(soma_da_renda(pessoa))),
}


@dataclass(frozen=True, kw_only=True)
class PapelDaFicha(Fonte):
    """`formulario`: the word by which services ask for it; `peco`: what is asked of whom, after the facts; `declaro`:
    what is declared above the signature, with its `numero`. `variante`: the question whose answer ends the title;
    `numeros`: of a question or a list, below its page's; `notas`: under a page's title; `em_aberto`: what a list says,
    by `lista.pergunta`, where a date was left out because it still goes on; `tabelas`: the column with which a list
    goes on in a table of its own, with its title; `contas_da_linha`: after which column comes one that the portal
    fills (`CONTAS_DA_LINHA`).
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
    tabelas: Mapping[str, str] = field(default_factory=dict)
    contas_da_linha: Mapping[str, str] = field(default_factory=dict)


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
    prontas, _ = separar(requerimento, fichas_do(requerimento))
    return {Papel.Especie(papel.especie): conteudo(papel, [f.lida for f in fichas]) for papel, fichas in prontas}


def sem_papel(requerimento: Requerimento) -> list[str]:
    """Names of the papers that wait for their pack."""
    _, esperam = separar(requerimento, fichas_do(requerimento))
    return [Papel.Especie(papel.especie).label for papel in esperam]


def separar(
    requerimento: Requerimento, todas: Sequence[FichaVista]
) -> tuple[list[tuple[PapelDaFicha, list[FichaVista]]], list[PapelDaFicha]]:
    """The papers of this case: those whose packs are complete, with them, and those that wait. `todas`: its packs."""
    pedidos = _pedidos(requerimento)
    vistas = {f.pacote.codigo: f for f in todas}
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
    partes = [pedaco for lida in lidas for parte in resumo(lida) for pedaco in _pedacos(parte, papel, lida)]
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
        "contas": [sem_marca(p.frase) for lida in lidas for p in lida.problemas if p.tom == "conta"],
    }


def _pedacos(parte: Parte, papel: PapelDaFicha, lida: Lida) -> list[dict[str, Any]]:
    """A page of the pack; where the paper has numbers of its own, cut so that answers and lists come in their order."""
    ses = {bloco.id: bloco.se for bloco in lida.pacote.blocos}
    campos: list[tuple[str, dict[str, Any]]] = []
    listas: list[tuple[str, dict[str, Any]]] = []
    numeros: dict[str, str] = {}
    atual = ""
    for dita in parte.ditas:
        atual = papel.numeros.get(dita.pergunta.id) or _numero_de(dita.pergunta.se, numeros) or atual
        numeros[dita.pergunta.id] = atual
        if campo := _campo(dita, papel):
            campos.append((atual, campo))
    for bloco in parte.listas:
        numero = papel.numeros.get(bloco.bloco) or _numero_de(ses.get(bloco.bloco, {}), numeros)
        lista = _lista(bloco, papel, lida.respostas.blocos.get(bloco.bloco, ()))
        if numero and not lista["tabelas"]:
            campos.append((numero, {"rotulo": f"{lista['titulo']}:", "valor": "nada a declarar."}))
        else:
            listas.append((numero, lista))
    pedacos: list[dict[str, Any]] = [{"titulo": parte.titulo, "campos": [], "listas": []}]
    if nota := papel.notas.get(parte.secao):
        pedacos[0]["nota"] = nota
    for numero in sorted({numero for numero, _ in [*campos, *listas]}):
        if pedacos[-1]["listas"]:
            pedacos.append({"titulo": "", "campos": [], "listas": []})
        pedacos[-1]["campos"] += [campo for seu, campo in campos if seu == numero]
        pedacos[-1]["listas"] += [lista for seu, lista in listas if seu == numero]
    return pedacos


def _numero_de(se: Se, numeros: Mapping[str, str]) -> str:
    """The number of the question that this one hangs from."""
    return next((numeros[pergunta] for pergunta in se if numeros.get(pergunta)), "")


def _lista(lista: Lista, papel: PapelDaFicha, itens: Sequence[Item]) -> dict[str, Any]:
    numero = papel.numeros.get(lista.bloco)
    return {
        "titulo": f"{numero} {lista.titulo}" if numero else lista.titulo,
        **({"numerada": True} if numero else {}),
        "tabelas": _tabelas(lista, papel, itens),
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


def _tabelas(lista: Lista, papel: PapelDaFicha, itens: Sequence[Item]) -> list[dict[str, Any]]:
    """Columns that no item answered stay out; a long row is told in several tables with the same numbering."""
    if not lista.itens:
        return []
    abertas = {p.id: papel.em_aberto.get(f"{lista.bloco}.{p.id}", "") for p in lista.perguntas}
    ditos = {d.pergunta.id for item in lista.itens for d in item if d.resposta or abertas[d.pergunta.id]}
    linhas = [{d.pergunta.id: d.resposta or abertas[d.pergunta.id] for d in item} for item in lista.itens]
    colunas: dict[str, str] = {}
    for p in lista.perguntas:
        if p.id in ditos:
            colunas[p.id] = p.coluna
        if conta := papel.contas_da_linha.get(f"{lista.bloco}.{p.id}"):
            colunas[conta], contar = CONTAS_DA_LINHA[conta]
            for linha, item in zip(linhas, itens, strict=True):
                linha[conta] = contar(item)
    return [
        {
            **({"titulo": titulo} if titulo else {}),
            "colunas": [colunas[id] for id in parte],
            "linhas": [[linha.get(id, "") for id in parte] for linha in linhas],
        }
        for titulo, parte in _partir(lista, papel, list(colunas))
    ]


def _partir(lista: Lista, papel: PapelDaFicha, colunas: list[str]) -> list[tuple[str, list[str]]]:
    """Where the paper says, and where a table would be too wide."""
    partes: list[tuple[str, list[str]]] = [("", [])]
    for id in colunas:
        titulo = papel.tabelas.get(f"{lista.bloco}.{id}", "")
        if titulo or len(partes[-1][1]) == COLUNAS:
            partes.append((titulo, []))
        partes[-1][1].append(id)
    return partes
