"""A box for decoding: a warm process with limits on memory, processor and clock, thrown away when a file breaks it.

Plain pipes and not `multiprocessing`: a Celery prefork worker is daemonic and may not have such children.
"""

from __future__ import annotations

import atexit
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from act_portal.arquivos.caixa_processo import Quadro, escrever, ler
from act_portal.arquivos.folhas import FolhaFeita
from act_portal.arquivos.inspecao import ArquivoRecusado, Inspecao
from act_portal.arquivos.limites import tecnicos

# How a native library ends a process when it breaks.
NATIVOS = {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE, signal.SIGTRAP}
RAIZ = Path(__file__).resolve().parents[2]
# Native memory that was never given back leaves with the process.
TRABALHOS_POR_CAIXA = 200
OCIOSAS = 2


def _demorado() -> ArquivoRecusado:
    return ArquivoRecusado(
        "demorado", "O arquivo é complexo demais e não pôde ser aberto a tempo. Imprima-o e digitalize em 150 DPI."
    )


def _pesado() -> ArquivoRecusado:
    return ArquivoRecusado(
        "memoria", "O arquivo exige memória demais para ser aberto. Imprima-o e digitalize em 150 DPI."
    )


class CaixaMorreu(Exception):
    """The process stopped in the middle of a job and the file is not known to be the cause. Trying later may help."""


