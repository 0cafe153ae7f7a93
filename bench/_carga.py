"""A load small enough not to be the thing that is measured: keep-alive sockets, ready-made bytes, no parsing."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TELARES = 8
POR_CONEXAO = 15
# As browsers do: the portal then pays for compressing its page.
CABECALHOS = "Host: localhost\r\nAccept-Encoding: gzip, deflate, br\r\n"
_visitantes = itertools.count(1)
_porta = [int(os.environ.get("BENCH_PORTA", "0"))]


@dataclass
class Servidor:
    """A gunicorn as the portal runs it: gthread, 2 processes of 4 threads."""

    processo: subprocess.Popen
    porta: int

    def cpu(self) -> float:
        """Seconds of processor that its workers have used; what others do on this machine does not count in it."""
        filhos = Path(f"/proc/{self.processo.pid}/task/{self.processo.pid}/children").read_text().split()
        ticks = 0
        for pid in filhos:
            campos = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
            ticks += int(campos[11]) + int(campos[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def servir(aplicacao: str) -> Iterator[Servidor]:
    porta = _porta_livre()
    comando = [
        *(sys.executable, "-m", "gunicorn", "--config", "python:act_portal.gunicorn", "--workers", "2"),
        *("--threads", "4", "--max-requests", "0", "--bind", f"127.0.0.1:{porta}", "--log-level", "error", aplicacao),
    ]
    with Path(os.devnull).open("wb") as lixo:
        processo = subprocess.Popen(comando, env={**os.environ, "PYTHONPATH": "."}, stderr=lixo)
    try:
        _esperar(porta, processo)
        yield Servidor(processo, porta)
    finally:
        processo.terminate()
        processo.wait(30)


def _porta_livre() -> int:
    if _porta[0]:
        _porta[0] += 1
        return _porta[0] - 1
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        return tomada.getsockname()[1]


def _esperar(porta: int, processo: subprocess.Popen) -> None:
    for _ in range(300):
        if processo.poll() is not None:
            raise SystemExit("gunicorn did not start.")
        try:
            socket.create_connection(("127.0.0.1", porta), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("gunicorn did not answer.")


@dataclass(frozen=True)
class Rodada:
    por_segundo: float
    cpu_ms: float
    respostas: Counter


def disparar(servidor: Servidor, pedidos: Sequence[bytes]) -> Rodada:
    """Send all of `pedidos` from eight visitors at a time. Each connection is another visitor, with an address of its
    own in 127.0.0.0/8, so the limits by address are counted, and stay, as they are in real life."""
    respostas: list[Counter] = [Counter() for _ in range(TELARES)]
    lotes = [pedidos[i::TELARES] for i in range(TELARES)]
    telares = [
        threading.Thread(target=_um, args=(servidor.porta, lote, conta))
        for lote, conta in zip(lotes, respostas, strict=True)
    ]
    cpu, inicio = servidor.cpu(), time.perf_counter()
    for telar in telares:
        telar.start()
    for telar in telares:
        telar.join()
    duracao = time.perf_counter() - inicio
    return Rodada(len(pedidos) / duracao, (servidor.cpu() - cpu) * 1000 / len(pedidos), sum(respostas, start=Counter()))


def _um(porta: int, pedidos: Sequence[bytes], conta: Counter) -> None:
    for i in range(0, len(pedidos), POR_CONEXAO):
        n = next(_visitantes)
        endereco = f"127.{1 + n // 64_000 % 250}.{n // 250 % 256}.{1 + n % 250}"
        with socket.create_connection(("127.0.0.1", porta), 30, (endereco, 0)) as tomada:
            tomada.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for pedido in pedidos[i : i + POR_CONEXAO]:
                tomada.sendall(pedido)
                conta[_ler(tomada)[9:12].decode()] += 1


def _ler(tomada: socket.socket) -> bytes:
    lido = _receber(tomada)
    while b"\r\n\r\n" not in lido:
        lido += _receber(tomada)
    cabeca, _, corpo = lido.partition(b"\r\n\r\n")
    tamanho = int(cabeca.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(corpo) < tamanho:
        corpo += _receber(tomada)
    return cabeca


def _receber(tomada: socket.socket) -> bytes:
    pedaco = tomada.recv(65536)
    if not pedaco:
        raise ConnectionResetError("The server closed the line in the middle of an answer.")
    return pedaco


def get(caminho: str) -> bytes:
    return f"GET {caminho} HTTP/1.1\r\n{CABECALHOS}\r\n".encode()


def post(caminho: str, corpo: str) -> bytes:
    return (
        f"POST {caminho} HTTP/1.1\r\n{CABECALHOS}Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(corpo)}\r\n\r\n{corpo}"
    ).encode()
