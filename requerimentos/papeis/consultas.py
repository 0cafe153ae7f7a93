"""The set of papers in force and whether it still says what the request says."""

from __future__ import annotations

from dataclasses import dataclass

from requerimentos.models import Conjunto, Requerimento
from requerimentos.papeis.preenchimento import base
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
