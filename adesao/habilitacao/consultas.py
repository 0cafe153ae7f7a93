"""One person on the page: each requirement with what counts, what was sent, and the paper to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from adesao.habilitacao.catalogo import Comprovante, pedidos_a
from adesao.habilitacao.regras import Prova, problema, vale_ate
from adesao.habilitacao.servicos.acesso import regras_de
from adesao.models import Comprovacao, Habilitacao, Termo
from adesao.situacoes import SituacaoComprovacao, SituacaoHabilitacao

C = SituacaoComprovacao


@dataclass
class LinhaDaPessoa:
    """`problema` "": the requirement is met."""

    pedido: Comprovante
    confirmada: Comprovacao | None
    enviada: Comprovacao | None
    recusada: Comprovacao | None
    termo: Termo | None
    problema: str
    ate: date | None
    aberta_ao_municipio: bool
    # The course was taken before the town asked to join: whoever checks says whether it still serves.
    curso_antigo: bool = False
    form: Any = None


def linhas(habilitacao: Habilitacao, hoje: date) -> list[LinhaDaPessoa]:
    enviadas = list(habilitacao.comprovacoes.select_related("arquivo").order_by("-enviada_em", "-pk"))
    termos = list(habilitacao.termos.select_related("documento"))
    regras = regras_de(habilitacao.acordo, hoje)
    viva = habilitacao.estado != SituacaoHabilitacao.DESLIGADA and habilitacao.acordo.estado.vivo
    enviado, feitas = habilitacao.acordo.processo.enviado_em, []
    inicio = enviado and localdate(enviado, timezone=habilitacao.acordo.municipio.fuso)
    for pedido in pedidos_a(habilitacao.representante.papel, hoje):
        dela = [c for c in enviadas if c.requisito == pedido.codigo]
        confirmada = next((c for c in dela if c.situacao == C.CONFIRMADA), None)
        enviada = next((c for c in dela if c.situacao == C.ENVIADA), None)
        prova = Prova(confirmada.em, confirmada.ate, confirmada.horas) if confirmada else None
        feitas.append(
            LinhaDaPessoa(
                pedido,
                confirmada,
                enviada,
                # A refusal is news only while nothing came after it.
                dela[0] if dela and dela[0].situacao == C.RECUSADA else None,
                next((t for t in termos if t.requisito == pedido.codigo), None),
                problema(pedido, prova, regras),
                vale_ate(pedido, prova) if prova else None,
                viva,
                bool(enviada and inicio and "horas" in pedido.campos and enviada.em < inicio),
            )
        )
    return feitas
