"""Citizens, as the log of accesses knows them. The app that keeps the people says how one is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from act_portal.contas.models import Usuario


@dataclass(frozen=True)
class Titular:
    """Whose data it is. `linha.pk` is the `titular_id` of the log."""

    linha: models.Model
    nome: str
    cpf: str
    nascimento: date


@dataclass(frozen=True)
class Cadastro:
    """Both look only among the people whom the user may see."""

    # By name, CPF or protocol, at most `maximo`.
    procurar: Callable[[Usuario, str], list[Titular]]
    achar: Callable[[Usuario, int], Titular | None]
    maximo: int


_cadastros: list[Cadastro] = []


def registrar(cadastro: Cadastro) -> None:
    """Called once, from `AppConfig.ready` of the app that keeps the people."""
    _cadastros[:] = [cadastro]


def cadastro() -> Cadastro:
    return _cadastros[0]
