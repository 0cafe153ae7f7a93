"""The whole process in one ZIP, made by the worker and kept for some days: it holds everybody's papers together."""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
import zipfile
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import now

from act_portal.arquivos import deposito
from act_portal.planilhas import em_csv
from act_portal.saidas.servicos import prometer
from adesao.analise.papeis import fazer
from adesao.analise.servicos.comum import anotar, travar_do_inss
from adesao.analise.servicos.partes import Parte, partes
from adesao.consultas import linha_do_acordo, linha_do_tempo
from adesao.models import Acordo, Exportacao, Papel, Processo
from adesao.situacoes import Quem

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario

EXPORTAR = "adesao.exportar"
GUARDADA_POR = timedelta(days=7)
E = Papel.Especie


@transaction.atomic
def exportar(processo_id: int, *, autor: Usuario) -> Exportacao:
    """Ask for the ZIP, with the list of all items and decisions as of now. A double click finds the one just asked."""
    processo = travar_do_inss(processo_id, Quem.ANALISTA, Quem.AUTORIDADE, autor=autor)
    if pedida := processo.exportacoes.filter(autor=autor, pronta_em__isnull=True).first():
        return pedida
    fazer(processo, E.CONFERENCIA, autor=autor)
    exportacao = Exportacao.objects.create(processo=processo, autor=autor)
    prometer(EXPORTAR, chave=f"{EXPORTAR}:{exportacao.pk}", exportacao=exportacao.pk)
    anotar("adesao.exportada", processo, autor, exportacao=exportacao.pk)
    return exportacao


def fazer_arquivo(exportacao: Exportacao) -> None:
    """Write the ZIP and keep it. Raises PapelPorFazer and DepositoIndisponivel, and then nothing is kept."""
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as saida:
        montar(exportacao, saida)
        tamanho = saida.tell()
        saida.seek(0)
        sha256 = hashlib.file_digest(saida, "sha256").hexdigest()
        saida.seek(0)
        nome = deposito.guardar(File(saida))
    if not _entregar(exportacao.pk, nome, sha256, tamanho):
        deposito.esquecer([nome])


@transaction.atomic
def _entregar(exportacao_id: int, nome: str, sha256: str, tamanho: int) -> bool:
    exportacao = Exportacao.objects.select_for_update().get(pk=exportacao_id)
    if exportacao.pronta_em:
        return False
    exportacao.arquivo.name = nome
    exportacao.sha256, exportacao.bytes, exportacao.pronta_em = sha256, tamanho, now()
    exportacao.save(update_fields=["arquivo", "sha256", "bytes", "pronta_em"])
    return True


def montar(exportacao: Exportacao, saida: IO[bytes]) -> None:
    """Everything of the process, numbered in the order of SEI, with an index. PDFs are already compressed."""
    processo = exportacao.processo
    numeradas = [(f"{n:03d}_{_sem_acento(parte.nome)}", parte) for n, parte in enumerate(partes(processo), start=1)]
    with zipfile.ZipFile(saida, "w", zipfile.ZIP_STORED) as pacote:
        for nome, parte in numeradas:
            with deposito.em_disco(parte.campo) as caminho:
                pacote.write(caminho, nome)
        pacote.writestr("indice.csv", _indice(numeradas))
        pacote.writestr("historico.csv", _historico(processo))
        pacote.writestr("LEIA-ME.txt", _leia_me(exportacao, len(numeradas)))


def _sem_acento(texto: str) -> str:
    """Names that every system reads: SEI and Windows among them."""
    return unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode().lower().replace(" ", "-")


def _indice(numeradas: list[tuple[str, Parte]]) -> str:
    cabecalho = ["arquivo", "documento", "origem ou código", "SHA-256"]
    return em_csv(cabecalho, [[nome, p.titulo, p.origem, p.sha256] for nome, p in numeradas])


def _historico(processo: Processo) -> str:
    fuso = processo.municipio.fuso
    acordo = Acordo.objects.filter(processo=processo).first()
    linhas = [
        [f"{linha.quando.astimezone(fuso):%d/%m/%Y %H:%M}", linha.quem, linha.frase, linha.detalhe]
        for linha in sorted(
            [*linha_do_tempo(processo, do_inss=True), *(linha_do_acordo(acordo) if acordo else [])],
            key=lambda linha: linha.quando,
        )
    ]
    return em_csv(["quando", "quem", "o que", "detalhe"], linhas)


def _leia_me(exportacao: Exportacao, quantos: int) -> str:
    processo = exportacao.processo
    quando = exportacao.pedida_em.astimezone(processo.municipio.fuso)
    return "\r\n".join(
        [
            f"Adesão de {processo.municipio}",
            f"Processo SEI: {processo.processo_sei or 'ainda sem número'}",
            f"Situação: {processo.como_esta.label}",
            f"Exportado em {quando:%d/%m/%Y %H:%M} por {exportacao.autor}",
            f"{quantos} arquivos, na ordem em que entram no SEI. O índice traz o resumo SHA-256 de cada um.",
            "Este pacote traz dados pessoais. Guarde só pelo tempo que precisar e não mande por e-mail.",
            "",
        ]
    )


def apagar_antigas() -> None:
    """Take away the files of exports older than `GUARDADA_POR`; who asked and when stays."""
    velhas = Exportacao.objects.filter(pronta_em__lt=now() - GUARDADA_POR, apagada_em__isnull=True)
    for exportacao in velhas:
        nome = exportacao.arquivo.name
        exportacao.arquivo.name, exportacao.apagada_em = "", now()
        exportacao.save(update_fields=["arquivo", "apagada_em"])
        if nome:
            deposito.esquecer([nome])
