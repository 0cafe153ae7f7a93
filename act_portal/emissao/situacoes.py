"""The life of an issued paper. Pure: no ORM, no HTTP."""

from __future__ import annotations

from django.db import models


class Situacao(models.TextChoices):
    PEDIDO = "pedido", "Sendo feito"
    EMITIDO = "emitido", "Válido"
    SUBSTITUIDO = "substituido", "Substituído por outro"
    REVOGADO = "revogado", "Revogado"

    @property
    def final(self) -> bool:
        return not CAMINHOS[self]

    @property
    def tom(self) -> str:
        return TONS[self]

    def pode_ir_para(self, destino: Situacao) -> bool:
        return destino in CAMINHOS[self]


S = Situacao
CAMINHOS: dict[Situacao, frozenset[Situacao]] = {
    S.PEDIDO: frozenset({S.EMITIDO, S.SUBSTITUIDO, S.REVOGADO}),
    S.EMITIDO: frozenset({S.SUBSTITUIDO, S.REVOGADO}),
    # A paper that lost its value never gets it back: whoever needs it asks for a new one.
    S.SUBSTITUIDO: frozenset(),
    S.REVOGADO: frozenset(),
}
TONS: dict[Situacao, str] = {
    S.PEDIDO: "andamento",
    S.EMITIDO: "sucesso",
    S.SUBSTITUIDO: "atencao",
    S.REVOGADO: "perigo",
}
