"""What the packs tell the request itself: the fact that it comes from, the person of that fact, and the dependants."""

from __future__ import annotations

from typing import Any

from requerimentos.demanda.servico import Servico
from requerimentos.fichas.consultas import fichas_do
from requerimentos.fichas.regras import Respostas
from requerimentos.models import Requerimento

DEPENDENTES = "dependentes"


def _obito(ditas: dict[str, Any]) -> dict[str, Any]:
    return {
        "fato_tipo": "Óbito",
        "fato_data": ditas.get("quando"),
        "outra_pessoa_nome": ditas.get("nome"),
        "outra_pessoa_cpf": ditas.get("cpf"),
        "outra_pessoa_nascimento": ditas.get("nascimento"),
    }


def _prisao(ditas: dict[str, Any]) -> dict[str, Any]:
    return {
        "fato_tipo": "Prisão",
        "fato_data": ditas.get("preso_em"),
        "fato_local": ditas.get("unidade"),
        "outra_pessoa_nome": ditas.get("nome"),
        "outra_pessoa_cpf": ditas.get("cpf"),
    }


def _maternidade(ditas: dict[str, Any]) -> dict[str, Any]:
    return {
        "fato_tipo": ditas.get("evento"),
        "fato_data": ditas.get("quando"),
        "outra_pessoa_nome": ditas.get("crianca"),
        "outra_pessoa_nascimento": ditas.get("crianca_nascimento"),
    }


FATOS = {"obito": _obito, "prisao": _prisao, "maternidade": _maternidade}


def do_requerimento(requerimento: Requerimento, servico: Servico) -> dict[str, Any]:
    """The keys of `papeis.contrato.RequerimentoServico` that packs answer, of those that are complete."""
    if not {*FATOS, DEPENDENTES} & set(servico.perguntas):
        return {}
    ditos: dict[str, Any] = {}
    for ficha in fichas_do(requerimento):
        if not ficha.lida.completa:
            continue
        if fato := FATOS.get(ficha.pacote.codigo):
            ditos |= {chave: valor for chave, valor in fato(dict(ficha.lida.respostas.soltas)).items() if valor}
        elif ficha.pacote.codigo == DEPENDENTES:
            ditos["dependentes"] = _dependentes(ficha.lida.respostas)
    return ditos


def _dependentes(respostas: Respostas) -> list[dict[str, Any]]:
    chaves = ("nome", "cpf", "nascimento", "parentesco", "tambem_requer")
    return [{chave: item.get(chave) for chave in chaves} for item in respostas.blocos.get(DEPENDENTES, ())]
