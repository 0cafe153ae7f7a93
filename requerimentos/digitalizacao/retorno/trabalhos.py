"""Outbox handlers: read the codes of a file, outside any transaction, and put its pages where they belong."""

from __future__ import annotations

from act_portal.saidas.models import Saida
from act_portal.saidas.servicos import tratador
from requerimentos.digitalizacao.retorno import servicos
from requerimentos.digitalizacao.retorno.consultas import a_ler, a_paginar
from requerimentos.digitalizacao.retorno.leitura import ler_arquivo
from requerimentos.digitalizacao.servicos import PAGINAR

# A page whose process stopped this often is taken for the cause: a person looks at it.
MORTES_TOLERADAS = 3


@tratador(servicos.LER)
def ler_retorno(saida: Saida) -> None:
    if retorno := a_ler(saida.carga["arquivo"]):
        servicos.arquivar(retorno.pk, ler_arquivo(retorno.arquivo, insistir=saida.tentativas <= MORTES_TOLERADAS))


@tratador(PAGINAR)
def paginar(saida: Saida) -> None:
    """The pages of a file put in a slot are ready, or one of them was repaired."""
    if arquivo := a_paginar(saida.carga["arquivo"]):
        servicos.paginar(arquivo.pk, ler_arquivo(arquivo, insistir=saida.tentativas <= MORTES_TOLERADAS))
