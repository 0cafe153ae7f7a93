"""What the page of an agreement shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from act_portal.auditoria.consultas import Linha, linha_do_evento
from act_portal.auditoria.models import Evento
from adesao.habilitacao.servicos.acesso import pendencias_de
from adesao.models import Acordo, Habilitacao
from adesao.situacoes import SituacaoHabilitacao


@dataclass(frozen=True)
class PessoaNaTela:
    habilitacao: Habilitacao
    faltam: list[str]


def pessoas(acordo: Acordo, hoje: date) -> list[PessoaNaTela]:
    """Everybody under the agreement, with what keeps each account closed; who left comes last."""
    linhas = acordo.habilitacoes.select_related("representante__ponto", "vinculo", "acordo__municipio")
    todas = [
        PessoaNaTela(h, [] if h.situacao == SituacaoHabilitacao.DESLIGADA else pendencias_de(h, hoje)) for h in linhas
    ]
    return sorted(todas, key=lambda p: p.habilitacao.situacao == SituacaoHabilitacao.DESLIGADA)


def linha_do_tempo(acordo: Acordo, quantas: int | None = None) -> list[Linha]:
    eventos: Any = Evento.objects.filter(alvo_tipo=acordo._meta.label_lower, alvo_id=str(acordo.pk))
    return [linha_do_evento(e) for e in eventos.select_related("autor").order_by("-numero")[:quantas]]


def passos(acordo: Acordo, pessoas_na_tela: list[PessoaNaTela], pontos: list[Any]) -> list[tuple[str, bool]]:
    """What is left until the desk opens, in order: (sentence, done)."""
    abertas = any(p.habilitacao.situacao == SituacaoHabilitacao.ABERTA for p in pessoas_na_tela)
    return [
        ("Acordo assinado e publicado", True),
        ("Pelo menos uma pessoa com tudo comprovado e o acesso aberto", abertas),
        ("Estrutura de pelo menos um ponto confirmada pelo INSS", any(p.confirmado_em for p in pontos)),
    ]