class Caixa:
    """One warm process. Not shared between threads: whoever takes it from the stock has it alone."""

    def __init__(self) -> None:
        self.trabalhos = 0
        # Nothing of the parent's environment (secrets, database address) goes in.
        ambiente = {
            "PATH": os.environ.get("PATH", ""),
            "LANG": "C.UTF-8",
            "MALLOC_ARENA_MAX": "2",
            "OPENBLAS_NUM_THREADS": "1",
        }
        self.processo = subprocess.Popen(
            [sys.executable, "-m", "act_portal.arquivos.caixa_processo"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=RAIZ, env=ambiente,
        )  # fmt: skip
        for _ in self.pedir({"acao": "preparar"}):
            pass
        self.trabalhos = 0

    def pedir(self, pedido: dict[str, Any], corpos: list[bytes] | None = None) -> Iterator[Quadro]:
        """Send one order and give each answer as it comes. Raises ArquivoRecusado and CaixaMorreu."""
        self.trabalhos += 1
        try:
            escrever(cast(BinaryIO, self.processo.stdin), pedido, corpos)
        except (BrokenPipeError, ValueError) as erro:
            raise CaixaMorreu("não aceitou o pedido") from erro
        limite = time.monotonic() + tecnicos().arquivo_segundos
        while True:
            if time.monotonic() > limite:
                self.encerrar()
                raise _demorado()
            cabeca, resposta = self._esperar()
            if "recusa" in cabeca:
                raise ArquivoRecusado(cabeca["recusa"], cabeca["mensagem"])
            if "morta" in cabeca:
                self.encerrar()
                raise _pesado()
            if cabeca["fim"]:
                return
            yield cabeca, resposta

    def _esperar(self) -> Quadro:
        cano = cast(BinaryIO, self.processo.stdout).fileno()
        with selectors.DefaultSelector() as seletor:
            seletor.register(cano, selectors.EVENT_READ)
            chegou = seletor.select(tecnicos().pagina_segundos)
        if not chegou:
            # A page that is too much work meets the limit of processor time first: this machine is overloaded.
            self.encerrar()
            raise CaixaMorreu("sem resposta")
        quadro = ler(cano)
        if quadro is None:
            raise self._morte()
        return quadro

    def _morte(self) -> Exception:
        sinal = -self.processo.wait()
        self.encerrar()
        if sinal == signal.SIGXCPU:
            return _demorado()
        # Abort and segmentation fault: the native library broke on this file, most often for want of memory.
        return _pesado() if sinal in NATIVOS else CaixaMorreu(f"sinal {sinal}")

    @property
    def viva(self) -> bool:
        return self.processo.poll() is None and self.trabalhos < TRABALHOS_POR_CAIXA

    def encerrar(self) -> None:
        self.processo.kill()
        self.processo.wait()
        for cano in (self.processo.stdin, self.processo.stdout):
            if cano:
                with suppress(OSError):
                    cano.close()


class _Estoque:
    """Idle boxes of this process. A fork starts with none: a pipe with two readers would mix two files."""

    def __init__(self) -> None:
        self.esvaziar()

    def esvaziar(self) -> None:
        # Kept, not dropped: the finaliser of a Popen complains about a process that is not its child.
        self.herdadas = getattr(self, "livres", [])
        self.trava = threading.Lock()
        self.livres: list[Caixa] = []

    def encerrar(self) -> None:
        with self.trava:
            livres, self.livres = self.livres, []
        for caixa in livres:
            caixa.encerrar()

    @contextmanager
    def emprestar(self) -> Iterator[Caixa]:
        with self.trava:
            caixa = self.livres.pop() if self.livres else None
        if caixa is None or not caixa.viva:
            if caixa:
                caixa.encerrar()
            caixa = Caixa()
        inteira = False
        try:
            yield caixa
            inteira = True
        except ArquivoRecusado:
            inteira = True
            raise
        finally:
            # Left in the middle of an answer, the pipe holds the rest of it: such a box is of no more use.
            self._devolver(caixa, inteira)

    def _devolver(self, caixa: Caixa, inteira: bool) -> None:
        with self.trava:
            if inteira and caixa.viva and len(self.livres) < OCIOSAS:
                self.livres.append(caixa)
                return
        caixa.encerrar()


ESTOQUE = _Estoque()
os.register_at_fork(after_in_child=ESTOQUE.esvaziar)
atexit.register(ESTOQUE.encerrar)


def inspecionar(caminho: Path, nome: str = "") -> Inspecao:
    """`inspecao.inspecionar` in a box. Raises ArquivoRecusado, also when the file breaks the box."""
    (cabeca, _), *_ = _pedir({"acao": "inspecionar", "caminho": _para_a_caixa(caminho), "nome": nome})
    return Inspecao(cabeca["tipo"], cabeca["paginas"], cabeca["avisos"], cabeca["digitalizado"])


def normalizar(caminho: Path, tipo: str, *, reparar: str = "", limite_bytes: int | None = None) -> Iterator[FolhaFeita]:
    """`folhas.fazer_folhas` in a box, one page at a time. Raises ArquivoRecusado.

    A page that alone passes `limite_bytes` is judged as it will be when it was made to fit.
    After a refusal the pages already given are worth nothing; whoever kept them throws them away.
    """
    pedido = {
        "acao": "normalizar", "caminho": _para_a_caixa(caminho), "tipo": tipo, "reparar": reparar,
        "limite_bytes": limite_bytes,
    }  # fmt: skip
    for cabeca, corpos in _pedir(pedido):
        yield _folha(cabeca, corpos)


def consertar(
    origem: Path | bytes, receita: dict[str, Any] | None, *, tipo: str = "", quadro: int = 1, escala: float = 1.0
) -> FolhaFeita | None:
    """A page put right by `receita`; without one by itself, and then None when there is nothing to put right.

    `origem`: an image file of `tipo` and its page `quadro`, or the finished page of a PDF, then drawn at 150 DPI times
    `escala`. Raises ArquivoRecusado.
    """
    pedido = {"acao": "consertar", "receita": receita, "tipo": tipo, "quadro": quadro, "escala": escala}
    if isinstance(origem, Path):
        respostas = list(_pedir({**pedido, "caminho": _para_a_caixa(origem)}))
    else:
        respostas = list(_pedir(pedido, [origem]))
    return _folha(*respostas[0]) if respostas else None


def mostrar(pdf: bytes) -> bytes:
    """What a finished page shows, as JPEG for the screen: the whole page, or the one picture that it is made of."""
    ((_, (corpo,)),) = _pedir({"acao": "mostrar"}, [pdf])
    return corpo


def _folha(cabeca: dict[str, Any], corpos: list[bytes]) -> FolhaFeita:
    pdf, miniatura, *resto = corpos
    consertada = _folha(cabeca["consertada"], resto) if resto else None
    return FolhaFeita(
        pdf, miniatura, cabeca["dpi"], cabeca["avisos"], cabeca["defeitos"], cabeca["receita"], consertada
    )


def comprimir(pdfs: list[bytes], qualidade: int) -> list[bytes]:
    """Each one-page PDF with its pictures re-encoded at `qualidade`."""
    return [corpo for _, (corpo,) in _pedir({"acao": "comprimir", "qualidade": qualidade}, pdfs)]


def caber(pdf: bytes, limite_bytes: int) -> bytes | None:
    """A one-page PDF redrawn as one picture that fits; None when it cannot be made to."""
    ((_, corpos),) = _pedir({"acao": "caber", "limite_bytes": limite_bytes}, [pdf])
    return corpos[0] if corpos else None


def ler_codigos(pdf: bytes) -> list[dict[str, Any]]:
    """`codigos.ler_codigos` in a box. Raises ArquivoRecusado when the page is too much work."""
    ((cabeca, _),) = _pedir({"acao": "codigos"}, [pdf])
    return cabeca["codigos"]


def ler_palavras(pdf: bytes) -> list[str]:
    """The text that each page of a PDF shows. Raises ArquivoRecusado when it cannot be opened."""
    ((_, corpos),) = _pedir({"acao": "palavras"}, [pdf])
    return [corpo.decode() for corpo in corpos]


def _para_a_caixa(caminho: Path) -> str:
    # The box works in another directory.
    return str(caminho.absolute())


def _pedir(pedido: dict[str, Any], corpos: list[bytes] | None = None) -> Iterator[Quadro]:
    """A box killed from outside (by the machine, for memory) gets one more chance before anything was answered."""
    for ultima in (False, True):
        respondeu = False
        try:
            with ESTOQUE.emprestar() as caixa:
                for quadro in caixa.pedir(pedido, corpos):
                    respondeu = True
                    yield quadro
            return
        except CaixaMorreu:
            if ultima or respondeu:
                raise
