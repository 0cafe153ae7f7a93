"""The whole pipeline for one file on disk, with no database: inspect, make pages, fit into the limits, write parts."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from act_portal.arquivos import caixa
from act_portal.arquivos.folhas import FolhaFeita
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.montagem import Parte, montar
from act_portal.erros import ErroDeDominio


def preparar(caminho: Path, pasta: Path, *, hoje: date, usados: set[str], reparar: bool = False) -> dict[str, Any]:
    """Write the parts of `caminho` into `pasta` and say what was done.

    Returns the keys `arquivo`, `aceito`, `motivo`, `paginas`, `partes`, `avisos`, `folhas` (the verdict on
    each page: `pagina`, `legivel`, `defeitos` with `codigo`, `onde`, `texto`). A refusal is a result, not an error.
    With `reparar` each page that gains by it is put right first; `conserto` of its entry in `folhas` is the recipe
    (None when it stayed as it came), and the verdict is that of the page that is written.
    `usados` holds the names (in lower case) of the parts written so far in this call, and receives the new ones. A file
    that is already in `pasta` is never overwritten.
    """
    resultado: dict[str, Any] = {
        "arquivo": str(caminho), "aceito": False, "motivo": "", "paginas": 0, "partes": [], "avisos": [],
        "folhas": [],
    }  # fmt: skip
    try:
        partes, avisos, folhas = _partes(caminho, hoje, "tudo" if reparar else "")
        partes = _guardar(partes, pasta, _nome_base(caminho), usados)
    except ErroDeDominio as erro:
        return {**resultado, "motivo": str(erro)}
    return {
        **resultado,
        "aceito": True,
        "paginas": sum(parte.paginas for parte in partes),
        "partes": [
            {"nome": parte.nome, "bytes": parte.bytes, "dpi": parte.dpi, "sha256": parte.sha256,
             "paginas": parte.paginas}
            for parte in partes
        ],
        "avisos": avisos,
        "folhas": [
            {"pagina": numero, "legivel": not folha.defeitos, "defeitos": folha.defeitos}
            | ({"conserto": folha.receita or None} if reparar else {})
            for numero, folha in enumerate(folhas, start=1)
        ],
    }  # fmt: skip


def _partes(caminho: Path, hoje: date, reparar: str) -> tuple[list[Parte], list[str], list[FolhaFeita]]:
    _conferir_leitura(caminho)
    try:
        inspecao = caixa.inspecionar(caminho, caminho.name)
        limite = limites_em(hoje).arquivo_bytes
        feitas = caixa.normalizar(caminho, inspecao.tipo, reparar=reparar, limite_bytes=limite)
        folhas = [feita.consertada or feita for feita in feitas]
        partes = montar([(folha.pdf, 0) for folha in folhas], nome_base=_nome_base(caminho), limite_bytes=limite)
    except (caixa.CaixaMorreu, OSError) as erro:
        raise ArquivoRecusado("instavel", "O arquivo não pôde ser aberto. Imprima-o e digitalize em 150 DPI.") from erro
    avisos = [*inspecao.avisos, *(aviso for folha in folhas for aviso in folha.avisos)]
    return partes, avisos, folhas


def _conferir_leitura(caminho: Path) -> None:
    try:
        # A pipe or a device would keep us waiting for ever.
        if caminho.is_file():
            with caminho.open("rb"):
                return
    except OSError:
        pass
    motivo = "é uma pasta" if caminho.is_dir() else "não existe ou não pode ser lido"
    raise ArquivoRecusado("leitura", f"O arquivo {motivo}. Confira o caminho.")


def _nome_base(caminho: Path) -> str:
    """The name without its ending, short enough in bytes for the file system to add to it."""
    return caminho.stem.encode("utf-8", "replace")[:180].decode("utf-8", "ignore")[:60]


def _guardar(partes: list[Parte], pasta: Path, base: str, usados: set[str]) -> list[Parte]:
    """The parts as they were named and written."""
    try:
        pasta.mkdir(parents=True, exist_ok=True)
        partes = _com_nome_livre(partes, pasta, base, usados)
        _gravar(partes, pasta)
    except OSError as erro:
        raise ArquivoRecusado(
            "gravacao", f"Não deu para gravar em {pasta}. Confira se a pasta existe, aceita gravação e tem espaço."
        ) from erro
    usados.update(parte.nome.lower() for parte in partes)
    return partes


def _com_nome_livre(partes: list[Parte], pasta: Path, base: str, usados: set[str]) -> list[Parte]:
    """Number the base name (doc-2_1.pdf, doc-2_2.pdf) until no part meets another file."""
    nome, vez = base, 1
    while True:
        nomeadas = [replace(parte, nome=nome + parte.nome.removeprefix(base)) for parte in partes]
        if all(parte.nome.lower() not in usados and _cabe_em(pasta / parte.nome, parte) for parte in nomeadas):
            return nomeadas
        vez += 1
        nome = f"{base}-{vez}"


def _cabe_em(destino: Path, parte: Parte) -> bool:
    """Nothing is there, or these very bytes: the same call twice leaves the same folder."""
    if not os.path.lexists(destino):
        return True
    try:
        igual_no_tamanho = destino.is_file() and destino.stat().st_size == parte.bytes
        return igual_no_tamanho and destino.read_bytes() == parte.conteudo
    except OSError:
        return False


def _gravar(partes: list[Parte], pasta: Path) -> None:
    """All parts or none: half a document on disk looks like a whole one."""
    gravados: list[Path] = []
    try:
        for parte in partes:
            provisorio = pasta / f".{parte.nome}.{os.getpid()}"
            gravados.append(provisorio)
            provisorio.write_bytes(parte.conteudo)
        for provisorio, parte in zip(gravados, partes, strict=True):
            provisorio.replace(pasta / parte.nome)
    finally:
        for provisorio in gravados:
            with suppress(OSError):
                provisorio.unlink(missing_ok=True)
