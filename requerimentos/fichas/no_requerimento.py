"""What the packs tell the request itself: the fact that it comes from, the person of that fact, the dependants, and the
rest of the answers, which no paper of their own says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from requerimentos.demanda.servico import Servico
from requerimentos.fichas.consultas import fichas_do
from requerimentos.fichas.leitura import Lida
from requerimentos.fichas.pacote import Tipo
from requerimentos.fichas.papel import separar
from requerimentos.fichas.regras import Respostas
from requerimentos.fichas.resumo import Dita, Lista, resumo
from requerimentos.models import Papel, Requerimento

DEPENDENTES = "dependentes"
DO_DEPENDENTE = ("nome", "cpf", "nascimento", "parentesco", "tambem_requer")


# By pack: what the fact is called when the pack is about one alone, and which answer fills each key of the paper.
TIPOS = {"obito": "Óbito", "falecido": "Óbito", "prisao": "Prisão"}
DE_QUEM_MORREU = {
    "fato_data": "quando", "outra_pessoa_nome": "nome", "outra_pessoa_cpf": "cpf",
    "outra_pessoa_nascimento": "nascimento",
}  # fmt: skip
FATOS = {
    "obito": DE_QUEM_MORREU,
    "falecido": DE_QUEM_MORREU,
    "prisao": {
        "fato_data": "preso_em", "fato_local": "unidade", "outra_pessoa_nome": "nome", "outra_pessoa_cpf": "cpf",
    },
    "maternidade": {
        "fato_tipo": "evento", "fato_data": "quando", "outra_pessoa_nome": "crianca",
        "outra_pessoa_nascimento": "crianca_nascimento",
    },
}  # fmt: skip


def do_requerimento(requerimento: Requerimento, servico: Servico) -> dict[str, Any]:
    """The keys of `papeis.contrato.RequerimentoServico` that packs answer, of those that are complete."""
    ditos: dict[str, Any] = {}
    fichas = fichas_do(requerimento)
    prontas, esperam = separar(requerimento, fichas)
    com_papel = {codigo for papel in [*(p for p, _ in prontas), *esperam] for codigo in papel.pacotes}
    complementos = [
        {"rotulo": f"O papel “{Papel.Especie(papel.especie).label}” integra este requerimento", "valor": ""}
        for papel, _ in prontas
    ]
    for ficha in fichas:
        codigo, soltas = ficha.pacote.codigo, ficha.lida.respostas.soltas
        if not ficha.lida.completa:
            continue
        if codigo in FATOS:
            ditos |= {chave: soltas[dita] for chave, dita in FATOS[codigo].items() if soltas.get(dita)}
            ditos |= {"fato_tipo": TIPOS[codigo]} if codigo in TIPOS else {}
        elif codigo == DEPENDENTES:
            ditos["dependentes"] = _dependentes(ficha.lida.respostas)
        if codigo not in com_papel:
            complementos += _complementos(ficha.lida)
    return ditos | ({"complementos": complementos} if complementos else {})


def _dependentes(respostas: Respostas) -> list[dict[str, Any]]:
    return [{chave: item.get(chave) for chave in DO_DEPENDENTE} for item in respostas.blocos.get(DEPENDENTES, ())]


def _complementos(lida: Lida) -> Iterator[dict[str, Any]]:
    """Every answer that the paper does not say elsewhere, under the name of its page."""
    codigo = lida.pacote.codigo
    ja_ditas = {*FATOS.get(codigo, {}).values(), *(DO_DEPENDENTE if codigo == DEPENDENTES else ())}
    for parte in resumo(lida):
        ditos = [_dito(dita) for dita in parte.ditas if dita.resposta and dita.pergunta.id not in ja_ditas]
        ditos += [item for lista in parte.listas for item in _itens(lista, ja_ditas)]
        yield from ({"parte": parte.titulo, **dito} for dito in ditos)


def _dito(dita: Dita) -> dict[str, Any]:
    if dita.pergunta.tipo == Tipo.SIM_NAO:
        return {"rotulo": dita.pergunta.texto, "valor": dita.resposta == "Sim", "tipo": "sn"}
    return {"rotulo": dita.pergunta.texto.rstrip("?:"), "valor": dita.resposta}


def _itens(lista: Lista, ja_ditas: set[str]) -> Iterator[dict[str, Any]]:
    for numero, item in enumerate(lista.itens, start=1):
        if valor := _em_linha([dita for dita in item if dita.resposta and dita.pergunta.id not in ja_ditas]):
            yield {"rotulo": f"{lista.item.capitalize()} {numero}", "valor": valor}


def _em_linha(ditas: Sequence[Dita]) -> str:
    return ", ".join(f"{dita.pergunta.coluna}: {dita.resposta}" for dita in ditas)
