"""Delete stored files that no row names: a little every night, so that no bucket is too large for one task."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils.timezone import now

from act_portal.arquivos import deposito
from act_portal.arquivos.models import Faxina

LOTE = 500
# Well under the soft limit of a task.
DURACAO = timedelta(minutes=3)


def apagar_orfaos(*, idade: timedelta = timedelta(days=1), duracao: timedelta = DURACAO) -> int:
    """Delete files that no row of any app names and that are older than `idade`; returns how many.

    Stops after `duracao` (never before one batch) and goes on from there the next time; after the last file it
    begins again.
    """
    faxina, _ = Faxina.objects.get_or_create(pk=1)
    antes_de, limite = now() - idade, monotonic() + duracao.total_seconds()
    apagados, ate = 0, ""
    for lote in _lotes(faxina.ate):
        apagados += _apagar(lote, antes_de)
        if monotonic() >= limite:
            ate = lote[-1]
            break
    Faxina.objects.filter(pk=faxina.pk).update(ate=ate)
    return apagados


def _apagar(lote: list[str], antes_de: datetime) -> int:
    sem_dono = set(lote)
    for campo in _campos_de_arquivo():
        donos = campo.model._base_manager.filter(**{f"{campo.name}__in": sem_dono})
        sem_dono.difference_update(donos.values_list(campo.name, flat=True))
    velhos = [nome for nome in sorted(sem_dono) if _velho(nome, antes_de)]
    deposito.esquecer(velhos)
    return len(velhos)


def _velho(nome: str, antes_de: datetime) -> bool:
    try:
        return default_storage.get_modified_time(nome) < antes_de
    except FileNotFoundError:  # whoever made it took it back meanwhile
        return False


def _campos_de_arquivo() -> list[models.FileField]:
    return [
        campo
        for modelo in apps.get_models()
        for campo in modelo._meta.local_fields
        if isinstance(campo, models.FileField)
    ]


def _lotes(depois_de: str) -> Iterator[list[str]]:
    """The stored names after `depois_de`, in order, one folder at a time in batches."""
    for pasta in sorted(_listar("")[0]):
        if pasta < depois_de.partition("/")[0]:
            continue
        nomes = sorted(nome for nome in _todos(pasta) if nome > depois_de)
        for comeco in range(0, len(nomes), LOTE):
            yield nomes[comeco : comeco + LOTE]


def _todos(pasta: str) -> Iterator[str]:
    pastas, nomes = _listar(pasta)
    yield from (f"{pasta}/{nome}" for nome in nomes)
    for filha in pastas:
        yield from _todos(f"{pasta}/{filha}")


def _listar(pasta: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(pasta)
    except FileNotFoundError:
        return [], []
