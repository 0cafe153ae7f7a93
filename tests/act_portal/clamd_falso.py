"""A pretend clamd: speaks INSTREAM on a real socket and answers as it is told."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VIRUS = b"X5O!P%@AP-DE-MENTIRA"


class Conversa(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        dados = b""
        while quanto := struct.unpack(">I", self.rfile.read(4))[0]:
            dados += self.rfile.read(quanto)
            if len(dados) > self.server.maximo:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.vistos.append(dados)
        if self.server.mudo:
            return
        self.wfile.write(b"stream: Teste.Mentira FOUND\0" if VIRUS in dados else b"stream: OK\0")


@contextmanager
def clamd(pasta: Path | None = None, *, maximo: int = 10**9, mudo: bool = False) -> Iterator[socketserver.BaseServer]:
    """On a Unix socket in `pasta`, else on TCP; `endereco` is what the setting takes."""
    if pasta:
        servidor: socketserver.BaseServer = socketserver.UnixStreamServer(str(pasta / "clamd"), Conversa)
        servidor.endereco = f"unix:{pasta / 'clamd'}"
    else:
        servidor = socketserver.TCPServer(("127.0.0.1", 0), Conversa)
        servidor.endereco = f"tcp:127.0.0.1:{servidor.server_address[1]}"
    servidor.vistos, servidor.maximo, servidor.mudo = [], maximo, mudo
    linha = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.02})
    linha.start()
    try:
        yield servidor
    finally:
        servidor.shutdown()
        servidor.server_close()
        linha.join()
