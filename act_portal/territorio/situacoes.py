"""The states of a desk and the moves between them."""

from __future__ import annotations

from django.db import models


class SituacaoBalcao(models.TextChoices):
    PREPARO = "preparo", "Em preparo"
    ABERTO = "aberto", "Aberto"
    SUSPENSO = "suspenso", "Suspenso"
    FECHADO = "fechado", "Fechado"

    def pode_ir_para(self, destino: SituacaoBalcao) -> bool:
        return destino in CAMINHOS[self]


S = SituacaoBalcao
# A closed desk may open again: a renewed agreement goes on with the same desk and its history.
CAMINHOS: dict[SituacaoBalcao, frozenset[SituacaoBalcao]] = {
    S.PREPARO: frozenset({S.ABERTO, S.FECHADO}),
    S.ABERTO: frozenset({S.SUSPENSO, S.FECHADO}),
    S.SUSPENSO: frozenset({S.ABERTO, S.FECHADO}),
    S.FECHADO: frozenset({S.ABERTO}),
}
