"""The eight steps that the clerk sees, computed from the request: nothing is stored twice."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse

from requerimentos.models import Papel, Requerimento
from requerimentos.situacoes import Etapa, SituacaoConjunto


class Estado(StrEnum):
    FEITO = "feito"
    ATUAL = "atual"
    DEPOIS = "depois"


class Passo(NamedTuple):
    nome: str
    href: str
    estado: Estado


NOMES = [
    ("recepcao", "Recepção"),
    ("demanda", "Demanda"),
    ("formularios", "Formulários"),
    ("documentos", "Documentos"),
    ("conferencia", "Conferência"),
    ("envio", "Envio"),
    ("acompanhamento", "Acompanhamento"),
    ("resultado", "Resultado"),
]
# The first step still to be done, by stage; while in preparation the page itself says which one is open.
PRIMEIRO_ABERTO = {
    Etapa.PREPARO: 1,
    Etapa.DEVOLVIDO: 1,
    Etapa.NA_FILA: 5,
    Etapa.ACOMPANHANDO: 6,
    Etapa.EXIGENCIA: 6,
    Etapa.RESULTADO: 7,
    Etapa.ENTREGUE: 8,
}


def passos(requerimento: Requerimento, pagina: str) -> list[Passo]:
    """The steps of `requerimento` as seen from the page `pagina` (a key of `NOMES`)."""
    aberto = _primeiro_aberto(requerimento)
    chaves = [chave for chave, _ in NOMES]
    atual = chaves.index(pagina) if pagina in chaves else aberto
    return [
        Passo(
            nome,
            reverse(f"requerimentos:{chave}", args=[requerimento.codigo]) if chave != "recepcao" else "",
            Estado.ATUAL if i == atual else Estado.FEITO if i < aberto else Estado.DEPOIS,
        )
        for i, (chave, nome) in enumerate(NOMES)
    ]


def _primeiro_aberto(requerimento: Requerimento) -> int:
    """While in preparation, what the request itself already has: answers, signed papers. A cancelled one got as far as
    INSS or stopped at the desk.
    """
    estado = requerimento.estado
    if estado == Etapa.CANCELADO and requerimento.protocolo:
        return PRIMEIRO_ABERTO[Etapa.ACOMPANHANDO]
    if estado not in {Etapa.PREPARO, Etapa.DEVOLVIDO, Etapa.CANCELADO}:
        return PRIMEIRO_ABERTO[estado]
    if not requerimento.respostas:
        return PRIMEIRO_ABERTO[Etapa.PREPARO]
    return PRIMEIRO_ABERTO[Etapa.PREPARO] + 1 + _papeis_assinados(requerimento)


def _papeis_assinados(requerimento: Requerimento) -> bool:
    prontos = requerimento.conjuntos.filter(situacao__in=[SituacaoConjunto.FAZENDO, SituacaoConjunto.PRONTO])
    por_assinar = Papel.objects.filter(conjunto__in=prontos, assinado_em=None)
    return prontos.exists() and not por_assinar.exists()
