"""Fills the packs of a request as a patient clerk would: what is missing, until nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from requerimentos.fichas import servicos
from requerimentos.fichas.catalogo import pacotes
from requerimentos.fichas.consultas import contexto_de, fichas_do
from requerimentos.fichas.leitura import Lida, ler_pacote
from requerimentos.fichas.pacote import Pacote, Pergunta, Tipo
from requerimentos.fichas.regras import Contexto
from requerimentos.models import Ficha, PaginaDaFicha, Requerimento
from tests.simulador import cpf_novo

COMECO = date(2001, 1, 1)


def respostas_completas(
    pacote: Pacote, contexto: Contexto, *, sim: frozenset[str] = frozenset(), dadas: Mapping[str, Any] | None = None
) -> dict[str, dict[str, Any]]:
    """By section, as typed. No to everything but `sim`; the first option; `dadas`: {section: {question: typed}}."""
    cru: dict[str, dict[str, Any]] = {s: dict(d) for s, d in (dadas or {}).items()}
    dias = count()
    for _ in range(200):
        faltas = [p for p in ler_pacote(pacote, cru, contexto).impedem if p.falta]
        if not faltas:
            return cru
        falta = faltas[0]
        secao = cru.setdefault(falta.secao, {})
        if not falta.pergunta:
            secao.setdefault(falta.bloco, []).append({})
            continue
        onde = secao[falta.bloco][falta.item] if falta.bloco and falta.item is not None else secao
        pergunta = next(p for p in pacote.perguntas if (p.id, p.bloco) == (falta.pergunta, falta.bloco))
        onde[pergunta.id] = _inventar(pergunta, dias, sim)
    raise AssertionError(f"{pacote.codigo} não acaba")


FEITOS = {
    Tipo.CNPJ: "29979036000140", Tipo.CEP: "30130000", Tipo.TELEFONE: "31987654321", Tipo.DINHEIRO: "1,00",
    Tipo.MEDIDA: "1,00",
}  # fmt: skip


def _inventar(pergunta: Pergunta, dias: count, sim: frozenset[str]) -> Any:
    match Tipo(pergunta.tipo):
        case Tipo.SIM_NAO:
            return "sim" if pergunta.id in sim else "nao"
        case Tipo.OPCAO:
            return pergunta.opcoes[0]
        case Tipo.VARIAS:
            return [pergunta.opcoes[0]]
        case Tipo.DATA:
            return (COMECO + timedelta(days=40 * next(dias))).isoformat()
        case Tipo.CPF:
            return cpf_novo()
        case Tipo.INTEIRO:
            return str(max(1, pergunta.minimo or 1))
        case tipo:
            return FEITOS.get(tipo, "Texto fictício")


def preencher(requerimento: Requerimento, *, sim: frozenset[str] = frozenset()) -> None:
    """Every page of every pack, past the services: the request may be at any stage. What is declared of the land is of
    the person's own life: nobody died before these dates.
    """
    contexto = contexto_de(requerimento)
    for vista in fichas_do(requerimento):
        cru = respostas_completas(vista.pacote, contexto, sim=sim | {"sobre_si"})
        ficha = Ficha.objects.create(
            requerimento=requerimento, codigo=vista.pacote.codigo, pacote=servicos.guardar_versao(vista.pacote)
        )
        PaginaDaFicha.objects.bulk_create(
            PaginaDaFicha(
                ficha=ficha, secao=secao.id, dados=cru.get(secao.id, {}), versao=1, editado_por=requerimento.atendente
            )
            for secao in ler_pacote(vista.pacote, cru, contexto).secoes()
        )


def lido(codigo: str, cru: Mapping[str, Mapping[str, Any]], contexto: Contexto) -> Lida:
    return ler_pacote(pacotes()[codigo], cru, contexto)
