"""Races: every caller leaves the line together, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def correr(funcao: Callable, argumentos: Sequence) -> list:
    """Call `funcao` once per argument, all at once; returns each result or the exception that it raised."""
    largada = threading.Barrier(len(argumentos), timeout=10)

    def rodar(argumento):
        try:
            largada.wait()
            return funcao(argumento)
        except Exception as erro:  # noqa: BLE001 - a race is judged by all its ends
            return erro
        finally:
            connection.close()

    with ThreadPoolExecutor(len(argumentos)) as linhas:
        return list(linhas.map(rodar, argumentos))
