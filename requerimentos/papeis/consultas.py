"""The set of papers in force and whether it still says what the request says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from requerimentos.fichas.papel import conteudos_da_ficha
from requerimentos.models import Conjunto, Papel, Pessoa, Representante, Requerimento
from requerimentos.papeis import regras
from requerimentos.papeis.preenchimento import base, signatario
from requerimentos.papeis.quadro import Lado, lado
from requerimentos.recepcao.consultas import os_do_acordo
from requerimentos.situacoes import SituacaoConjunto


@dataclass(frozen=True)
class EstadoDosPapeis:
    """`estado`: "faltam", "fazendo", "velhos" (something changed after the print) or "prontos"."""

    estado: str
    conjunto: Conjunto | None = None
    sem_assinatura: tuple[str, ...] = ()


def conjunto_vigente(requerimento: Requerimento) -> Conjunto | None:
    vigentes = [SituacaoConjunto.FAZENDO, SituacaoConjunto.PRONTO]
    return (
        requerimento.conjuntos.filter(situacao__in=vigentes)
        .select_related("autor")
        .prefetch_related("papeis__documento", "papeis__assinado_por")
        .first()
    )


def estado_dos_papeis(requerimento: Requerimento) -> EstadoDosPapeis:
    conjunto = conjunto_vigente(requerimento)
    if conjunto is None:
        return EstadoDosPapeis("faltam")
    if requerimento.editavel and conjunto.base != base(requerimento, conjunto.autor):
        return EstadoDosPapeis("velhos", conjunto)
    if conjunto.estado == SituacaoConjunto.FAZENDO:
        return EstadoDosPapeis("fazendo", conjunto)
    faltam = tuple(p.get_especie_display() for p in conjunto.papeis.all() if p.assinado_em is None)
    return EstadoDosPapeis("prontos", conjunto, faltam)


SEMPRE = (Papel.Especie.REPRESENTACAO, Papel.Especie.DADOS, Papel.Especie.REQUERIMENTO)
ASSISTENTES = (Representante.Tipo.PAI_MAE, Representante.Tipo.TUTOR, Representante.Tipo.GUARDIAO)


def representantes_vigentes(pessoa: Pessoa) -> QuerySet[Representante]:
    return pessoa.representantes.filter(encerrado_em__isnull=True)


def assistentes_de(pessoa: Pessoa) -> QuerySet[Representante]:
    """Who may sign beside somebody of 16 or 17."""
    return representantes_vigentes(pessoa).filter(tipo__in=ASSISTENTES)


def problemas_do_rogo(
    requerimento: Requerimento, dados: Mapping[str, Any], *, agente_cpf: str, hoje: date
) -> list[str]:
    """Why these three people may not sign for the person of `requerimento`; empty when they may."""
    assinantes = regras.assinantes_do_rogo(dados)
    return regras.problemas_do_rogo(
        assinantes,
        titular_cpf=requerimento.pessoa.cpf,
        agente_cpf=agente_cpf,
        hoje=hoje,
        representantes=representantes_vigentes(requerimento.pessoa).values_list("cpf", flat=True),
        do_balcao=os_do_acordo((assinante.cpf for assinante in assinantes), hoje),
    )


def quadro_de(requerimento: Requerimento) -> list[tuple[str, Lado]]:
    """Who signs each paper of this request; empty while nobody was chosen."""
    if not requerimento.quem_assina:
        return []
    dados = signatario(requerimento)
    quem = "jovem_16_17_assistido" if dados.get("assistente_nome") else dados["quem_assina"]
    especies = [*SEMPRE, *conteudos_da_ficha(requerimento)]
    return [(str(especie.label), lado(especie.value, quem)) for especie in especies]
