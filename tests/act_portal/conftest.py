from __future__ import annotations

import pytest

from act_portal.saidas import servicos
from act_portal.saidas.models import Saida


@pytest.fixture
def feitos(monkeypatch) -> list[int]:
    """Ids of the outbox rows of type `teste` that were worked off."""
    feitos: list[int] = []
    monkeypatch.setitem(servicos.TRATADORES, "teste", lambda saida: feitos.append(saida.pk))
    return feitos


@pytest.fixture
def falha(monkeypatch):
    """`falha(erro)`: from then on the work of type `teste` raises it."""

    def instalar(erro: Exception) -> None:
        def tratar(saida: Saida) -> None:
            raise erro

        monkeypatch.setitem(servicos.TRATADORES, "teste", tratar)

    return instalar
