"""What /saude/ looks at. Each check answers in a few seconds at most and changes nothing that stays."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.utils.timezone import now
from kombu.exceptions import OperationalError

from act_portal.saidas.consultas import idade_da_mais_antiga, visto_em

CACHE_SEGUNDOS = 5
ESPERA_DO_BROKER_SEGUNDOS = 2
ESPERA_PELO_OUTRO_SEGUNDOS = 3
_um_por_vez = threading.Lock()
_em_curso: list[str] = []


def falhas() -> list[str]:
    """Names of what fails, remembered for 5 s, so that whoever asks a lot does not wear out the storage."""
    lembradas = cache.get("saidas.saude")
    if lembradas is not None:
        return lembradas
    # One check that hangs must not hold every thread of the server: the others say which one it is and go.
    if not _um_por_vez.acquire(timeout=ESPERA_PELO_OUTRO_SEGUNDOS):
        return list(_em_curso)
    try:
        lembradas = cache.get("saidas.saude")
        if lembradas is None:
            lembradas = _olhar()
            cache.set("saidas.saude", lembradas, CACHE_SEGUNDOS)
    finally:
        _um_por_vez.release()
    return lembradas


def _olhar() -> list[str]:
    # What is written in the database is not asked for when the database does not answer.
    do_banco = ("trabalhador", "saidas")
    ruins: list[str] = []
    for nome, funcao in CONFERENCIAS.items():
        if nome in do_banco and "banco" in ruins:
            continue
        _em_curso[:] = [nome]
        if not funcao():
            ruins.append(nome)
    return ruins


def banco() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except Error:
        return False


def fila() -> bool:
    """The broker takes a connection; the one on disk, a message."""
    if settings.CELERY_BROKER_URL.startswith("filesystem://"):
        return os.access(settings.FILA / "mensagens", os.W_OK | os.X_OK)
    opcoes = settings.CELERY_BROKER_TRANSPORT_OPTIONS | {"socket_timeout": ESPERA_DO_BROKER_SEGUNDOS}
    try:
        with current_app.connection_for_write(settings.CELERY_BROKER_URL, transport_options=opcoes) as ligacao:
            ligacao.ensure_connection(max_retries=1, interval_start=0, timeout=ESPERA_DO_BROKER_SEGUNDOS)
    except (OperationalError, OSError):
        return False
    return True


def trabalhador() -> bool:
    try:
        return now() - visto_em() <= settings.SAIDAS_BATIMENTO_MAXIMO
    except Error:
        return False


def arquivos() -> bool:
    """A tiny object is written, read back and deleted."""
    conteudo = uuid.uuid4().hex.encode()
    try:
        nome = default_storage.save(f"saude/{uuid.uuid4().hex}", ContentFile(conteudo))
        try:
            with default_storage.open(nome) as arquivo:
                return arquivo.read() == conteudo
        finally:
            default_storage.delete(nome)
    except (OSError, BotoCoreError, ClientError):
        return False


def saidas() -> bool:
    try:
        return idade_da_mais_antiga(now()) <= settings.SAIDAS_IDADE_MAXIMA
    except Error:
        return False


CONFERENCIAS: dict[str, Callable[[], bool]] = {
    "banco": banco,
    "fila": fila,
    "trabalhador": trabalhador,
    "arquivos": arquivos,
    "saidas": saidas,
}
