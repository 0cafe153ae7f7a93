"""Keep a few processes running together: prefix their lines, bring back those that fall, take all down at the end.

Plain Python on purpose: one thread and a selector, so that forking is safe and there is nothing to fall itself.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO, cast

ESPERA_MAXIMA_SEGUNDOS = 30.0
# Enough for a page or a short task. Celery alone spends longer than that on its own threads, with nothing left to do;
# work that is cut off here is taken up again when its lease in the outbox runs out.
PACIENCIA_SEGUNDOS = 2.0
FIRME_APOS_SEGUNDOS = 60.0
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(slots=True)
class Processo:
    """One child: what starts it, and how it has been doing."""

    nome: str
    comando: Sequence[str]
    ambiente: Mapping[str, str] = field(default_factory=dict)
    # Does one thing and ends; brought back only when it fails.
    uma_vez: bool = False
    popen: subprocess.Popen[bytes] | None = None
    iniciado: float = 0.0
    quedas: int = 0
    voltar_em: float = 0.0
    resto: bytes = b""


class Supervisor:
    def __init__(
        self, processos: Sequence[Processo], saida: TextIO, paciencia_segundos: float = PACIENCIA_SEGUNDOS
    ) -> None:
        self.processos = list(processos)
        self.saida = saida
        self.paciencia = paciencia_segundos
        self.largura = max(len(p.nome) for p in processos)
        self.pedidos_de_parada = 0
        self.vigia = selectors.DefaultSelector()

    def rodar(self, a_cada_volta: Callable[[], None] = lambda: None) -> None:
        """Start all and stay until a signal asks to stop; `a_cada_volta` is called about four times a second."""
        for sinal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sinal, self._pedir_parada)
        try:
            for processo in self.processos:
                self._iniciar(processo)
            while not self.pedidos_de_parada:
                self._ler(0.25)
                self._recolher()
                a_cada_volta()
        finally:
            self._parar_todos()

    def dizer(self, texto: str, nome: str = "portal") -> None:
        try:
            self.saida.write(f"{nome:<{self.largura}} | {texto}\n")
            self.saida.flush()
        except (BrokenPipeError, ValueError):
            # Nobody reads us any more: a closed terminal is a request to stop.
            self.pedidos_de_parada += 1

    def _pedir_parada(self, sinal: int, quadro: object) -> None:
        self.pedidos_de_parada += 1

    def _iniciar(self, processo: Processo) -> None:
        pai = os.getpid()

        def no_filho() -> None:
            # kill -9 of this process must not leave orphans: the kernel then ends the child for us.
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != pai:
                os._exit(1)

        processo.popen = subprocess.Popen(  # noqa: S603 - the commands are ours
            processo.comando,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **processo.ambiente},
            # A group of its own: Ctrl-C reaches only us, and what the child leaves behind can be found.
            start_new_session=True,
            preexec_fn=no_filho,
        )
        cano = cast(BinaryIO, processo.popen.stdout)
        os.set_blocking(cano.fileno(), False)
        self.vigia.register(cano, selectors.EVENT_READ, processo)
        processo.iniciado = time.monotonic()

    def _ler(self, espera: float) -> None:
        if not self.vigia.get_map():
            time.sleep(espera)
            return
        for chave, _ in self.vigia.select(espera):
            cano, processo = cast(BinaryIO, chave.fileobj), cast(Processo, chave.data)
            try:
                pedaco = os.read(cano.fileno(), 65536)
            except BlockingIOError:
                continue
            *linhas, processo.resto = (processo.resto + pedaco).split(b"\n")
            if not pedaco:
                self.vigia.unregister(cano)
                cano.close()
                linhas, processo.resto = [processo.resto] if processo.resto else [], b""
            for linha in linhas:
                self.dizer(linha.decode(errors="replace").rstrip(), processo.nome)

    def _recolher(self) -> None:
        """Notice who fell, and start again whoever waited long enough."""
        agora = time.monotonic()
        for processo in list(self.processos):
            if processo.popen is None:
                if agora >= processo.voltar_em:
                    self._iniciar(processo)
                continue
            codigo = processo.popen.poll()
            if codigo is None:
                continue
            # Its own children (pool, embedded scheduler) must not live on beside the next one.
            self._sinalizar(processo, signal.SIGKILL)
            processo.popen = None
            if processo.uma_vez and codigo == 0:
                self.processos.remove(processo)
                continue
            processo.quedas = 1 if agora - processo.iniciado > FIRME_APOS_SEGUNDOS else processo.quedas + 1
            espera = min(2.0 ** (processo.quedas - 1), ESPERA_MAXIMA_SEGUNDOS)
            processo.voltar_em = agora + espera
            como = f"sinal {-codigo}" if codigo < 0 else f"código {codigo}"
            self.dizer(f"parou ({como}); volta em {espera:.0f} s", processo.nome)

    def _parar_todos(self) -> None:
        vivos = [p for p in self.processos if p.popen]
        for processo in vivos:
            self._sinalizar(processo, signal.SIGTERM, grupo=False)
        limite = time.monotonic() + self.paciencia
        pedidos = self.pedidos_de_parada
        # A second Ctrl-C means now.
        while time.monotonic() < limite and self.pedidos_de_parada <= pedidos:
            self._ler(0.1)
            if all(p.popen and p.popen.poll() is not None for p in vivos):
                break
        for processo in vivos:
            self._sinalizar(processo, signal.SIGKILL)
            if processo.popen:
                processo.popen.wait()
        self.vigia.close()

    def _sinalizar(self, processo: Processo, sinal: signal.Signals, *, grupo: bool = True) -> None:
        if processo.popen is None:
            return
        try:
            if grupo:
                os.killpg(processo.popen.pid, sinal)
            else:
                processo.popen.send_signal(sinal)
        except ProcessLookupError:
            return


def python(*argumentos: str) -> list[str]:
    """A command with the Python that is running us."""
    return [sys.executable, *argumentos]
