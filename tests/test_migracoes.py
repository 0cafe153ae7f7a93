"""A new database is made in one step an app; one that is older goes on where it stands."""

from __future__ import annotations

import pytest
from django.db.migrations.loader import MigrationLoader

APPS = ("adesao", "cessao", "requerimentos")


@pytest.mark.parametrize("app", APPS)
def test_o_resumo_vale_por_todas_as_migracoes_ate_a_sua(app):
    todas = MigrationLoader(None).disk_migrations
    [resumo] = [migracao for migracao in todas.values() if migracao.app_label == app and migracao.replaces]
    ultima = resumo.name.removeprefix("0001_squashed_")
    antigas = sorted(nome for de, nome in todas if de == app and nome <= ultima and nome != resumo.name)

    assert resumo.replaces == [(app, nome) for nome in antigas]
