"""The process that decodes files, and may die doing it. Started by `caixa`, which reads only what comes on the pipe.

Imports no Django: it starts in a tenth of a second and holds no database connection and no secret.
Frames, both ways: 4 bytes of length, a JSON head; then the bodies whose lengths the head lists in `corpos`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from act_portal.arquivos.folhas import FolhaFeita

TAMANHO = struct.Struct(">I")
CABECA_BYTES = 1_000_000
Quadro = tuple[dict[str, Any], list[bytes]]


def escrever(cano: BinaryIO, cabeca: dict[str, Any], corpos: list[bytes] | None = None) -> None:
    corpos = corpos or []
    texto = json.dumps({**cabeca, "corpos": [len(corpo) for corpo in corpos]}).encode()
    for parte in (TAMANHO.pack(len(texto)), texto, *corpos):
        cano.write(parte)
    cano.flush()


def ler(descritor: int) -> Quadro | None:
    """One frame, or None at the end of the pipe. Reads not a byte more, so that `select` tells the truth."""
    try:
        (quanto,) = TAMANHO.unpack(_exatos(descritor, TAMANHO.size))
        if quanto > CABECA_BYTES:
            return None
        cabeca = json.loads(_exatos(descritor, quanto))
        return cabeca, [_exatos(descritor, corpo) for corpo in cabeca["corpos"]]
    except EOFError:
        return None


def _exatos(descritor: int, quantos: int) -> bytes:
    dados = bytearray(quantos)
    resto = memoryview(dados)
    while resto:
        lidos = os.readv(descritor, [resto])
        if not lidos:
            raise EOFError
        resto = resto[lidos:]
    return bytes(dados)


def principal() -> None:
    # Native libraries print to the standard output when they please; the pipe is ours alone.
    entrada, saida = os.dup(0), os.fdopen(os.dup(1), "wb")
    nada = os.open(os.devnull, os.O_RDWR)
    for descritor in (0, 1, 2):
        os.dup2(nada, descritor)
    # Ctrl-C is for whoever started us; we end when the pipe closes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while (quadro := ler(entrada)) is not None:
        try:
            for cabeca, corpos in _fazer(*quadro):
                escrever(saida, cabeca, corpos)
        except BrokenPipeError:
            return


def _fazer(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.inspecao import ArquivoRecusado

    try:
        for cabeca, resposta in ACOES[pedido["acao"]](pedido, corpos):
            yield {**cabeca, "fim": False}, resposta
            _limitar_cpu()
    except ArquivoRecusado as erro:
        yield {"recusa": erro.codigo, "mensagem": str(erro), "fim": True}, []
    except MemoryError:
        yield {"morta": "memoria", "fim": True}, []
    else:
        yield {"fim": True}, []


def _preparar(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    """Limits and imports before the first file, so that the first person does not wait for them."""
    from act_portal.arquivos import folhas, folhas_pdf, limites, reparo  # noqa: F401

    teto = limites.tecnicos().memoria_bytes
    resource.setrlimit(resource.RLIMIT_AS, (teto, teto))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    yield {"pid": os.getpid()}, []


def _inspecionar(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.inspecao import inspecionar

    _limitar_cpu()
    achado = inspecionar(Path(pedido["caminho"]), pedido["nome"])
    yield {
        "tipo": achado.tipo, "paginas": achado.paginas, "avisos": achado.avisos, "digitalizado": achado.digitalizado,
    }, []  # fmt: skip


def _normalizar(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.folhas import fazer_folhas

    _limitar_cpu()
    limite = pedido["limite_bytes"]
    for folha in fazer_folhas(Path(pedido["caminho"]), pedido["tipo"], reparar=pedido["reparar"]):
        if limite and len(folha.pdf) > limite:
            from act_portal.arquivos.folhas_pdf import como_vai

            folha = como_vai(folha, limite)
        yield _em_quadro(folha)


def _em_quadro(folha: FolhaFeita) -> Quadro:
    cabeca = {"dpi": folha.dpi, "avisos": folha.avisos, "defeitos": folha.defeitos, "receita": folha.receita}
    if folha.consertada is None:
        return cabeca, [folha.pdf, folha.miniatura]
    consertada, corpos = _em_quadro(folha.consertada)
    return {**cabeca, "consertada": consertada}, [folha.pdf, folha.miniatura, *corpos]


def _consertar(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    """One page of an image file, or a finished page of a PDF (`corpos`), put right; without a recipe by itself."""
    from act_portal.arquivos.folhas import folha_consertada, foto
    from act_portal.arquivos.folhas_pdf import imagem_da_folha
    from act_portal.arquivos.receita import receita_de
    from act_portal.arquivos.reparo import propor

    _limitar_cpu()
    if corpos:
        imagem = imagem_da_folha(corpos[0], pedido["escala"])
    else:
        imagem = foto(Path(pedido["caminho"]), pedido["tipo"], pedido["quadro"])
    receita = propor(imagem) if pedido["receita"] is None else receita_de(pedido["receita"])
    if pedido["receita"] is not None or not receita.vazia:
        yield _em_quadro(folha_consertada(imagem, receita))


def _mostrar(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.folhas import em_jpeg
    from act_portal.arquivos.folhas_pdf import imagem_da_folha, jpeg_da_folha

    _limitar_cpu()
    yield {}, [jpeg_da_folha(corpos[0]) or em_jpeg(imagem_da_folha(corpos[0]))]


def _comprimir(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.folhas_pdf import comprimir

    _limitar_cpu()
    for corpo in corpos:
        yield {}, [comprimir(corpo, pedido["qualidade"])]


def _caber(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.folhas_pdf import caber

    _limitar_cpu()
    for corpo in corpos:
        menor = caber(corpo, pedido["limite_bytes"])
        yield {}, [menor] if menor else []


def _codigos(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.codigos import ler_codigos

    _limitar_cpu()
    for corpo in corpos:
        yield {"codigos": ler_codigos(corpo)}, []


def _palavras(pedido: dict[str, Any], corpos: list[bytes]) -> Iterator[Quadro]:
    from act_portal.arquivos.codigos import ler_palavras

    _limitar_cpu()
    yield {}, [texto.encode(errors="replace") for texto in ler_palavras(corpos[0])]


def _limitar_cpu() -> None:
    """So much processor time from now on; past it the kernel ends this process."""
    from act_portal.arquivos.limites import tecnicos

    uso = resource.getrusage(resource.RUSAGE_SELF)
    teto = int(uso.ru_utime + uso.ru_stime) + tecnicos().cpu_segundos + 1
    resource.setrlimit(resource.RLIMIT_CPU, (teto, resource.RLIM_INFINITY))


ACOES: dict[str, Callable[[dict[str, Any], list[bytes]], Iterator[Quadro]]] = {
    "preparar": _preparar,
    "inspecionar": _inspecionar,
    "normalizar": _normalizar,
    "comprimir": _comprimir,
    "consertar": _consertar,
    "mostrar": _mostrar,
    "caber": _caber,
    "codigos": _codigos,
    "palavras": _palavras,
}

if __name__ == "__main__":
    principal()
