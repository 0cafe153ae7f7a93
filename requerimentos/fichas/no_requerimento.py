"""What the packs tell the request itself: the fact that it comes from, the person of that fact, and the dependants."""

from __future__ import annotations

from typing import Any

from requerimentos.demanda.servico import Servico
from requerimentos.fichas.consultas import fichas_do
from requerimentos.fichas.regras import Respostas
from requerimentos.models import Requerimento

DEPENDENTES = "dependentes"


# By pack: what the fact is called when the pack is about one alone, and which answer fills each key of the paper.
TIPOS = {"obito": "Óbito", "prisao": "Prisão"}
FATOS = {
    "obito": {
        "fato_data": "quando", "outra_pessoa_nome": "nome", "outra_pessoa_cpf": "cpf",
        "outra_pessoa_nascimento": "nascimento",
    },
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
    if not {*FATOS, DEPENDENTES} & set(servico.perguntas):
        return {}
    ditos: dict[str, Any] = {}
    for ficha in fichas_do(requerimento):
        codigo, soltas = ficha.pacote.codigo, ficha.lida.respostas.soltas
        if not ficha.lida.completa:
            continue
        if codigo in FATOS:
            ditos |= {chave: soltas[dita] for chave, dita in FATOS[codigo].items() if soltas.get(dita)}
            ditos |= {"fato_tipo": TIPOS[codigo]} if codigo in TIPOS else {}
        elif codigo == DEPENDENTES:
            ditos["dependentes"] = _dependentes(ficha.lida.respostas)
    return ditos


def _dependentes(respostas: Respostas) -> list[dict[str, Any]]:
    chaves = ("nome", "cpf", "nascimento", "parentesco", "tambem_requer")
    return [{chave: item.get(chave) for chave in chaves} for item in respostas.blocos.get(DEPENDENTES, ())]
