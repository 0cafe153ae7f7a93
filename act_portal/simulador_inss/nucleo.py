"""What every verb of the pretend INSS stands on: refusals, once for a key, the lock of a task, numbers in order."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from act_portal.simulador_inss.models import Operacao, Sequencia, Tarefa
from act_portal.simulador_inss.regras import Motivo


class Recusa(Exception):
    """INSS says no, and why."""

    def __init__(self, *motivos: Motivo) -> None:
        super().__init__("; ".join(motivo.mensagem for motivo in motivos))
        self.motivos = list(motivos)


class Conflito(Exception):
    """The same key came with another content."""


@transaction.atomic
def uma_vez(
    chave: str, alvo: str, corpo: Mapping[str, Any], fazer: Callable[[], dict[str, Any]]
) -> tuple[dict[str, Any], bool]:
    """Does it once for a key. A refusal undoes the record of the key, so the corrected request may use it again."""
    canonico = json.dumps([alvo, corpo], sort_keys=True)
    resumo = hashlib.sha256(canonico.encode()).hexdigest()
    # The insert waits for a twin in progress: only after its commit is there an answer to repeat.
    operacao, nova = Operacao.objects.get_or_create(chave=chave, defaults={"resumo": resumo})
    if not nova:
        if operacao.resumo != resumo:
            raise Conflito
        return operacao.resposta, False
    operacao.resposta = fazer()
    operacao.save(update_fields=["resposta"])
    return operacao.resposta, True


def travar(protocolo: str) -> Tarefa:
    return Tarefa.objects.select_for_update().get(protocolo=protocolo)


def tocar(tarefa: Tarefa, *campos: str) -> None:
    tarefa.versao = proxima_versao()
    tarefa.atualizada_em = timezone.now()
    tarefa.save(update_fields=["versao", "atualizada_em", *campos])


def proxima_versao() -> int:
    """The next version. Its lock is held until commit, so a reader with a cursor never jumps over a task."""
    return _proximo("versao")


def _proximo(nome: str, inicio: int = 0) -> int:
    Sequencia.objects.get_or_create(nome=nome, defaults={"valor": inicio})
    sequencia = Sequencia.objects.select_for_update().get(nome=nome)
    sequencia.valor += 1
    sequencia.save(update_fields=["valor"])
    return sequencia.valor


def novo_protocolo() -> str:
    """Ten digits. The first number is drawn, so that a new database does not repeat the numbers of an old one."""
    while True:
        protocolo = str(_proximo("protocolo", 1_000_000_000 + secrets.randbelow(8_000_000_000)))
        if not Tarefa.objects.filter(protocolo=protocolo).exists():
            return protocolo
