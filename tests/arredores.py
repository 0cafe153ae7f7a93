"""What may stand around the suite: services that are used when they answer and named when they do not."""

from __future__ import annotations

import os

import pytest
import redis


def redis_de_teste() -> str:
    """The address of a Redis to test on (`REDIS_DE_TESTE`); skips, saying why, when none answers."""
    endereco = os.environ.get("REDIS_DE_TESTE", "redis://127.0.0.1:6379/3")
    try:
        with redis.Redis.from_url(endereco, socket_connect_timeout=1, socket_timeout=1) as cliente:
            cliente.ping()
    except redis.RedisError:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"nenhum Redis responde em {endereco}")
    return endereco
