"""The stepper that the town sees, computed from the process: nothing is stored twice."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse

from adesao.formularios.leitura import incompletos
from adesao.models import Formulario, Processo
from adesao.situacoes import SituacaoItem

Tipo = Formulario.Tipo


class Estado(StrEnum):
    FEITO = "feito"
    ATUAL = "atual"
    DEPOIS = "depois"


class Passo(NamedTuple):
    nome: str
    href: str
    estado: Estado


NOMES = {
    Tipo.MUNICIPIO.value: "Município",
    "pontos": "Pontos",
    "pessoas": "Pessoas",
    Tipo.OFICIO.value: "Pedido",
    Tipo.PLANO.value: "Plano",
    "itens": "Documentos",
}


def passos(processo: Processo, pagina: str) -> list[Passo]:
    """The steps of the application as seen from `pagina` (a key of `NOMES`)."""
    feitos = _feitos(processo)
    return [
        Passo(
            nome,
            _endereco(processo, chave),
            Estado.ATUAL if chave == pagina else Estado.FEITO if chave in feitos else Estado.DEPOIS,
        )
        for chave, nome in NOMES.items()
    ]


def _endereco(processo: Processo, chave: str) -> str:
    if chave in Tipo.values:
        return reverse("adesao:formulario", args=[processo.codigo, chave])
    return reverse({"pontos": "adesao:pontos", "pessoas": "adesao:pessoas"}.get(chave, "adesao:processo"),
                   args=[processo.codigo])  # fmt: skip


def _feitos(processo: Processo) -> set[str]:
    feitos = {tipo.value for tipo in Tipo} - {tipo.value for tipo in incompletos(processo)}
    if processo.pontos.vivos().exists():
        feitos.add("pontos")
    if {"cadastrador", "atendente"} <= set(processo.representantes.vivos().values_list("papel", flat=True)):
        feitos.add("pessoas")
    prontos = {SituacaoItem.PRONTO, SituacaoItem.ACEITO, SituacaoItem.DISPENSADO}
    if set(processo.itens.values_list("situacao", flat=True)) <= {s.value for s in prontos}:
        feitos.add("itens")
    return feitos
