"""The malware scanner, by setting: ClamAV's daemon over its socket (INSTREAM). Without it nothing is scanned."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

from django.conf import settings

from act_portal.arquivos.inspecao import ArquivoRecusado

# What clamd also calls found: it did not look inside (`AlertExceedsMax`, `AlertEncrypted`), which accuses nobody.
SEM_OLHAR = ("Heuristics.Limits.Exceeded", "Heuristics.Encrypted")
PEDACO_BYTES = 65_536
RESPOSTA_BYTES = 4_096


class AntivirusForaDoAr(Exception):
    """The scanner did not answer: nothing is known of the file, which waits."""


def ligado() -> bool:
    return bool(settings.ANTIVIRUS)


def examinar(caminho: Path) -> None:
    """Returns when the file is clean. Raises ArquivoRecusado ("infectado", "sem_exame") and AntivirusForaDoAr."""
    try:
        with _ligar() as cano, caminho.open("rb") as arquivo:
            resposta = _perguntar(cano, arquivo)
    except OSError as erro:
        raise AntivirusForaDoAr("O antivírus não responde.") from erro
    if resposta.endswith("OK"):
        return
    sem_olhar = any(nome in resposta for nome in SEM_OLHAR)
    if resposta.endswith("FOUND") and not sem_olhar:
        raise ArquivoRecusado(
            "infectado", "O antivírus achou um programa perigoso neste arquivo. Imprima o documento e digitalize."
        )
    if resposta.endswith("ERROR") or sem_olhar:
        raise ArquivoRecusado(
            "sem_exame", "O antivírus não conseguiu examinar este arquivo. Imprima o documento e digitalize."
        )
    raise AntivirusForaDoAr("O antivírus parou no meio da resposta.")


def _ligar() -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `tcp:host:3310`; a system check has read it."""
    jeito, _, onde = settings.ANTIVIRUS.partition(":")
    if jeito == "unix":
        cano = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        cano.settimeout(settings.ANTIVIRUS_SEGUNDOS)
        try:
            cano.connect(onde)
        except OSError:
            cano.close()
            raise
        return cano
    servidor, _, porta = onde.rpartition(":")
    return socket.create_connection((servidor, int(porta)), timeout=settings.ANTIVIRUS_SEGUNDOS)


def _perguntar(cano: socket.socket, arquivo) -> str:
    """Command, pieces with their length in front, an empty piece; then the answer up to its zero byte."""
    try:
        cano.sendall(b"zINSTREAM\0")
        while pedaco := arquivo.read(PEDACO_BYTES):
            cano.sendall(struct.pack(">I", len(pedaco)) + pedaco)
        cano.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # Over its own size limit the scanner answers and hangs up before the end.
        pass
    resposta = b""
    while b"\0" not in resposta and len(resposta) < RESPOSTA_BYTES and (lido := cano.recv(RESPOSTA_BYTES)):
        resposta += lido
    return resposta.partition(b"\0")[0].decode("utf-8", "replace").strip()
