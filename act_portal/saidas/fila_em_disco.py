"""kombu's broker on disk, made safe for two processes: a message appears whole, and a broken one stops nobody."""

from __future__ import annotations

import json
import logging
import uuid
from contextlib import suppress
from pathlib import Path
from queue import Empty
from time import time, time_ns
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem

logger = logging.getLogger(__name__)
RESTO_VALE_SEGUNDOS = 86_400
ESPERA_SEGUNDOS = 0.2


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict, **kwargs) -> None:  # type: ignore[override]
        # The stock one writes in place, so a reader may find half a message; and it orders by the machine's uptime.
        pasta = Path(self.data_folder_out)
        provisorio = pasta / f".{uuid.uuid4()}"
        try:
            provisorio.write_text(json.dumps(payload))
            provisorio.rename(pasta / f"{time_ns():020d}_{provisorio.name[1:]}.{queue}.msg")
        except OSError as erro:
            provisorio.unlink(missing_ok=True)
            raise ChannelError("Não deu para escrever na pasta da fila.") from erro

    def _get(self, queue: str, timeout: float | None = None) -> dict:
        final = f".{queue}.msg"
        for arquivo in sorted(Path(self.data_folder_in).iterdir()):
            if arquivo.name.startswith("."):
                _esquecer_resto(arquivo)
                continue
            if not arquivo.name.endswith(final):
                continue
            # Taking is a rename, which one process wins; the outbox row, not this file, is what survives a kill.
            tomado = arquivo.with_name(f".{arquivo.name}")
            try:
                arquivo.rename(tomado)
            except FileNotFoundError:
                continue
            try:
                mensagem = json.loads(tomado.read_bytes())
            except ValueError:  # not JSON, or not even UTF-8: set aside, out of everybody's way, for a day
                logger.warning("mensagem_ilegivel arquivo=%s", arquivo.name)
                continue
            tomado.unlink()
            return mensagem
        raise Empty


def _esquecer_resto(arquivo: Path) -> None:
    """What a killed process left half done, and what could not be read."""
    with suppress(OSError):
        if arquivo.stat().st_mtime < time() - RESTO_VALE_SEGUNDOS:
            arquivo.unlink()


class Transport(filesystem.Transport):
    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        """Between two waits Celery looks whether it should stop; it would wait two seconds, deaf to Ctrl-C."""
        super().drain_events(connection, ESPERA_SEGUNDOS if timeout is None else min(timeout, ESPERA_SEGUNDOS))
