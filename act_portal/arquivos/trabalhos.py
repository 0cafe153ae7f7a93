"""Outbox handler: make the pages of a received file."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from act_portal.arquivos import antivirus, caixa, deposito, servicos, tipos
from act_portal.arquivos.folhas import FolhaFeita
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.limites import limites_em
from act_portal.arquivos.models import Arquivo, Folha
from act_portal.arquivos.pdf_minimo import DPI
from act_portal.arquivos.servicos import NORMALIZAR, FolhaGuardada
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador
from act_portal.territorio.consultas import hoje_em

# A file whose process stopped this often is taken for the cause.
MORTES_TOLERADAS = 3


@tratador(NORMALIZAR)
def normalizar(saida: Saida) -> None:
    arquivo = Arquivo.objects.filter(pk=saida.carga["arquivo"], situacao=Arquivo.Situacao.RECEBIDO).first()
    if arquivo is None:
        return
    guardados: list[str] = []
    ficou = False
    try:
        examinar(arquivo)
        folhas, avisos = _fazer_folhas(arquivo, guardados)
        ficou = servicos.aprontar(arquivo.pk, folhas, avisos)
    except ArquivoRecusado as motivo:
        servicos.recusar(arquivo.pk, motivo)
    except (deposito.DepositoIndisponivel, antivirus.AntivirusForaDoAr) as erro:
        # In quarantine until then, and nobody's failure.
        raise TentarDepois(str(erro), timedelta(minutes=1)) from erro
    except caixa.CaixaMorreu as erro:
        if saida.tentativas <= MORTES_TOLERADAS:
            raise TentarDepois("O processo que abre arquivos parou no meio.") from erro
        servicos.recusar(
            arquivo.pk, ArquivoRecusado("instavel", "O arquivo não pôde ser aberto. Imprima-o e digitalize em 150 DPI.")
        )
    finally:
        if not ficou:
            deposito.esquecer(guardados)


def examinar(arquivo: Arquivo) -> None:
    """Ask the scanner, when there is one, unless it has passed this file; the answer is kept on the row.

    Raises ArquivoRecusado (infected, or it cannot be scanned) and AntivirusForaDoAr.
    """
    if not antivirus.ligado() or arquivo.exame == Arquivo.Exame.LIMPO:
        return
    exame: str = Arquivo.Exame.ESPERA
    try:
        with deposito.em_disco(arquivo.original) as caminho:
            if not caminho.exists():
                raise deposito.DepositoIndisponivel
            antivirus.examinar(caminho)
        exame = Arquivo.Exame.LIMPO
    except ArquivoRecusado as motivo:
        exame = motivo.codigo
        raise
    finally:
        Arquivo.objects.filter(pk=arquivo.pk).update(exame=exame)


def _fazer_folhas(arquivo: Arquivo, guardados: list[str]) -> tuple[list[FolhaGuardada], list[str]]:
    """Pages into the storage, outside any transaction; every name goes into `guardados` as soon as it exists."""
    folhas, avisos = [], []
    with deposito.em_disco(arquivo.original) as caminho:
        if not caminho.exists():
            raise deposito.DepositoIndisponivel
        limite = limites_em(hoje_em(arquivo.municipio)).arquivo_bytes
        reparar = "foto" if arquivo.reparar else ""
        for feita in caixa.normalizar(caminho, arquivo.tipo, reparar=reparar, limite_bytes=limite):
            folhas.append(guardar_folha(feita, guardados))
            avisos += feita.avisos
    return folhas, avisos


def guardar_folha(feita: FolhaFeita, guardados: list[str]) -> FolhaGuardada:
    pdf = deposito.guardar(feita.pdf)
    guardados.append(pdf)
    miniatura = deposito.guardar(feita.miniatura)
    guardados.append(miniatura)
    resumo = hashlib.sha256(feita.pdf).hexdigest()
    consertada = guardar_folha(feita.consertada, guardados) if feita.consertada else None
    return FolhaGuardada(pdf, miniatura, len(feita.pdf), resumo, feita.dpi, feita.defeitos, feita.receita, consertada)


def consertar(origem: Folha, receita: dict[str, Any] | None, guardados: list[str]) -> FolhaGuardada | None:
    """The page that came, put right by `receita` (by itself when None) and stored; None when nothing was to be done.

    Always from the file as it came: a repair of a repair would blur it twice. Raises as `caixa.consertar` does,
    and DepositoIndisponivel.
    """
    arquivo = origem.arquivo
    with deposito.traduzindo_falhas():
        if arquivo.tipo == tipos.PDF:
            with origem.pdf.open("rb") as aberto:
                feita = caixa.consertar(aberto.read(), receita, escala=min(2.0, max(1.0, origem.dpi / DPI)))
        else:
            with deposito.em_disco(arquivo.original) as caminho:
                feita = caixa.consertar(caminho, receita, tipo=arquivo.tipo, quadro=origem.ordem)
    return guardar_folha(feita, guardados) if feita else None
