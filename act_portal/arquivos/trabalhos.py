"""Outbox handler: make the pages of a received file."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from act_portal.arquivos import caixa, deposito, servicos
from act_portal.arquivos.inspecao import ArquivoRecusado
from act_portal.arquivos.models import Arquivo
from act_portal.arquivos.servicos import NORMALIZAR, FolhaGuardada
from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import TentarDepois, tratador

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
        folhas, avisos = _fazer_folhas(arquivo, guardados)
        ficou = servicos.aprontar(arquivo.pk, folhas, avisos)
    except ArquivoRecusado as motivo:
        servicos.recusar(arquivo.pk, motivo)
    except deposito.DepositoIndisponivel as erro:
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


def _fazer_folhas(arquivo: Arquivo, guardados: list[str]) -> tuple[list[FolhaGuardada], list[str]]:
    """Pages into the storage, outside any transaction; every name goes into `guardados` as soon as it exists."""
    folhas, avisos = [], []
    with deposito.em_disco(arquivo.original) as caminho:
        if not caminho.exists():
            raise deposito.DepositoIndisponivel
        for feita in caixa.normalizar(caminho, arquivo.tipo):
            pdf = deposito.guardar(feita.pdf)
            guardados.append(pdf)
            miniatura = deposito.guardar(feita.miniatura)
            guardados.append(miniatura)
            resumo = hashlib.sha256(feita.pdf).hexdigest()
            folhas.append(FolhaGuardada(pdf, miniatura, len(feita.pdf), resumo, feita.dpi, feita.defeitos))
            avisos += feita.avisos
    return folhas, avisos
