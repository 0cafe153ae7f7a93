"""The whole pipeline for one file on disk, with no database: inspect, make pages, fit into the limits, write parts."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from act_portal.arquivos import caixa
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.montagem import Parte, montar
from act_portal.erros import ErroDeDominio


def preparar(caminho: Path, pasta: Path, *, hoje: date, nome_base: str = "") -> dict[str, Any]:
    """Write the parts of `caminho` into `pasta` and say what was done.

    Returns the keys `arquivo`, `aceito`, `motivo`, `paginas`, `partes`, `avisos`. A refusal is a result, not an error.
    Raises OSError only when `pasta` cannot be written.
    """
    resultado: dict[str, Any] = {
        "arquivo": str(caminho), "aceito": False, "motivo": "", "paginas": 0, "partes": [], "avisos": [],
    }  # fmt: skip
    try:
        partes, avisos = _partes(caminho, hoje, nome_base or caminho.stem)
    except ErroDeDominio as erro:
        return {**resultado, "motivo": str(erro)}
    _gravar(partes, pasta)
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
    }  # fmt: skip


def _partes(caminho: Path, hoje: date, nome_base: str) -> tuple[list[Parte], list[str]]:
    _conferir_leitura(caminho)
    try:
        inspecao = caixa.inspecionar(caminho, caminho.name)
        folhas = list(caixa.normalizar(caminho, inspecao.tipo))
        limite = limites_em(hoje).arquivo_bytes
        partes = montar([(folha.pdf, 0) for folha in folhas], nome_base=nome_base, limite_bytes=limite)
    except caixa.CaixaMorreu as erro:
        raise ArquivoRecusado("instavel", "O arquivo não pôde ser aberto. Imprima-o e digitalize em 150 DPI.") from erro
    return partes, [*inspecao.avisos, *(aviso for folha in folhas for aviso in folha.avisos)]


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
