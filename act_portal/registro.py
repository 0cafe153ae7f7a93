"""How the log writes errors: where and what kind, never the words."""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator
from traceback import format_tb
from types import TracebackType


class SemPalavrasDoErro(logging.Formatter):
    """A database quotes the row that it refused, CPF and all, so of an exception only its class and lines are kept."""

    def format(self, record: logging.LogRecord) -> str:
        limpo = copy.copy(record)
        # Another handler's formatter may have kept the error with its words in `exc_text`.
        limpo.msg, limpo.args, limpo.exc_text = self._sem_palavras(record), None, None
        return super().format(limpo)

    def _sem_palavras(self, record: logging.LogRecord) -> str:
        """The message; where it repeats an error's own words, the error's class stands instead."""
        info = record.exc_info if isinstance(record.exc_info, tuple) else (None, None, None)
        args = record.args
        if isinstance(args, dict) and info[0] is not None:
            # Celery's: the error written out, once in one line and once with its lines.
            args = args | {"exc": info[0].__name__, "traceback": ""}
        elif isinstance(args, tuple):
            args = tuple(type(arg).__name__ if isinstance(arg, BaseException) else arg for arg in args)
        texto = str(record.msg) % args if args else str(record.msg)
        for erro in _corrente(info[1]):
            for palavras in (repr(erro), str(erro)):
                if palavras:
                    texto = texto.replace(palavras, type(erro).__name__)
        return texto

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        partes = [
            "".join([*format_tb(erro.__traceback__), f"{type(erro).__module__}.{type(erro).__name__}"])
            for erro in _corrente(ei[1])
        ]
        return "\n".join(reversed(partes))


def _corrente(erro: BaseException | None) -> Iterator[BaseException]:
    """The error, what caused it, and so on."""
    while erro is not None:
        yield erro
        erro = erro.__cause__ or (None if erro.__suppress_context__ else erro.__context__)
